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
package io.cameldatabricks.component.retry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs something later without a thread that waits for it. Thread-safe. */
@FunctionalInterface
public interface Delayer {

    /**
     * @param delay zero or negative for as soon as possible
     * @param task must not block
     */
    void after(Duration delay, Runnable task);

    /** The one timer thread that every Java process has; the tasks themselves run on {@code executor}. */
    static Delayer on(Executor executor) {
        return (delay, task) -> CompletableFuture.delayedExecutor(
                        Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS, executor)
                .execute(task);
    }
}
