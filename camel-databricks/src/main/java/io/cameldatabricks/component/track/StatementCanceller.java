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
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.StatementErrors;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.watch.WatchSettings;

/**
 * Cancels statements and finds out how they ended. A statement may end before the cancel reaches it, and the server may
 * ignore a cancel, so the answer is never the cancel itself but the end that was seen after it; the cancel is repeated while
 * no end is seen. Thread-safe.
 */
public final class StatementCanceller {

    /** A cancel that had no effect for so long is sent again. */
    static final Duration REPEAT_AFTER = Duration.ofSeconds(5);

    private final StatementClient client;
    private final StatementAwaiter awaiter;
    private final WatchSettings settings;
    private final InstantSource clock;

    /** @param settings how a statement is watched that was cancelled */
    public StatementCanceller(
            StatementClient client, StatementAwaiter awaiter, WatchSettings settings, InstantSource clock) {
        this.settings = settings;
        this.client = client;
        this.awaiter = awaiter;
        this.clock = clock;
    }

    /**
     * @param limit how long the end is waited for
     * @return the status at the end; fails with {@link TransientDatabricksException} when no end was seen in time
     */
    public CompletionStage<StatementStatus> cancel(StatementReference reference, Duration limit) {
        return cancel(reference, clock.instant().plus(limit), limit);
    }

    private CompletionStage<StatementStatus> cancel(StatementReference reference, Instant deadline, Duration limit) {
        return client.cancel(reference.id())
                .handle((known, failure) -> unwrapped(failure))
                .thenCompose(refusal -> client.status(reference.id(), Urgency.now(clock.instant()))
                        .thenCompose(found -> {
                            StatementStatus seen = found.orElseThrow(() -> StatementErrors.unknown(reference.id()));
                            if (refusal != null && !seen.isTerminal()) {
                                throw refusal instanceof RuntimeException known
                                        ? known
                                        : new CompletionException(refusal);
                            }
                            return end(reference, seen, deadline, limit);
                        }));
    }

    private CompletionStage<StatementStatus> end(
            StatementReference reference, StatementStatus seen, Instant deadline, Duration limit) {
        if (seen.isTerminal()) {
            return CompletableFuture.completedFuture(seen);
        }
        Duration left = Duration.between(clock.instant(), deadline);
        if (left.isNegative() || left.isZero()) {
            throw new TransientDatabricksException(
                    "The cancel was sent, but the statement is still " + seen.state() + " after " + limit.toMillis()
                            + " ms (resultTimeout)",
                    new ErrorDetails(reference.id().publicPart(), seen.state().name(), null, null, null),
                    null);
        }
        Duration wait = left.compareTo(REPEAT_AFTER) < 0 ? left : REPEAT_AFTER;
        return awaiter.end(reference, seen, clock.instant(), settings)
                .orTimeout(wait.toMillis() + 1, TimeUnit.MILLISECONDS)
                .handle((end, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(known(reference, end));
                    }
                    if (unwrapped(failure) instanceof TimeoutException) {
                        return cancel(reference, deadline, limit);
                    }
                    return CompletableFuture.<StatementStatus>failedFuture(unwrapped(failure));
                })
                .thenCompose(stage -> stage);
    }

    private static StatementStatus known(StatementReference reference, Optional<StatementStatus> end) {
        return end.orElseThrow(() -> StatementErrors.unknown(reference.id()));
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
