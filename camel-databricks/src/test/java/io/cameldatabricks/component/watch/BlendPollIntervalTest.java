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
package io.cameldatabricks.component.watch;

import java.time.Duration;
import java.util.Random;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BlendPollIntervalTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.25",
        "1, 0.25",
        "5, 0.5",
        "50, 5",
        "100, 10",
        "400, 20",
        "10000, 100",
        "172800, 415.69",
        "999999, 600"
    })
    void shouldFollowTheAgeThenItsRoot(double age, double seconds) {
        BlendPollInterval exact = new BlendPollInterval(0.1, Duration.ofMillis(250), Duration.ofMinutes(10), 0);

        assertThat(exact.next(Duration.ofNanos((long) (age * 1e9)), new Random(1))
                                .toNanos()
                        / 1e9)
                .isCloseTo(seconds, Offset.offset(0.01));
    }

    @Test
    void shouldSpreadByATenthAndNeverBeLate() {
        BlendPollInterval interval = BlendPollInterval.standard();
        Random random = new Random(1);
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int i = 0; i < 10_000; i++) {
            double seconds = interval.next(Duration.ofSeconds(50), random).toNanos() / 1e9;
            least = Math.min(least, seconds);
            most = Math.max(most, seconds);
            assertThat(interval.next(Duration.ofDays(random.nextInt(4000)), random))
                    .isLessThanOrEqualTo(Duration.ofMinutes(10));
        }

        assertThat(least).isBetween(4.5, 4.51);
        assertThat(most).isBetween(4.99, 5.0);
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new BlendPollInterval(0, second, second, 0)).hasMessageContaining("pollRatio");
        assertThatThrownBy(() -> new BlendPollInterval(0.1, second, Duration.ZERO, 0))
                .hasMessageContaining("maxPollInterval");
        assertThatThrownBy(() -> new BlendPollInterval(0.1, second, second, 1)).hasMessageContaining("spread");
        assertThatThrownBy(() -> new WatchSettings(BlendPollInterval.standard(), Duration.ofMinutes(15), 0, second))
                .hasMessageContaining("14 minutes");
    }
}
