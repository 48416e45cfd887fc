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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.cameldatabricks.component.client.Capabilities;
import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.retry.VirtualTime;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

/** A server in virtual time that counts what it is asked. */
final class SimulatedWarehouse implements StatementClient {

    /** A statement of the server. */
    static final class Statement {
        final Instant startedAt;
        final Instant endsAt;
        StatementState end = StatementState.SUCCEEDED;
        boolean purged;
        int reads;
        Instant readAt;
        Duration longestGap = Duration.ZERO;

        private Statement(Instant startedAt, Instant endsAt) {
            this.startedAt = startedAt;
            this.endsAt = endsAt;
            this.readAt = startedAt;
        }
    }

    final Map<StatementId, Statement> statements = new HashMap<>();
    final Map<String, StatementId> tags = new HashMap<>();
    int reads;
    int groups;
    int largestGroup;
    int searches;
    int searchesUnderWay;
    final List<TagSearch> searched = new ArrayList<>();
    int mostSearchesAtOnce;
    Duration latency = Duration.ofMillis(5);

    /** Failure of the next read, null for none. */
    Supplier<RuntimeException> readFailure = () -> null;

    Supplier<RuntimeException> groupFailure = () -> null;
    Supplier<RuntimeException> searchFailure = () -> null;

    /** What the history says instead of the truth. */
    Function<StatementStatus, StatementStatus> history = status -> status;

    private final VirtualTime time;
    private final int bulk;

    SimulatedWarehouse(VirtualTime time, int bulk) {
        this.time = time;
        this.bulk = bulk;
    }

    Statement start(StatementId id, Duration duration) {
        Statement statement = new Statement(time.instant(), time.instant().plus(duration));
        statements.put(id, statement);
        return statement;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(bulk, true, true, true, true);
    }

    @Override
    public CompletionStage<Optional<StatementStatus>> status(StatementId id, Urgency urgency) {
        reads++;
        return answer(readFailure, () -> {
            Statement statement = statements.get(id);
            if (statement == null || statement.purged) {
                return Optional.empty();
            }
            statement.reads++;
            Duration gap = Duration.between(statement.readAt, time.instant());
            statement.longestGap = gap.compareTo(statement.longestGap) > 0 ? gap : statement.longestGap;
            statement.readAt = time.instant();
            return Optional.of(StatementStatus.of(id, state(statement), time.instant()));
        });
    }

    @Override
    public CompletionStage<Map<StatementId, StatementStatus>> statuses(Collection<StatementId> ids, Urgency urgency) {
        groups++;
        largestGroup = Math.max(largestGroup, ids.size());
        return answer(groupFailure, () -> {
            Map<StatementId, StatementStatus> found = new HashMap<>();
            for (StatementId id : ids) {
                Statement statement = statements.get(id);
                if (statement != null && !statement.purged) {
                    StatementState state = state(statement);
                    StatementStatus status = history.apply(new StatementStatus(
                            id, state, null, time.instant(), state.isTerminal() ? statement.endsAt : null));
                    if (status != null) {
                        found.put(id, status);
                    }
                }
            }
            return found;
        });
    }

    @Override
    public CompletionStage<Map<String, FoundStatement>> find(TagSearch search) {
        searches++;
        searched.add(search);
        searchesUnderWay++;
        mostSearchesAtOnce = Math.max(mostSearchesAtOnce, searchesUnderWay);
        CompletionStage<Map<String, FoundStatement>> answer = answer(searchFailure, () -> {
            Map<String, FoundStatement> found = new HashMap<>();
            tags.forEach((tag, id) -> {
                Statement statement = statements.get(id);
                if (search.values().contains(tag)
                        && !statement.startedAt.isBefore(search.from())
                        && !statement.startedAt.isAfter(search.to())) {
                    StatementStatus status = StatementStatus.of(id, state(statement), time.instant());
                    found.put(tag, new FoundStatement(status, statement.startedAt));
                }
            });
            return found;
        });
        return answer.whenComplete((found, failure) -> searchesUnderWay--);
    }

    private StatementState state(Statement statement) {
        return time.instant().isBefore(statement.endsAt) ? StatementState.RUNNING : statement.end;
    }

    /** Answers take a while, as over a network. */
    private <T> CompletionStage<T> answer(Supplier<RuntimeException> failure, Supplier<T> value) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        RuntimeException failed = failure.get();
        time.after(latency, () -> {
            if (failed != null) {
                answer.completeExceptionally(failed);
            } else {
                answer.complete(value.get());
            }
        });
        return answer;
    }

    @Override
    public CompletionStage<StatementStatus> submit(StatementRequest request) {
        throw new AssertionError("Nothing is submitted by those who watch");
    }

    @Override
    public CompletionStage<ResultSummary> result(StatementId id) {
        throw new AssertionError("No result is read by those who watch");
    }

    @Override
    public CompletionStage<Boolean> cancel(StatementId id) {
        throw new AssertionError("Nothing is cancelled by those who watch");
    }

    @Override
    public CompletionStage<Boolean> release(StatementId id) {
        throw new AssertionError("Nothing is released by those who watch");
    }

    @Override
    public void close() {
        statements.clear();
    }
}
