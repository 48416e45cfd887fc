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
package io.cameldatabricks.benchmarks.crash;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The small version of what {@code benchmarks/run crash-h2} does. */
class CrashSmokeTest {

    @Test
    void shouldLoseNothingAndSubmitNothingTwiceWhenAProcessIsKilled() {
        try (Workshop workshop = new Workshop(List.of())) {
            Verdict verdict =
                    new RandomKills(workshop, workshop.options().withJobs(1000, 10), 1500, new Random()).run(3);

            assertThat(verdict.violations()).as(verdict.text()).isEmpty();
            assertThat(verdict.kills()).isEqualTo(3);
        }
    }
}
