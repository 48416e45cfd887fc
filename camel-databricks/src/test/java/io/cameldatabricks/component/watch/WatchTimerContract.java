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
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What every timer does. */
abstract class WatchTimerContract {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00.003Z");

    private final WatchTimer<String> timer = timer();

    abstract WatchTimer<String> timer();

    /** The longest time by which a key may come late. */
    abstract Duration tick();

    @Test
    void shouldGiveNothingBeforeItsTimeAndAllOfItATickAfter() {
        timer.add("a", T0.plusMillis(500));

        assertThat(timer.due(T0.plusMillis(499))).isEmpty();
        assertThat(timer.due(T0.plusMillis(500).plus(tick()))).containsExactly("a");
        assertThat(timer.due(T0.plusSeconds(900))).isEmpty();
        assertThat(timer.size()).isZero();
    }

    @Test
    void shouldGiveAtOnceWhatWasDueBeforeItWasPlanned() {
        timer.due(T0);
        timer.add("late", T0.minusSeconds(3600));

        assertThat(timer.next().orElseThrow()).isBeforeOrEqualTo(T0.plus(tick()));
        assertThat(timer.due(T0.plus(tick()))).containsExactly("late");
    }

    @Test
    void shouldBeginAnewAtAnEarlierTime() {
        timer.add("a", T0.plusSeconds(3600));
        timer.due(T0.plusSeconds(3599));

        timer.clear();

        assertThat(timer.size()).isZero();
        assertThat(timer.next()).isEmpty();
        timer.add("b", T0.plusMillis(500));
        assertThat(timer.next().orElseThrow())
                .isBeforeOrEqualTo(T0.plusMillis(500).plus(tick()));
        assertThat(timer.due(T0.plusMillis(499))).isEmpty();
        assertThat(timer.due(T0.plusMillis(500).plus(tick()))).containsExactly("b");
        assertThat(timer.due(T0.plusSeconds(7200))).isEmpty();
    }

    @Test
    void shouldGiveWhatWasDueLongBeforeTheFirstLook() {
        timer.add("late", T0.minusSeconds(3600));

        assertThat(timer.due(T0)).containsExactly("late");
    }

    @Test
    void shouldSayATimeThatComesNearerWithEveryLook() {
        timer.due(T0);
        timer.add("a", T0.plusSeconds(600));
        Instant now = T0;
        int looks = 0;
        while (timer.due(now).isEmpty()) {
            Instant next = timer.next().orElseThrow();
            // else who sleeps until then and looks again would never get on
            assertThat(next).isAfter(now);
            now = next;
            looks++;
        }

        assertThat(now).isBetween(T0.plusSeconds(600), T0.plusSeconds(600).plus(tick()));
        assertThat(looks).isLessThan(1_100);
    }

    @Test
    void shouldReplaceAnEarlierPlan() {
        timer.add("a", T0.plusSeconds(1));
        timer.add("a", T0.plusSeconds(100));

        assertThat(timer.size()).isEqualTo(1);
        assertThat(timer.due(T0.plusSeconds(50))).isEmpty();
        timer.add("a", T0.plusSeconds(60));
        assertThat(timer.due(T0.plusSeconds(61))).containsExactly("a");
    }

    @Test
    void shouldForget() {
        timer.add("a", T0.plusSeconds(1));
        timer.remove("a");
        timer.remove("never there");

        assertThat(timer.due(T0.plusSeconds(5))).isEmpty();
        assertThat(timer.next()).isEmpty();
    }

    @Test
    void shouldFindEverythingAfterALongSleep() {
        for (int i = 0; i < 1000; i++) {
            timer.add("k" + i, T0.plusSeconds(i * 3L));
        }

        assertThat(timer.due(T0.plus(Duration.ofDays(2)))).hasSize(1000);
    }

    @Test
    void shouldAgreeWithAPlainMapOverALongRandomLife() {
        Random random = new Random(3);
        Map<String, Instant> expected = new HashMap<>();
        Instant now = T0;
        for (int step = 0; step < 20_000; step++) {
            String key = "k" + random.nextInt(300);
            switch (random.nextInt(5)) {
                case 0, 1, 2 -> {
                    Instant at = now.plusMillis(random.nextInt(random.nextBoolean() ? 2_000 : 900_000));
                    timer.add(key, at);
                    expected.put(key, at);
                }
                case 3 -> {
                    timer.remove(key);
                    expected.remove(key);
                }
                default -> {
                    now = timer.next().isPresent() && random.nextBoolean()
                            ? later(now, timer.next().get())
                            : now.plusMillis(random.nextInt(5_000));
                    look(now, expected);
                }
            }
            assertThat(timer.size()).isEqualTo(expected.size());
            if (!expected.isEmpty()) {
                Instant first =
                        expected.values().stream().min(Instant::compareTo).orElseThrow();
                assertThat(timer.next().orElseThrow())
                        .isBeforeOrEqualTo(later(now, first).plus(tick()));
            }
        }
    }

    private void look(Instant now, Map<String, Instant> expected) {
        List<String> due = timer.due(now);
        Set<String> unique = new HashSet<>(due);
        assertThat(unique).hasSameSizeAs(due);
        for (String key : due) {
            assertThat(expected.remove(key)).isNotNull().isBeforeOrEqualTo(now);
        }
        assertThat(expected.values()).allMatch(at -> at.plus(tick()).isAfter(now));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
