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
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cameldatabricks.component.retry.VirtualTime;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests are counted and delays measured, in virtual time, against the figures that are published. */
class WatchBoundsTest {

    /** More by -Dwatch.handles=100000; the default keeps the build short. */
    private static final int KEPT_ALIVE = Integer.getInteger("watch.handles", 300);

    private final VirtualTime time = VirtualTime.begin();
    private final RecordingListener listener = new RecordingListener(time);
    private final Random random = new Random(11);
    private int submitted;

    private record Figures(double requestsPerStatement, double meanDelay, double p99OfRelativeDelay) {}

    private StatementWatcher watcher(SimulatedWarehouse warehouse, int bulkFrom) {
        return new StatementWatcher(
                warehouse,
                WatchRules.same(WatchSettings.standard().withBulkFrom(bulkFrom)),
                listener,
                TimerWheel.standard(),
                time,
                time,
                time,
                new Random(12));
    }

    /** Statements whose durations are lognormal, as those of real warehouses. */
    private Figures run(double median, double sigma, int count, int serverWaitSeconds, int bulkFrom) {
        SimulatedWarehouse warehouse = new SimulatedWarehouse(time, 100);
        StatementWatcher watcher = watcher(warehouse, bulkFrom);
        Instant begin = time.instant();
        double[] durations = new double[count];
        double longest = 0;
        for (int i = 0; i < count; i++) {
            durations[i] = median * Math.exp(sigma * random.nextGaussian());
            longest = Math.max(longest, durations[i]);
            String key = "k" + submitted++;
            Duration duration = Duration.ofNanos((long) (durations[i] * 1e9));
            if (durations[i] > serverWaitSeconds) {
                warehouse.start(Handles.id(key), duration);
                Runnable watch = () -> watcher.watch(Handles.submitted(key, begin)
                        .withObserved(StatementStatus.of(Handles.id(key), StatementState.RUNNING, time.instant())));
                time.after(Duration.ofSeconds(serverWaitSeconds), watch);
            }
        }
        time.advance(Duration.ofSeconds((long) (longest * 1.2) + 60));
        assertThat(watcher.size()).isZero();

        double delays = 0;
        double[] relative = new double[count];
        int measured = 0;
        for (int i = 0; i < count; i++) {
            Instant seen = listener.endedAt.get("k" + (submitted - count + i));
            // what ends within the wait of the server is in the answer to the submit
            double delay = seen == null ? 0 : Duration.between(begin, seen).toNanos() / 1e9 - durations[i];
            delays += delay;
            if (durations[i] >= 1) {
                relative[measured++] = delay / durations[i];
            }
        }
        Arrays.sort(relative, 0, measured);
        return new Figures(
                (warehouse.reads + warehouse.groups) / (double) count,
                delays / count,
                relative[(int) (measured * 0.99)]);
    }

    /** Columns: median, sigma, statements, server wait; bounds of requests, mean delay in s, p99 of delay / duration. */
    @ParameterizedTest
    @CsvSource({
        "3, 1.8, 20000, 10, 3.5, 0.6, 0.10",
        "3, 1.8, 5000, 0, 17.5, 0.75, 0.24",
        "600, 1.0, 2000, 0, 90, 15, 0.09",
        "600, 1.0, 2000, 10, 66, 15, 0.09"
    })
    void shouldStayWithinThePublishedFigures(
            double median, double sigma, int count, int serverWait, double requests, double delay, double relative) {
        Figures figures = run(median, sigma, count, serverWait, 0);

        assertThat(figures.requestsPerStatement()).isLessThanOrEqualTo(requests);
        assertThat(figures.meanDelay()).isLessThanOrEqualTo(delay);
        assertThat(figures.p99OfRelativeDelay()).isLessThanOrEqualTo(relative);
    }

    @Test
    void shouldNeedAFractionOfTheRequestsWhenManyAreAskedForTogether() {
        Figures one = run(600, 1.0, 1_000, 0, 0);
        Figures together = run(600, 1.0, 1_000, 0, 50);

        // a third of these requests come from the last 50 statements, which are too few to be asked for together
        assertThat(together.requestsPerStatement()).isLessThan(one.requestsPerStatement() / 4);
        assertThat(together.p99OfRelativeDelay()).isLessThanOrEqualTo(0.09);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 10", "50, 0, 10", "50, 0.1, 15"})
    void shouldKeepStatementsAliveForTwoDays(int bulkFrom, double failing, long longestMinutes) {
        SimulatedWarehouse warehouse = new SimulatedWarehouse(time, 100);
        Random failures = new Random(13);
        warehouse.readFailure =
                () -> failures.nextDouble() < failing ? new IllegalStateException("out of reach") : null;
        StatementWatcher watcher = watcher(warehouse, bulkFrom);
        for (int i = 0; i < KEPT_ALIVE; i++) {
            String key = "k" + i;
            warehouse.start(Handles.id(key), Duration.ofHours(48));
            watcher.watch(Handles.submitted(key, time.instant()));
        }
        time.advance(Duration.ofHours(48).plusMinutes(40));

        assertThat(listener.ended.size()).isEqualTo(KEPT_ALIVE);
        Duration longestGap = warehouse.statements.values().stream()
                .map(statement -> statement.longestGap)
                .max(Duration::compareTo)
                .orElseThrow();
        assertThat(longestGap).isLessThanOrEqualTo(Duration.ofMinutes(longestMinutes));
    }
}
