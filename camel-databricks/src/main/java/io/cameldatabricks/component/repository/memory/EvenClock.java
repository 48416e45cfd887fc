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
package io.cameldatabricks.component.repository.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day when it was made, and from then on the time that has passed: it never goes back. What is due by it does not
 * wait for a clock that was set back. Immutable.
 */
final class EvenClock implements InstantSource {

    private final LongSupplier nanos;
    private final Instant begin;
    private final long nanosAtBegin;

    /** @param nanos as {@link System#nanoTime()} */
    EvenClock(InstantSource wall, LongSupplier nanos) {
        this.nanos = nanos;
        this.begin = wall.instant();
        this.nanosAtBegin = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(nanos.getAsLong() - nanosAtBegin);
    }
}
