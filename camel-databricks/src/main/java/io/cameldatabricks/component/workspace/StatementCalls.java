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
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.cameldatabricks.component.client.StatementErrors;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.execute.QueryTimer;
import io.cameldatabricks.component.execute.StatementRequest.Limits;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.thread.AsyncThreads;
import io.cameldatabricks.component.track.StatementCanceller;
import io.cameldatabricks.component.watch.WatchSettings;

/** What the operations on a handle ask the server for. Safe for many threads. */
public final class StatementCalls {

    private final StatementAccess access;
    private final AsyncThreads threads;
    private final InstantSource clock;
    private final Duration resultTimeout;
    private final WatchSettings watch;
    private final StatementCanceller canceller;

    /** @param watch how statements are watched whose end is waited for */
    public StatementCalls(
            StatementAccess access,
            AsyncThreads threads,
            InstantSource clock,
            Duration resultTimeout,
            WatchSettings watch) {
        this.access = access;
        this.threads = threads;
        this.clock = clock;
        this.resultTimeout = resultTimeout;
        this.watch = watch;
        this.canceller = new StatementCanceller(access.client(), access.awaiter(), watch, clock);
    }

    /** On which those go on who wait for an answer. */
    public AsyncThreads threads() {
        return threads;
    }

    /**
     * @return the same
     * @throws io.cameldatabricks.component.statement.ForeignHandleException when the statement belongs to another
     *     workspace or transport
     */
    public StatementReference reachable(StatementReference reference) {
        return reference.requireReachable(access.key().workspace(), access.key().transport());
    }

    /** One look at the statement; fails when the server does not know it. */
    public CompletionStage<StatementStatus> status(StatementReference reference) {
        return access.client()
                .status(reference.id(), Urgency.now(clock.instant()))
                .thenApply(found -> found.orElseThrow(() -> StatementErrors.unknown(reference.id())));
    }

    /** The status at the end, which is waited for as long as {@code resultTimeout} says; fails when it does not come. */
    public CompletionStage<StatementStatus> cancel(StatementReference reference) {
        return canceller.cancel(reference, resultTimeout);
    }

    /** The end of a statement, waited for as long as {@code resultTimeout} says. */
    public CompletionStage<StatementStatus> end(StatementReference reference) {
        return status(reference).thenCompose(seen -> {
            if (seen.isTerminal()) {
                return CompletableFuture.completedFuture(seen);
            }
            if (resultTimeout.isZero()) {
                throw stillRuns(seen);
            }
            return access.awaiter()
                    .end(reference, seen, clock.instant(), watch)
                    .orTimeout(resultTimeout.toMillis(), TimeUnit.MILLISECONDS)
                    .handle((end, failure) -> {
                        if (failure instanceof TimeoutException) {
                            throw stillRuns(seen);
                        }
                        return known(reference, end, failure);
                    });
        });
    }

    private TransientDatabricksException stillRuns(StatementStatus seen) {
        return new TransientDatabricksException(
                "The statement has not ended within " + resultTimeout.toMillis()
                        + " ms (resultTimeout); it runs on, ask" + " again later",
                new ErrorDetails(seen.id().publicPart(), seen.state().name(), null, null, null),
                null);
    }

    /**
     * Submits a statement whose end is waited for.
     *
     * @param warehouse knows whether the warehouse starts
     * @param owner ends the wait when it stops
     * @throws TransientDatabricksException when the owner has stopped
     */
    public AwaitedStatement run(
            StatementRequest request,
            StatementTarget target,
            Limits limits,
            WarehouseAccess warehouse,
            AwaitedStatements owner) {
        Instant begin = clock.instant();
        AwaitedStatement awaited = new AwaitedStatement(
                access.awaiter(),
                reference -> canceller.cancel(reference, AwaitedStatement.GIVE_UP),
                watch,
                limits,
                warehouse.pool().startTimeout());
        try {
            access.awaited().add(awaited);
            owner.add(awaited);
        } catch (TransientDatabricksException e) {
            awaited.failed(e);
            throw e;
        }
        QueryTimer timer;
        try {
            timer = warehouse.startTimer(awaited::stop, limits.queryTimeout());
        } catch (RejectedExecutionException e) {
            awaited.failed(e);
            throw new TransientDatabricksException("The component is stopping", ErrorDetails.none(), null);
        }
        awaited.outcome().whenComplete((end, failure) -> timer.close());
        access.client().submit(request).whenComplete((seen, failure) -> {
            if (failure != null) {
                awaited.failed(failure);
                return;
            }
            try {
                awaited.submitted(new StatementReference(target, seen.id()), seen, begin);
            } catch (RuntimeException | Error e) {
                // whoever waits must hear of it, or would wait for ever
                awaited.failed(e);
            }
        });
        return awaited;
    }

    private static StatementStatus known(
            StatementReference reference, Optional<StatementStatus> end, Throwable failure) {
        if (failure != null) {
            throw failure instanceof RuntimeException unchecked ? unchecked : new CompletionException(failure);
        }
        return end.orElseThrow(() -> StatementErrors.unknown(reference.id()));
    }

    /** Releases the result on the server; false when it does not know the statement. */
    public CompletionStage<Boolean> release(StatementReference reference) {
        return access.client().release(reference.id());
    }
}
