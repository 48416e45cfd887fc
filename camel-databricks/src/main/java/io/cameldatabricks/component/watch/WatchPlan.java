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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When each of the watched is looked at next: after the interval of its age, sooner where it must be kept alive, later where
 * it could not be asked for. Not thread-safe: the watcher locks.
 */
final class WatchPlan {

    /** Handles that come back after a restart are looked at within this time, not all at once. */
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    /** Failed checks are repeated after this time at the latest where it matters. */
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final WatchRules rules;
    private final WatchTimer<String> timer;
    private final RandomGenerator random;

    WatchPlan(WatchRules rules, WatchTimer<String> timer, RandomGenerator random) {
        this.rules = rules;
        this.timer = timer;
        this.random = random;
    }

    /** The wait after so many failures in a row. */
    static Duration backoff(int failures) {
        return Duration.ofSeconds(Math.min(LONGEST_BACKOFF.toSeconds(), 1L << Math.min(failures, 10)));
    }

    /** The first look. */
    void begin(Watched each, Instant now) {
        Duration interval = interval(each, now);
        Instant due = each.readAt.plus(interval);
        plan(each, interval, due.isBefore(now) ? soon(interval, now) : due, now);
    }

    private Instant soon(Duration interval, Instant now) {
        Duration within = interval.compareTo(CATCH_UP) < 0 ? interval : CATCH_UP;
        return now.plusNanos((long) (within.toNanos() * random.nextDouble()));
    }

    /**
     * The clock was set back, so that every plan lies too far ahead.
     *
     * @param all that are watched
     * @param back by how much, as far as that is known
     */
    void restart(Collection<Watched> all, Duration back, Instant now) {
        timer.clear();
        for (Watched each : all) {
            each.shift(back);
            if (each.planned) {
                Duration interval = interval(each, now);
                plan(each, interval, soon(interval, now), now);
            }
        }
    }

    /**
     * The look after one that has told that it runs, or nothing.
     *
     * @param together whether many are asked for together
     */
    void next(Watched each, Instant now, boolean together) {
        Duration interval = interval(each, now);
        if (each.failures > 0) {
            interval = afterFailure(each, interval, now);
        }
        Instant due = now.plus(interval);
        plan(each, interval, together ? aligned(due, interval, now) : due, now);
    }

    /** A look that is to confirm the one before. */
    void confirm(Watched each, Instant now) {
        Instant due = now.plus(rules.of(each.handle).interval().next(Duration.ZERO, random));
        plan(each, each.interval, due, now);
    }

    /** A look now, if one is planned. */
    void hurry(Watched each, Instant now) {
        if (each.planned) {
            plan(each, each.interval, now, now);
        }
    }

    void remove(Watched each) {
        timer.remove(each.key());
    }

    /** Keys of those that are due. */
    List<String> due(Instant now) {
        return timer.due(now);
    }

    Optional<Instant> firstDue() {
        return timer.next();
    }

    /** Whether it must be asked for by itself soon, so that the server keeps it. */
    boolean wantsToBeKept(Watched each, Instant now) {
        return !now.isBefore(each.readAt.plus(share(each, 0.8)));
    }

    private Duration interval(Watched each, Instant now) {
        Duration age = Duration.between(each.startedAt, now);
        return rules.of(each.handle).interval().next(age.isNegative() ? Duration.ZERO : age, random);
    }

    /** A young statement is asked for less often; one that has to be kept alive more often. */
    private Duration afterFailure(Watched each, Duration interval, Instant now) {
        Duration backoff = backoff(each.failures);
        return wantsToBeKept(each, now) || backoff.compareTo(interval) > 0 ? backoff : interval;
    }

    /** Moves checks to common moments, so that they can be asked for together: never later, and by a tenth at most. */
    private static Instant aligned(Instant due, Duration interval, Instant now) {
        long grid = Math.min(1000, interval.toMillis() / 10);
        if (grid < 20) {
            return due;
        }
        Instant earlier = Instant.ofEpochMilli(Math.floorDiv(due.toEpochMilli(), grid) * grid);
        return earlier.isAfter(now) ? earlier : due;
    }

    private void plan(Watched each, Duration interval, Instant due, Instant now) {
        Instant keepAlive = each.readAt.plus(share(each, 0.9));
        // once it has been missed, going on as usual is the best that can be done
        boolean toBeKept = keepAlive.isBefore(due) && keepAlive.isAfter(now);
        each.interval = interval;
        each.dueAt = toBeKept ? keepAlive : due;
        each.planned = true;
        timer.add(each.key(), each.dueAt);
    }

    private Duration share(Watched each, double share) {
        return Duration.ofNanos((long) (rules.of(each.handle).keepAliveEvery().toNanos() * share));
    }
}
