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

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HandleKeysTest {

    private static final Instant TIME = Instant.parse("2026-11-21T10:15:30.123Z");

    @Test
    void shouldBeUuidsOfVersion7InTheOrderOfTime() {
        String key = HandleKeys.at(TIME);
        UUID uuid = UUID.fromString(key);
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16)).isEqualTo(TIME);
        assertThat(HandleKeys.at(TIME.plusMillis(1))).isGreaterThan(key);
    }

    @Test
    void shouldDifferWithinAMoment() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            keys.add(HandleKeys.at(TIME));
        }
        assertThat(keys).hasSize(10_000);
    }
}
