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
package io.cameldatabricks.component.deliver;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PausesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Pauses pauses = new Pauses(new Random(3));

    @Test
    void shouldNotPauseLongerWhenTheClockIsSetBack() {
        Duration pause = pauses.repositoryFailed(NOW);
        assertThat(pauses.isPaused(NOW.plus(pause).minusMillis(1))).isTrue();
        Instant before = NOW.minus(Duration.ofHours(1));

        assertThat(pauses.isPaused(before)).isFalse();

        Duration next = pauses.repositoryFailed(before);
        assertThat(pauses.isPaused(before.plus(next).minusMillis(1))).isTrue();
        assertThat(pauses.isPaused(before.plus(next))).isFalse();
    }

    @Test
    void shouldNeverPauseForLongerThanTheLongest() {
        Instant now = NOW;
        for (int i = 0; i < 50; i++) {
            Duration pause = pauses.repositoryFailed(now);
            assertThat(pause).isLessThanOrEqualTo(DeliverySettings.LONGEST_PAUSE);
            assertThat(pauses.isPaused(now)).isTrue();
            now = now.plus(pause);
        }
    }
}
