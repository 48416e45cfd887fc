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
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.retry.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

class StopwatchTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final VirtualTime wall = VirtualTime.begin();
    private final Stopwatch stopwatch = new Stopwatch(nanos::get, wall);

    @Test
    void shouldBelieveTheClockThatSaysMore() {
        Stopwatch.Mark mark = stopwatch.now();
        assertThat(stopwatch.since(mark)).isZero();

        // the wall clock was stopped or set back; the other one may overflow
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(stopwatch.since(mark)).isEqualTo(Duration.ofSeconds(3));

        // the machine slept, and its monotonic clock with it
        wall.advance(Duration.ofMinutes(1));
        assertThat(stopwatch.since(mark)).isEqualTo(Duration.ofMinutes(1));
    }
}
