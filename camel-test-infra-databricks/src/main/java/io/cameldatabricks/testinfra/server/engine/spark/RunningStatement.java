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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.spark.SparkContext;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.failure.SparkErrors;

/** One statement between its start and its end, so that another thread can stop it. Thread-safe. */
final class RunningStatement {

    private enum End {
        NONE,
        CANCELED,
        TIMED_OUT
    }

    private final String jobGroup;
    private final SparkContext context;
    private final Thread thread;
    private final long timeoutSeconds;
    private ScheduledFuture<?> timer;
    private End end = End.NONE;
    private boolean over;

    RunningStatement(String jobGroup, SparkContext context, long timeoutSeconds) {
        this.jobGroup = jobGroup;
        this.context = context;
        this.thread = Thread.currentThread();
        this.timeoutSeconds = timeoutSeconds;
    }

    String jobGroup() {
        return jobGroup;
    }

    synchronized void startTimer(ScheduledExecutorService clock) {
        if (timeoutSeconds > 0) {
            timer = clock.schedule(() -> stop(End.TIMED_OUT), timeoutSeconds, TimeUnit.SECONDS);
        }
    }

    void cancel() {
        stop(End.CANCELED);
    }

    private synchronized void stop(End reason) {
        if (over || end != End.NONE) {
            return;
        }
        end = reason;
        context.cancelJobGroupAndFutureJobs(jobGroup);
        // planning and waiting happen on the statement's own thread
        thread.interrupt();
    }

    /** After this no interrupt reaches the thread, which may serve another statement next. */
    synchronized void over() {
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (end != End.NONE) {
            Thread.interrupted();
        }
    }

    /** @return what to report for a failure of this statement */
    synchronized EngineException failure(Throwable thrown) {
        return switch (end) {
            case CANCELED -> EngineException.ofCanceled();
            case TIMED_OUT ->
                SparkErrors.toEngine(LocalFailure.of(
                        "QUERY_EXECUTION_TIMEOUT_EXCEEDED",
                        "57KD0",
                        "Query execution was cancelled due to exceeding the timeout (" + timeoutSeconds
                                + "s). You can increase the limit in seconds by setting STATEMENT_TIMEOUT."));
            case NONE -> SparkErrors.toEngine(thrown);
        };
    }
}
