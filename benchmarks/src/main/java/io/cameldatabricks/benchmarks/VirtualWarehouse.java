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
package io.cameldatabricks.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.cameldatabricks.component.client.Capabilities;
import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.retry.Attempt;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.retry.RateLimits;
import io.cameldatabricks.component.retry.Retrier;
import io.cameldatabricks.component.retry.RetryPolicy;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

/**
 * A workspace in virtual time, which may refuse what is above a rate, and the way to it: the limiter and the retries are
 * those of the component, in the order in which its REST client uses them.
 */
final class VirtualWarehouse implements StatementClient {

    private static final Duration ROUND_TRIP = Duration.ofMillis(20);

    /** A statement of the server. */
    static final class Running {
        private final Instant endsAt;
        private Instant askedAt;
        private Duration longestGap = Duration.ZERO;

        private Running(Instant now, Duration duration) {
            this.endsAt = now.plus(duration);
            this.askedAt = now;
        }
    }

    private record Answer(int status, Optional<StatementStatus> read, Map<StatementId, StatementStatus> listed)
            implements Attempt {
        @Override
        public Optional<Duration> retryAfter() {
            return Optional.empty();
        }
    }

    private final VirtualTime time;
    private final double callsPerSecond;
    private final int bulk;
    private final RateLimiter limiter;
    private final Retrier retrier;
    private final Map<StatementId, Running> statements = new HashMap<>();
    private double tokens;
    private Instant filledAt;
    long calls;
    long refused;

    /**
     * @param callsPerSecond what is above is refused with 429
     * @param bulk how many are listed in one call, 0 for none
     * @param limited whether the component's limiter is in the way
     */
    VirtualWarehouse(VirtualTime time, double callsPerSecond, int bulk, boolean limited) {
        this.time = time;
        this.callsPerSecond = callsPerSecond;
        this.bulk = bulk;
        this.tokens = callsPerSecond;
        this.filledAt = time.instant();
        this.limiter = limited ? new RateLimiter(RateLimits.standard(), time, time) : null;
        this.retrier = new Retrier(time, time, new Random(7));
    }

    void start(StatementId id, Duration duration) {
        statements.put(id, new Running(time.instant(), duration));
    }

    /** Of a statement that still runs, up to now. */
    Duration longestGap() {
        return statements.values().stream()
                .map(each -> {
                    Duration last = Duration.between(each.askedAt, min(time.instant(), each.endsAt));
                    return last.compareTo(each.longestGap) > 0 ? last : each.longestGap;
                })
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    long unaskedFor(Duration limit) {
        return statements.values().stream()
                .filter(each -> each.longestGap.compareTo(limit) > 0
                        || Duration.between(each.askedAt, min(time.instant(), each.endsAt))
                                        .compareTo(limit)
                                > 0)
                .count();
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(bulk, true, true, true, true);
    }

    private boolean isRefused() {
        Instant now = time.instant();
        tokens = Math.min(
                callsPerSecond, tokens + Duration.between(filledAt, now).toNanos() / 1e9 * callsPerSecond);
        filledAt = now;
        calls++;
        if (tokens < 1) {
            refused++;
            return true;
        }
        tokens -= 1;
        return false;
    }

    private CompletionStage<Answer> call(Urgency urgency, Supplier<Answer> work) {
        return retrier.run(RetryPolicy.forReads(), () -> permit(urgency).thenCompose(permit -> {
            Instant sentAt = time.instant();
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            time.after(ROUND_TRIP.dividedBy(2), () -> {
                Answer said = isRefused() ? new Answer(429, Optional.empty(), Map.of()) : work.get();
                time.after(ROUND_TRIP.dividedBy(2), () -> {
                    if (said.status() == 429 && limiter != null) {
                        limiter.refused(sentAt, Optional.empty());
                    }
                    answer.complete(said);
                });
            });
            return answer;
        }));
    }

    private CompletableFuture<Void> permit(Urgency urgency) {
        return limiter == null ? CompletableFuture.completedFuture(null) : limiter.acquire(urgency);
    }

    private StatementStatus status(StatementId id, Running running) {
        boolean ended = !time.instant().isBefore(running.endsAt);
        return new StatementStatus(
                id,
                ended ? StatementState.SUCCEEDED : StatementState.RUNNING,
                null,
                time.instant(),
                ended ? running.endsAt : null);
    }

    @Override
    public CompletionStage<Optional<StatementStatus>> status(StatementId id, Urgency urgency) {
        return call(urgency, () -> {
                    Running running = statements.get(id);
                    Duration gap = Duration.between(running.askedAt, min(time.instant(), running.endsAt));
                    running.longestGap = gap.compareTo(running.longestGap) > 0 ? gap : running.longestGap;
                    running.askedAt = time.instant();
                    return new Answer(200, Optional.of(status(id, running)), Map.of());
                })
                .thenApply(VirtualWarehouse::accepted)
                .thenApply(Answer::read);
    }

    private static Answer accepted(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("refused");
        }
        return answer;
    }

    @Override
    public CompletionStage<Map<StatementId, StatementStatus>> statuses(Collection<StatementId> ids, Urgency urgency) {
        return call(urgency, () -> {
                    Map<StatementId, StatementStatus> listed = new HashMap<>();
                    ids.forEach(id -> listed.put(id, status(id, statements.get(id))));
                    return new Answer(200, Optional.empty(), listed);
                })
                .thenApply(VirtualWarehouse::accepted)
                .thenApply(Answer::listed);
    }

    @Override
    public CompletionStage<StatementStatus> submit(StatementRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Map<String, FoundStatement>> find(TagSearch search) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<ResultSummary> result(StatementId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> cancel(StatementId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> release(StatementId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        statements.clear();
    }
}
