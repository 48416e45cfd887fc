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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.cameldatabricks.component.pool.ConnectionPool;

/**
 * Ends a statement when its time is over, not counting the time in which the warehouse only starts, and when that start
 * takes too long. The driver's own time-out counts whole seconds, and its cancel comes too early to be of use.
 */
public final class QueryTimer implements AutoCloseable {

    private static final Duration AGAIN_AT_THE_EARLIEST = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofMillis(200);

    private final Consumer<StopReason> whenOver;
    private final long timeout;
    private final ScheduledExecutorService scheduler;
    private final long begin = System.nanoTime();
    private final StartWait startWait;
    private ScheduledFuture<?> task;
    private boolean graceGiven;
    private boolean ended;

    /**
     * Begins now.
     *
     * @param whenOver ends the statement; must not block
     * @param timeout zero for none
     * @param pool knows whether the warehouse starts
     */
    public static QueryTimer start(
            Consumer<StopReason> whenOver, Duration timeout, ConnectionPool pool, ScheduledExecutorService scheduler) {
        QueryTimer timer = new QueryTimer(whenOver, timeout, pool, scheduler);
        if (!timeout.isZero()) {
            timer.schedule(timeout.toNanos());
        }
        return timer;
    }

    private QueryTimer(
            Consumer<StopReason> whenOver, Duration timeout, ConnectionPool pool, ScheduledExecutorService scheduler) {
        this.whenOver = whenOver;
        this.timeout = timeout.toNanos();
        this.scheduler = scheduler;
        this.startWait = new StartWait(
                pool, timeout, scheduler, System::nanoTime, () -> whenOver.accept(StopReason.START_TIMEOUT));
    }

    private synchronized void schedule(long nanos) {
        if (!ended) {
            task = scheduler.schedule(this::onTime, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void onTime() {
        long rest = begin + startWait.waited().toNanos() + timeout - System.nanoTime();
        if (startWait.isWaiting()) {
            schedule(Math.max(timeout, AGAIN_AT_THE_EARLIEST.toNanos()));
        } else if (rest > 0) {
            schedule(rest);
        } else if (startWait.isLooking() && !graceGiven) {
            // the answer of the workspace is on its way
            graceGiven = true;
            schedule(GRACE.toNanos());
        } else {
            whenOver.accept(StopReason.QUERY_TIMEOUT);
        }
    }

    /** The statement has ended: nothing is done to it any more. */
    @Override
    public void close() {
        startWait.close();
        synchronized (this) {
            ended = true;
            if (task != null) {
                task.cancel(false);
            }
        }
    }
}
