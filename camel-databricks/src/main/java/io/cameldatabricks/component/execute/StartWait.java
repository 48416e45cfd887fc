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
package io.cameldatabricks.component.execute;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.cameldatabricks.component.pool.ComputeState;
import io.cameldatabricks.component.pool.ConnectionPool;

/**
 * How long a statement has waited for the warehouse to start, as far as can be seen. A statement that takes longer than a
 * moment makes the first look; where the warehouse runs then, that was the last one, so that only statements that meet a
 * start are followed. The state of the statement itself would not do: it is PENDING in the queue of a busy warehouse too.
 * The pause between two looks is a tenth of the time waited so far. Safe for many threads; waits on none.
 */
final class StartWait implements AutoCloseable {

    /** A statement without a time limit has no hurry. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private static final Duration LATEST_FIRST_LOOK = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final ConnectionPool pool;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final Runnable whenOverdue;
    private final long begin;
    private final long startTimeout;

    private long waited;
    private boolean waiting;
    private boolean looking;
    private boolean closed;
    private ScheduledFuture<?> next;

    /**
     * Begins now, when the statement is sent.
     *
     * @param queryTimeout the time that the statement has without the start; zero for any time
     * @param scheduler makes the looks
     * @param nanoTime a clock like {@link System#nanoTime}
     * @param whenOverdue runs once when the start takes longer than it may
     */
    StartWait(
            ConnectionPool pool,
            Duration queryTimeout,
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime,
            Runnable whenOverdue) {
        this.pool = pool;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.whenOverdue = whenOverdue;
        this.begin = nanoTime.getAsLong();
        this.startTimeout = pool.startTimeout().toNanos();
        schedule(firstLook(queryTimeout, pool.startTimeout()));
    }

    private static Duration firstLook(Duration queryTimeout, Duration startTimeout) {
        // so that a quarter of the time at most is counted that was waited for a start
        Duration look = queryTimeout.isZero() ? FIRST_LOOK : shorter(queryTimeout.dividedBy(4), LATEST_FIRST_LOOK);
        return shorter(look, startTimeout);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private synchronized void schedule(Duration delay) {
        if (closed) {
            return;
        }
        try {
            next = scheduler.schedule(this::look, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            closed = true;
        }
    }

    private void look() {
        synchronized (this) {
            looking = !closed;
        }
        pool.computeState().thenAccept(this::seen);
    }

    private void seen(ComputeState state) {
        boolean overdue;
        long soFar = nanoTime.getAsLong() - begin;
        synchronized (this) {
            looking = false;
            if (closed) {
                return;
            }
            boolean starts = state == ComputeState.NOT_RUNNING || state == ComputeState.UNKNOWN && waiting;
            if (starts || waiting) {
                waited = soFar;
            }
            waiting = starts;
            overdue = starts && soFar >= startTimeout;
            closed = !starts || overdue;
        }
        if (overdue) {
            whenOverdue.run();
        } else {
            schedule(pause(soFar));
        }
    }

    private Duration pause(long soFar) {
        Duration tenth = Duration.ofNanos(soFar / 10);
        Duration pause = tenth.compareTo(SHORTEST) < 0 ? SHORTEST : shorter(tenth, LONGEST);
        return shorter(pause, Duration.ofNanos(Math.max(0, startTimeout - soFar)));
    }

    /** Whether the warehouse was still about to start when it was looked at last. */
    synchronized boolean isWaiting() {
        return waiting;
    }

    /** Whether the workspace was asked and has not answered yet. */
    synchronized boolean isLooking() {
        return looking;
    }

    /** From the begin to the end of the start; to the last look while it starts; zero when nothing of it was seen. */
    synchronized Duration waited() {
        return Duration.ofNanos(waited);
    }

    /** The statement has ended. */
    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
