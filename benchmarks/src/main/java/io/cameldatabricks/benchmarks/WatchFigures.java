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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementOrigin;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;
import io.cameldatabricks.component.watch.StatementWatcher;
import io.cameldatabricks.component.watch.TimerWheel;
import io.cameldatabricks.component.watch.WatchListener;
import io.cameldatabricks.component.watch.WatchRules;
import io.cameldatabricks.component.watch.WatchSettings;

/** The component's own watcher, limiter and retries in virtual time: what is counted does not depend on the machine. */
final class WatchFigures {

    private static final int STATEMENTS = Integer.getInteger("watch.statements", 100_000);
    private static final int THROTTLED = Integer.getInteger("watch.throttled", 10_000);
    private static final int ALIVE = Integer.getInteger("watch.alive", 100_000);

    private static final StatementTarget TARGET =
            new StatementTarget(Transport.REST, "dbc-1.cloud.databricks.com", new WarehouseId("w1"));

    private WatchFigures() {}

    static List<Figure> all() {
        return List.of(
                new Figure(
                        "detection-delay",
                        "p99 of the delay until an end is seen, as a share of the statement's duration, and the requests"
                                + " for it (server wait 10 s, lognormal durations, median 3 s, sigma 1.8)",
                        "<= 10 % with <= 3.5 requests per statement",
                        WatchFigures::detectionDelay),
                new Figure(
                        "throttled-share",
                        "calls refused with 429 when " + THROTTLED
                                + " running statements want 30 times the calls that the workspace bears",
                        "<= 1 %, no end lost",
                        WatchFigures::throttledShare),
                new Figure(
                        "keep-alive-100k",
                        "of " + ALIVE + " statements that run for three hours, those that were not asked for within 15"
                                + " minutes at any time",
                        "0",
                        WatchFigures::keepAlive));
    }

    /** Sees when which statement was known to have ended. */
    private static final class Ends implements WatchListener {
        private final VirtualTime time;
        private final Map<String, Instant> seen = new HashMap<>();

        private Ends(VirtualTime time) {
            this.time = time;
        }

        @Override
        public void ended(StatementHandle watched, StatementHandle completed) {
            seen.put(watched.key(), time.instant());
        }

        @Override
        public void lost(StatementHandle watched, StatementHandle lost) {
            throw new IllegalStateException("A statement was taken for lost");
        }

        @Override
        public void adopted(StatementHandle intent, StatementHandle submitted) {
            throw new IllegalStateException("Nothing is looked for here");
        }
    }

    private static StatementWatcher watcher(VirtualWarehouse warehouse, WatchSettings settings, Ends ends) {
        return new StatementWatcher(
                warehouse,
                WatchRules.same(settings),
                ends,
                TimerWheel.standard(),
                ends.time,
                ends.time,
                ends.time,
                new Random(5));
    }

    private static StatementHandle handle(String key, Instant at) {
        return StatementHandle.intended(
                        key, "reports", TARGET, new StatementOrigin("", CarriedHeaders.none(), null, at))
                .withSubmitted(StatementId.of(key), at);
    }

    private static double[] lognormal(int count, double median, double sigma) {
        Random random = new Random(11);
        double[] durations = new double[count];
        for (int i = 0; i < count; i++) {
            durations[i] = median * Math.exp(sigma * random.nextGaussian());
        }
        return durations;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private record Detection(double requests, double p99Share, double meanDelay) {}

    private static Detection detect(double[] durations, int serverWait) {
        VirtualTime time = new VirtualTime();
        VirtualWarehouse warehouse = new VirtualWarehouse(time, 1e9, 0, false);
        Ends ends = new Ends(time);
        StatementWatcher watcher = watcher(warehouse, WatchSettings.standard().withBulkFrom(0), ends);
        Instant begin = time.instant();
        double longest = 0;
        for (int i = 0; i < durations.length; i++) {
            longest = Math.max(longest, durations[i]);
            String key = "s" + i;
            // what ends within the wait of the server is in the answer to the submit
            if (durations[i] > serverWait) {
                warehouse.start(StatementId.of(key), seconds(durations[i]));
                time.after(
                        Duration.ofSeconds(serverWait),
                        () -> watcher.watch(handle(key, begin)
                                .withObserved(StatementStatus.of(
                                        StatementId.of(key), StatementState.RUNNING, time.instant()))));
            }
        }
        time.advance(seconds(longest * 1.2 + 60));
        double[] shares = new double[durations.length];
        int measured = 0;
        double delays = 0;
        for (int i = 0; i < durations.length; i++) {
            Instant seen = ends.seen.get("s" + i);
            if (seen == null && durations[i] > serverWait) {
                throw new IllegalStateException("An end was not seen");
            }
            double delay = seen == null ? 0 : Duration.between(begin, seen).toNanos() / 1e9 - durations[i];
            delays += delay;
            if (durations[i] >= 1) {
                shares[measured++] = delay / durations[i];
            }
        }
        Arrays.sort(shares, 0, measured);
        return new Detection(
                warehouse.calls / (double) durations.length,
                shares[(int) (measured * 0.99)],
                delays / durations.length);
    }

    private static Measurement detectionDelay() {
        double[] durations = lognormal(STATEMENTS, 3, 1.8);
        Detection waiting = detect(durations, 10);
        Detection durable = detect(durations, 0);
        return new Measurement(
                waiting.p99Share() * 100,
                String.format(
                        Locale.ROOT,
                        "%% with %.2f requests per statement, %.2f s late on average",
                        waiting.requests(),
                        waiting.meanDelay()),
                String.format(
                        Locale.ROOT,
                        "durable handles, without a server wait: %.1f %% with %.1f requests, %.2f s late on average",
                        durable.p99Share() * 100,
                        durable.requests(),
                        durable.meanDelay()));
    }

    private record Throttling(double share, int lost, double p99Share, long calls, double hours) {}

    private static Throttling throttle(double[] durations, double callsPerSecond, boolean limited) {
        VirtualTime time = new VirtualTime();
        VirtualWarehouse warehouse = new VirtualWarehouse(time, callsPerSecond, 0, limited);
        Ends ends = new Ends(time);
        StatementWatcher watcher = watcher(warehouse, WatchSettings.standard().withBulkFrom(0), ends);
        Instant begin = time.instant();
        for (int i = 0; i < durations.length; i++) {
            warehouse.start(StatementId.of("s" + i), seconds(durations[i]));
            watcher.watch(handle("s" + i, begin));
        }
        while (watcher.size() > 0 && Duration.between(begin, time.instant()).toHours() < 48) {
            time.advance(Duration.ofMinutes(1));
        }
        double[] shares = new double[ends.seen.size()];
        int next = 0;
        for (int i = 0; i < durations.length; i++) {
            Instant seen = ends.seen.get("s" + i);
            if (seen != null) {
                shares[next++] = Duration.between(begin, seen).toNanos() / 1e9 / durations[i] - 1;
            }
        }
        Arrays.sort(shares);
        return new Throttling(
                warehouse.refused / (double) warehouse.calls,
                durations.length - ends.seen.size(),
                shares[(int) (shares.length * 0.99)],
                warehouse.calls,
                Duration.between(begin, time.instant()).toMinutes() / 60.0);
    }

    /** The demand is what the same statements ask for when nothing is refused, over the mean of their durations. */
    private static Measurement throttledShare() {
        double[] durations = lognormal(THROTTLED, 600, 1.0);
        double mean = Arrays.stream(durations).average().orElseThrow();
        Throttling free = throttle(durations, 1e9, false);
        double demand = free.calls() / mean;
        Throttling shaped = throttle(durations, demand / 30, true);
        Throttling unshaped = throttle(durations, demand / 30, false);
        if (shaped.lost() > 0) {
            throw new IllegalStateException(shaped.lost() + " ends were not seen");
        }
        return new Measurement(
                shaped.share() * 100,
                String.format(
                        Locale.ROOT,
                        "%% of %d calls, no end lost; demand %.0f calls/s, limit %.0f; p99 of delay / duration %.0f %%",
                        shaped.calls(),
                        demand,
                        demand / 30,
                        shaped.p99Share() * 100),
                String.format(
                        Locale.ROOT,
                        "without the limiter %.1f %%, p99 of delay / duration %.0f %%",
                        unshaped.share() * 100,
                        unshaped.p99Share() * 100));
    }

    private static Measurement keepAlive() {
        VirtualTime time = new VirtualTime();
        VirtualWarehouse warehouse = new VirtualWarehouse(time, 1e9, 100, true);
        Ends ends = new Ends(time);
        StatementWatcher watcher = watcher(warehouse, WatchSettings.standard(), ends);
        for (int i = 0; i < ALIVE; i++) {
            String key = "s" + i;
            // submitted over ten minutes, as nobody submits so many at once
            time.after(Duration.ofMillis(600_000L * i / ALIVE), () -> {
                warehouse.start(StatementId.of(key), Duration.ofHours(4));
                watcher.watch(handle(key, time.instant()));
            });
        }
        time.advance(Duration.ofHours(3));
        return new Measurement(
                warehouse.unaskedFor(Duration.ofMinutes(15)),
                String.format(
                        Locale.ROOT,
                        "statements; longest time unasked %.1f min, %.0f requests/s",
                        warehouse.longestGap().toSeconds() / 60.0,
                        warehouse.calls / (3 * 3600.0)),
                String.format(Locale.ROOT, "asking each every 15 minutes takes %.0f requests/s", ALIVE / 900.0));
    }
}
