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
package io.cameldatabricks.component.workspace;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.cameldatabricks.component.client.StatementErrors;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.execute.OnTimeout;
import io.cameldatabricks.component.execute.StatementRequest.Limits;
import io.cameldatabricks.component.execute.StopFailure;
import io.cameldatabricks.component.execute.StopReason;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.track.StatementAwaiter;
import io.cameldatabricks.component.watch.WatchSettings;

/**
 * A statement whose end an exchange waits for without a thread, and the way to end that wait from outside: by the same rules
 * as for a statement that a thread waits for. It is cancelled and its end is looked at, or it is left running. A stop that
 * comes before the server has said the id of the statement is carried out when it has. Safe for many threads.
 */
public final class AwaitedStatement {

    /** A cancel that has had no effect for so long has none. */
    static final Duration GIVE_UP = Duration.ofSeconds(10);

    private final StatementAwaiter awaiter;
    private final StatementCancels cancels;
    private final WatchSettings watch;
    private final Limits limits;
    private final Duration startTimeout;
    private final CompletableFuture<StatementStatus> outcome = new CompletableFuture<>();
    private StopReason reason;
    private StatementReference reference;
    private CompletableFuture<Optional<StatementStatus>> end;

    /** How a statement is cancelled. */
    interface StatementCancels {
        /** @return the status at the end, within {@link #GIVE_UP} */
        CompletionStage<StatementStatus> cancel(StatementReference reference);
    }

    /** @param startTimeout only for messages */
    AwaitedStatement(
            StatementAwaiter awaiter,
            StatementCancels cancels,
            WatchSettings watch,
            Limits limits,
            Duration startTimeout) {
        this.awaiter = awaiter;
        this.watch = watch;
        this.cancels = cancels;
        this.limits = limits;
        this.startTimeout = startTimeout;
    }

    /** The status at the end; fails when it was not waited for. */
    public CompletableFuture<StatementStatus> outcome() {
        return outcome;
    }

    /** Where the statement is found; empty until the server has answered. */
    public synchronized Optional<StatementReference> reference() {
        return Optional.ofNullable(reference);
    }

    /** The submit failed. */
    void failed(Throwable failure) {
        outcome.completeExceptionally(failure);
    }

    /** The server has the statement. */
    void submitted(StatementReference at, StatementStatus seen, Instant begin) {
        boolean stopped;
        synchronized (this) {
            reference = at;
            stopped = reason != null;
            if (!stopped && !seen.isTerminal()) {
                end = awaiter.end(at, seen, begin, watch);
            }
        }
        if (seen.isTerminal()) {
            ended(seen);
        } else if (stopped) {
            stopNow(at);
        } else {
            end.whenComplete((status, failure) -> {
                if (failure != null) {
                    outcome.completeExceptionally(failure);
                } else {
                    status.ifPresentOrElse(
                            this::ended, () -> outcome.completeExceptionally(StatementErrors.unknown(at.id())));
                }
            });
        }
    }

    /** Begins to end the wait, if that has not begun before. Does not block. */
    void stop(StopReason why) {
        StatementReference at;
        synchronized (this) {
            if (reason != null || outcome.isDone()) {
                return;
            }
            reason = why;
            at = reference;
        }
        if (at != null) {
            stopNow(at);
        }
    }

    private void stopNow(StatementReference at) {
        if (limits.onTimeout() == OnTimeout.DETACH) {
            outcome.completeExceptionally(
                    StopFailure.detached(reason, limits, startTimeout, at.id().publicPart()));
            giveUpWaiting();
            return;
        }
        // its end may be seen by those who wait for it before the cancel is answered
        cancels.cancel(at).whenComplete((last, failure) -> {
            if (failure != null) {
                outcome.completeExceptionally(
                        StopFailure.cancelled(reason, limits, startTimeout, shown(failure, at), false));
            } else {
                ended(last);
            }
            giveUpWaiting();
        });
    }

    private void ended(StatementStatus last) {
        StopReason why;
        synchronized (this) {
            why = reason;
        }
        if (why != null && last.isCanceled()) {
            outcome.completeExceptionally(
                    StopFailure.cancelled(why, limits, startTimeout, StatementErrors.of(last), true));
        } else {
            outcome.complete(last);
        }
    }

    private void giveUpWaiting() {
        CompletableFuture<Optional<StatementStatus>> waiting;
        synchronized (this) {
            waiting = end;
        }
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    private static DatabricksException shown(Throwable failure, StatementReference at) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof DatabricksException known
                ? known
                : new TransientDatabricksException(
                        "The cancel failed", new ErrorDetails(at.id().publicPart(), null, null, null, null), cause);
    }
}
