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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;

/** A clock for tests with real sockets: whoever waits has the time skipped for him. Thread-safe. */
public final class SkippingTime implements InstantSource, Delayer {

    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        synchronized (this) {
            waits.add(delay);
            now = now.plus(delay.isNegative() ? Duration.ZERO : delay);
        }
        ForkJoinPool.commonPool().execute(task);
    }

    /** All waits so far. */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }
}
