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
package io.cameldatabricks.component.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementStatus;

/**
 * Asks for all that is due in one moment: one by one when they are few, else in groups through the query history. What
 * the history says is a hint. That a statement runs is believed; that it ended, or is missing, is confirmed by asking for
 * it by itself. A history that cannot be read is left alone for a while. Thread-safe.
 */
final class StatusRound {

    /** So few are asked for one by one: a request for the group would save nothing. */
    static final int SMALLEST_GROUP = 4;

    private static final Duration AFTER_BROKEN_HISTORY = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(StatusRound.class);

    private final StatementClient client;
    private final InstantSource clock;
    private final Answers answers;
    private volatile Instant historyFrom = Instant.EPOCH;

    /** Where the answers go. */
    interface Answers {
        /** The server was asked for this statement by itself; empty when it does not know it. */
        void read(Watched watched, Optional<StatementStatus> status);

        /** The history says that it runs. */
        void runs(Watched watched);

        void failed(Watched watched, Throwable failure);
    }

    StatusRound(StatementClient client, InstantSource clock, Answers answers) {
        this.client = client;
        this.clock = clock;
        this.answers = answers;
    }

    /** Whether groups can be asked for now. */
    boolean canGroup() {
        return client.capabilities().hasBulkStatus() && !clock.instant().isBefore(historyFrom);
    }

    /**
     * @param alone must be asked for by themselves, to be kept alive
     * @param any may be asked for in groups
     */
    void check(List<Watched> alone, List<Watched> any) {
        alone.forEach(watched -> read(watched, null));
        if (!canGroup() || any.size() < SMALLEST_GROUP) {
            any.forEach(watched -> read(watched, null));
            return;
        }
        int most = client.capabilities().bulkStatus();
        for (int from = 0; from < any.size(); from += most) {
            askForGroup(List.copyOf(any.subList(from, Math.min(any.size(), from + most))));
        }
    }

    private void askForGroup(List<Watched> group) {
        List<StatementId> ids = new ArrayList<>();
        Urgency urgency = group.get(0).urgency();
        Instant now = clock.instant();
        for (Watched watched : group) {
            ids.add(watched.id());
            if (watched.urgency().lateness(now) > urgency.lateness(now)) {
                urgency = watched.urgency();
            }
        }
        Urgency most = urgency;
        started(() -> client.statuses(ids, most)).whenComplete((found, failure) -> {
            if (failure != null) {
                historyFrom = clock.instant().plus(AFTER_BROKEN_HISTORY);
                LOG.warn(
                        "The query history cannot be read, so statements are asked for one by one for {}: {}",
                        AFTER_BROKEN_HISTORY,
                        failure.toString());
                group.forEach(watched -> read(watched, null));
            } else {
                group.forEach(watched -> judge(watched, found));
            }
        });
    }

    private void judge(Watched watched, Map<StatementId, StatementStatus> found) {
        StatementStatus hint = found.get(watched.id());
        if (hint == null || hint.isTerminal()) {
            read(watched, hint);
        } else {
            answers.runs(watched);
        }
    }

    private void read(Watched watched, StatementStatus hint) {
        started(() -> client.status(watched.id(), watched.urgency())).whenComplete((status, failure) -> {
            Throwable problem = failure;
            if (problem == null) {
                try {
                    answers.read(watched, status.map(seen -> withEnd(seen, hint)));
                    return;
                } catch (RuntimeException e) {
                    // an answer that cannot be used must not be the last one
                    problem = e;
                }
            }
            answers.failed(watched, problem);
        });
    }

    /** Only the history knows when a statement ended. */
    private static StatementStatus withEnd(StatementStatus seen, StatementStatus hint) {
        if (!seen.isTerminal() || seen.endedAt() != null || hint == null || hint.endedAt() == null) {
            return seen;
        }
        return new StatementStatus(
                seen.id(), seen.state(), seen.failure(), seen.observedAt(), hint.endedAt(), seen.size());
    }

    private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (Throwable e) { // an error too: the others that are due have to be asked for
            return CompletableFuture.failedFuture(e);
        }
    }
}
