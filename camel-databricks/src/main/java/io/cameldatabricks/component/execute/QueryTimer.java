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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels a statement on the server when its time is over. The driver's own time-out counts whole seconds. A cancel
 * before the driver knows the statement's id does nothing, so it is repeated until the statement has ended.
 */
final class QueryTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueryTimer.class);
    private static final long REPEAT_MS = 100;

    private final Statement statement;
    private final ScheduledFuture<?> task;
    private boolean ended;
    private boolean fired;

    /**
     * @param timeout zero for none
     */
    static QueryTimer start(Statement statement, Duration timeout, ScheduledExecutorService scheduler) {
        return new QueryTimer(statement, timeout, scheduler);
    }

    private QueryTimer(Statement statement, Duration timeout, ScheduledExecutorService scheduler) {
        this.statement = statement;
        this.task = timeout.isZero()
                ? null
                : scheduler.scheduleWithFixedDelay(this::cancel, timeout.toMillis(), REPEAT_MS, TimeUnit.MILLISECONDS);
    }

    private void cancel() {
        synchronized (this) {
            if (ended) {
                return;
            }
            fired = true;
        }
        try {
            statement.cancel();
        } catch (SQLException | RuntimeException e) {
            // the statement may have ended this moment; if not, the next round tries again
            LOG.debug("The cancel of a statement failed", e);
        }
    }

    /** Whether time ran out before the statement ended. */
    synchronized boolean fired() {
        return fired;
    }

    /** The statement has ended: no cancel starts any more. */
    @Override
    public void close() {
        synchronized (this) {
            ended = true;
        }
        if (task != null) {
            task.cancel(false);
        }
    }
}
