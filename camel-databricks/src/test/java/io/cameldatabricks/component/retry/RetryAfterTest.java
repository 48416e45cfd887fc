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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "120 | 120",
                " 7  | 7",
                "1.2 | 2",
                "3.0 | 3",
                "Sun, 06 Nov 1994 08:49:37 GMT | 37",
                "Sunday, 06-Nov-94 08:49:37 GMT | 37",
                "Sun Nov  6 08:49:37 1994 | 37",
                "Sun, 06 Nov 1994 08:00:00 GMT | 0"
            })
    void shouldReadEveryFormThatHttpAllows(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "soon",
                "1e3",
                "0x10",
                "NaN",
                "99999999999999999999",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "1;2"
            })
    void shouldTakeWhatItCannotReadForNone(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }

    @Test
    void shouldTakeNoHeaderForNone() {
        assertThat(RetryAfter.parse(null, NOW)).isEmpty();
    }

    @Test
    void shouldNeverThrowNorGiveMoreThanTheCapWhateverTheHeaderHolds() {
        Random random = new Random(7);
        Backoff backoff = Backoff.standard();
        Duration cap = Duration.ofSeconds(90);
        int understood = 0;
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            Optional<Duration> asked = RetryAfter.parse(header(random), NOW);
            Optional<Duration> wait = backoff.delay(random.nextInt(1_000_000), asked, random);
            if (asked.isPresent()) {
                understood++;
                assertThat(asked.get()).isGreaterThanOrEqualTo(Duration.ZERO);
            }
            if (wait.isEmpty()) {
                refused++;
                assertThat(asked.orElseThrow()).isGreaterThan(backoff.longestRetryAfter());
            } else {
                assertThat(wait.get()).isBetween(asked.orElse(Duration.ZERO), cap);
            }
        }
        // the fuzz means something only if it meets all cases
        assertThat(understood).isBetween(2_000, 9_000);
        assertThat(refused).isBetween(1_000, 8_000);
    }

    private static String header(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> String.valueOf(random.nextInt(120));
            case 1 -> String.valueOf(random.nextLong());
            case 2 ->
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        NOW.plusSeconds(random.nextInt(200) - 60).atOffset(ZoneOffset.UTC));
            case 3 -> mutate("Sun, 06 Nov 1994 08:49:37 GMT", random);
            case 4 -> mutate(String.valueOf(random.nextInt(1000)), random);
            default -> {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(80); length > 0; length--) {
                    text.append((char) random.nextInt(0x250));
                }
                yield text.toString();
            }
        };
    }

    private static String mutate(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int edits = random.nextInt(3); edits > 0 && mutated.length() > 0; edits--) {
            mutated.setCharAt(random.nextInt(mutated.length()), (char) ('!' + random.nextInt(90)));
        }
        return mutated.toString();
    }
}
