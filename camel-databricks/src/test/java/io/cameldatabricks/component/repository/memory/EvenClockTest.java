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

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EvenClockTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void shouldGoOnWhenTheWallClockIsSetBack() {
        Instant[] wall = {BEGIN};
        long[] nanos = {Long.MAX_VALUE - 10};
        EvenClock clock = new EvenClock(() -> wall[0], () -> nanos[0]);
        assertThat(clock.instant()).isEqualTo(BEGIN);

        wall[0] = BEGIN.minus(Duration.ofHours(1));
        // as a counter may, it overflows
        nanos[0] += Duration.ofSeconds(5).toNanos();

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(5));
    }
}
