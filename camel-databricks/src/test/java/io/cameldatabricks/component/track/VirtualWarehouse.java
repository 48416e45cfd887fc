/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.cameldatabricks.component.track;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.cameldatabricks.component.client.Capabilities;
import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.retry.VirtualTime;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

/** A server in virtual time that takes statements, and whose answers get lost when it is told so. */
final class VirtualWarehouse implements StatementClient {

    /** What becomes of a submit. */
    enum Submit {
        ANSWERED,
        /** It runs, but no answer comes. */
        ANSWER_LOST,
        /** It does not run, and no answer comes. */
        REQUEST_LOST
    }

    final Map<StatementId, Instant> ends = new HashMap<>();
    final Map<String, List<StatementId>> tags = new HashMap<>();
    final List<StatementRequest> submits = new ArrayList<>();
    final List<StatementId> cancels = new ArrayList<>();
    Duration duration = Duration.ofMinutes(1);
    Submit next = Submit.ANSWERED;
    RuntimeException refusal;

    /** With which a submit ends, whatever becomes of it; null for an answer. */
    Error failure;

    RuntimeException searchFailure;
    boolean findsTags = true;
    boolean cancelsWork = true;

    /** Runs when a submit arrives. */
    Runnable onSubmit = () -> {};

    private final VirtualTime time;
    private final Map<StatementId, StatementState> states = new HashMap<>();

    VirtualWarehouse(VirtualTime time) {
        this.time = time;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(0, findsTags, true, true, true);
    }

    @Override
    public CompletionStage<StatementStatus> submit(StatementRequest request) {
        onSubmit.run();
        submits.add(request);
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        StatementId id = StatementId.of("01f0-" + submits.size());
        if (next != Submit.REQUEST_LOST) {
            ends.put(id, time.instant().plus(duration));
            request.tags().value(QueryTags.HANDLE_KEY).ifPresent(key -> tags.computeIfAbsent(
                            key, any -> new ArrayList<>())
                    .add(id));
        }
        return next == Submit.ANSWERED
                ? CompletableFuture.completedFuture(status(id))
                : CompletableFuture.failedFuture(
                        new SubmitOutcomeUnknownException("no answer", ErrorDetails.none(), null));
    }

    private StatementStatus status(StatementId id) {
        StatementState end = states.getOrDefault(id, StatementState.SUCCEEDED);
        boolean ended = states.containsKey(id) || !time.instant().isBefore(ends.get(id));
        return StatementStatus.of(id, ended ? end : StatementState.RUNNING, time.instant());
    }

    @Override
    public CompletionStage<Optional<StatementStatus>> status(StatementId id, Urgency urgency) {
        return CompletableFuture.completedFuture(ends.containsKey(id) ? Optional.of(status(id)) : Optional.empty());
    }

    @Override
    public CompletionStage<Map<StatementId, StatementStatus>> statuses(Collection<StatementId> ids, Urgency urgency) {
        throw new AssertionError("There is no bulk status here");
    }

    @Override
    public CompletionStage<Map<String, FoundStatement>> find(TagSearch search) {
        if (searchFailure != null) {
            return CompletableFuture.failedFuture(searchFailure);
        }
        Map<String, FoundStatement> found = new HashMap<>();
        for (String tag : search.values()) {
            List<StatementId> tagged = tags.getOrDefault(tag, List.of());
            if (!tagged.isEmpty()) {
                found.put(tag, new FoundStatement(status(tagged.get(0)), time.instant()));
            }
        }
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public CompletionStage<Boolean> cancel(StatementId id) {
        cancels.add(id);
        if (cancelsWork && ends.containsKey(id) && !status(id).isTerminal()) {
            states.put(id, StatementState.CANCELED);
        }
        return CompletableFuture.completedFuture(ends.containsKey(id));
    }

    @Override
    public CompletionStage<Boolean> release(StatementId id) {
        throw new AssertionError("Nothing is released by those who track");
    }

    @Override
    public CompletionStage<ResultSummary> result(StatementId id) {
        throw new AssertionError("No result is read by those who track");
    }

    @Override
    public void close() {}
}
