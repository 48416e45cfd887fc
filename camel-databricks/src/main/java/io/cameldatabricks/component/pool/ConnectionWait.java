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
package io.cameldatabricks.component.pool;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long one caller waits for a connection: the connection timeout, which begins anew when the warehouse is seen about to
 * start, and once more when it is seen to run after that. The start itself has a time of its own. For one thread.
 */
final class ConnectionWait {

    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(5);

    private final PoolSettings settings;
    private final ComputeProbe compute;
    private final long begin = System.nanoTime();
    private long deadline;
    private boolean starting;

    /** Begins now. */
    ConnectionWait(PoolSettings settings, ComputeProbe compute) {
        this.settings = settings;
        this.compute = compute;
        this.deadline = begin + settings.connectionTimeout().toNanos();
    }

    /** Whether to give up. When the time is over, blocks for a moment for the answer of the workspace. */
    boolean isOver() {
        long now = System.nanoTime();
        if (now - deadline < 0) {
            return false;
        }
        boolean started = starting;
        starting = isNotRunning();
        long end = begin + settings.startTimeout().toNanos();
        if (starting) {
            deadline = Math.min(now + settings.connectionTimeout().toNanos(), end);
            return now - end >= 0;
        }
        deadline = now + settings.connectionTimeout().toNanos();
        return !started;
    }

    private boolean isNotRunning() {
        try {
            return compute.state().get(LONGEST_QUESTION.toMillis(), TimeUnit.MILLISECONDS) == ComputeState.NOT_RUNNING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Whether it is over because the start took too long. */
    boolean isForTheStart() {
        return starting;
    }

    /** The time that was over. */
    @Override
    public String toString() {
        return starting
                ? settings.startTimeout().toMillis() + " ms (startTimeout)"
                : settings.connectionTimeout().toMillis() + " ms (connectionTimeout)";
    }
}
