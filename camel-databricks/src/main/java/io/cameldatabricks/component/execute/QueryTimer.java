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

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.pool.ConnectionPool;

/**
 * Cancels a statement on the server when its time is over, not counting the time in which the warehouse only starts, and
 * when that start takes too long. The driver's own time-out counts whole seconds. A cancel before the driver knows the
 * statement's id does nothing, so it is repeated until the statement has ended.
 */
final class QueryTimer implements AutoCloseable {

    /** Which time was over. */
    enum Over {
        QUERY_TIMEOUT,
        START_TIMEOUT
    }

    private static final Logger LOG = LoggerFactory.getLogger(QueryTimer.class);
    private static final long REPEAT_MS = 100;
    private static final Duration GRACE = Duration.ofMillis(200);

    private final Statement statement;
    private final long timeout;
    private final ScheduledExecutorService scheduler;
    private final long begin = System.nanoTime();
    private final StartWait startWait;
    private ScheduledFuture<?> task;
    private boolean graceGiven;
    private boolean ended;
    private Over over;

    /**
     * Begins now.
     *
     * @param timeout zero for none
     * @param pool knows whether the warehouse starts
     */
    static QueryTimer start(
            Statement statement, Duration timeout, ConnectionPool pool, ScheduledExecutorService scheduler) {
        QueryTimer timer = new QueryTimer(statement, timeout, pool, scheduler);
        if (!timeout.isZero()) {
            timer.schedule(timeout.toNanos());
        }
        return timer;
    }

    private QueryTimer(Statement statement, Duration timeout, ConnectionPool pool, ScheduledExecutorService scheduler) {
        this.statement = statement;
        this.timeout = timeout.toNanos();
        this.scheduler = scheduler;
        this.startWait =
                new StartWait(pool, timeout, scheduler, System::nanoTime, () -> cancelBecauseOf(Over.START_TIMEOUT));
    }

    private synchronized void schedule(long nanos) {
        if (!ended) {
            task = scheduler.schedule(this::onTime, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void onTime() {
        long rest = begin + startWait.waited().toNanos() + timeout - System.nanoTime();
        if (startWait.isWaiting()) {
            schedule(Math.max(timeout, TimeUnit.MILLISECONDS.toNanos(REPEAT_MS)));
        } else if (rest > 0) {
            schedule(rest);
        } else if (startWait.isLooking() && !graceGiven) {
            // the answer of the workspace is on its way
            graceGiven = true;
            schedule(GRACE.toNanos());
        } else {
            cancelBecauseOf(Over.QUERY_TIMEOUT);
        }
    }

    private synchronized void cancelBecauseOf(Over reason) {
        if (ended || over != null) {
            return;
        }
        over = reason;
        if (task != null) {
            task.cancel(false);
        }
        task = scheduler.scheduleWithFixedDelay(this::cancel, 0, REPEAT_MS, TimeUnit.MILLISECONDS);
    }

    private void cancel() {
        synchronized (this) {
            if (ended) {
                return;
            }
        }
        try {
            statement.cancel();
        } catch (SQLException | RuntimeException e) {
            // the statement may have ended this moment; if not, the next round tries again
            LOG.debug("The cancel of a statement failed", e);
        }
    }

    /** Which time ran out before the statement ended; empty when none did. */
    synchronized Optional<Over> over() {
        return Optional.ofNullable(over);
    }

    /** The statement has ended: no cancel starts any more. */
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
