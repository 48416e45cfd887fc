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
package io.cameldatabricks.component.track;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Tells how much time has passed, by two clocks of this machine, of which it believes the one that says more: a monotonic
 * one, which nobody sets, and the wall clock, which goes on where the monotonic one stands still with a machine that sleeps.
 * A wall clock that is set back changes nothing; one that is set ahead makes time seem longer once. Immutable, thread-safe.
 *
 * @param nanos as {@link System#nanoTime()}
 * @param clock of the wall
 */
public record Stopwatch(LongSupplier nanos, InstantSource clock) {

    public Stopwatch {
        Objects.requireNonNull(nanos, "nanos");
        Objects.requireNonNull(clock, "clock");
    }

    /** With the monotonic clock of the Java platform. */
    public static Stopwatch of(InstantSource clock) {
        return new Stopwatch(System::nanoTime, clock);
    }

    /** A moment. */
    record Mark(long nanos, Instant instant) {}

    Mark now() {
        return new Mark(nanos.getAsLong(), clock.instant());
    }

    Duration since(Mark mark) {
        Duration monotonic = Duration.ofNanos(nanos.getAsLong() - mark.nanos());
        Duration wall = Duration.between(mark.instant(), clock.instant());
        return monotonic.compareTo(wall) > 0 ? monotonic : wall;
    }
}
