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
package io.cameldatabricks.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

import io.cameldatabricks.component.retry.Delayer;

/** A clock that goes on when it is told to; what was planned runs at its time, on the caller's thread. */
final class VirtualTime implements InstantSource, Delayer {

    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private long sequence;

    private record Planned(Instant at, long number, Runnable task) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        planned.add(new Planned(delay.isNegative() ? now : now.plus(delay), sequence++, task));
    }

    /** Lets time pass; runs everything that becomes due, in its order. */
    void advance(Duration duration) {
        Instant end = now.plus(duration);
        while (!planned.isEmpty() && !planned.peek().at().isAfter(end)) {
            Planned next = planned.poll();
            now = next.at();
            next.task().run();
        }
        now = end;
    }
}
