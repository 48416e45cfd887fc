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
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement while the thread that made this executes it, and the way to end that from outside.
 *
 * <p>To cancel a statement is not enough to end the wait for it: a cancel before the driver knows the id of the statement
 * does nothing, one that is sent may be lost, and the end shows with the driver's next look at the statement. So a cancel is
 * repeated, with growing pauses, until the wait has ended. If the end does not show for long, or if the statement shall run
 * on, the thread is interrupted, which ends the driver's wait between two looks. The thread is never interrupted before the
 * statement has an id, since that could hide whether the server has got it. Safe for many threads.
 */
final class RunningStatement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningStatement.class);

    private static final long AWAIT_ID_MS = 20;
    private static final long FIRST_REPEAT_MS = 200;
    private static final long LAST_REPEAT_MS = 2_000;
    private static final long GIVE_UP_MS = 10_000;

    private final Statement statement;
    private final OnTimeout onTimeout;
    private final ScheduledExecutorService scheduler;
    private final Thread worker = Thread.currentThread();

    private StopReason reason;
    private ScheduledFuture<?> next;
    private boolean interrupted;
    private boolean ended;
    private long cancelsFor;
    private long pause = FIRST_REPEAT_MS;

    /**
     * @param onTimeout how it is ended, whatever the reason
     * @param scheduler sends the cancels
     */
    RunningStatement(Statement statement, OnTimeout onTimeout, ScheduledExecutorService scheduler) {
        this.statement = statement;
        this.onTimeout = onTimeout;
        this.scheduler = scheduler;
    }

    /** Begins to end it, if that has not begun before and it has not ended by itself. Does not block. */
    synchronized void stop(StopReason why) {
        if (!ended && reason == null) {
            reason = why;
            schedule(0);
        }
    }

    private void schedule(long millis) {
        try {
            next = scheduler.schedule(this::step, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // stopping: whoever stops the scheduler interrupts the thread himself
            LOG.debug("A statement cannot be ended any more: the scheduler is closed");
        }
    }

    private void step() {
        synchronized (this) {
            if (ended) {
                return;
            }
            if (DriverAnswer.hasNoId(statement)) {
                schedule(AWAIT_ID_MS);
                return;
            }
            if (onTimeout == OnTimeout.DETACH || cancelsFor >= GIVE_UP_MS) {
                interrupted = true;
                worker.interrupt();
                return;
            }
        }
        cancel(statement);
        synchronized (this) {
            if (!ended) {
                cancelsFor += pause;
                schedule(pause);
                pause = Math.min(2 * pause, LAST_REPEAT_MS);
            }
        }
    }

    /** Sends a cancel, now, on this thread. */
    static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException | RuntimeException e) {
            // the statement may have ended this moment; if not, the next cancel may do better
            LOG.debug("The cancel of a statement failed", e);
        }
    }

    /** Why it was to end before it had ended; empty when it was not. */
    synchronized Optional<StopReason> stopped() {
        return Optional.ofNullable(reason);
    }

    /** Whether the wait was broken off, so that the end of the statement was not seen. */
    synchronized boolean isBrokenOff() {
        return interrupted;
    }

    /** Called by the thread that executed it: nothing is done to the statement or the thread any more. */
    @Override
    public void close() {
        boolean ours;
        synchronized (this) {
            ours = interrupted && !ended;
            ended = true;
            if (next != null) {
                next.cancel(false);
            }
        }
        if (ours) {
            // the interrupt was meant for the wait that is over, and must not hit what the thread does next
            Thread.interrupted();
        }
    }
}
