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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lets through as many calls as a workspace bears, and those that are relatively the latest first. A token bucket whose
 * rate grows by a constant while nothing is refused and shrinks by a factor when something is: Databricks publishes no
 * limits, so they have to be found. Resilience4j and Failsafe limit by a rate that is fixed, and serve in the order of
 * arrival. Thread-safe; one for each workspace.
 *
 * <p>Above the rate at which the last refusal came the rate grows twenty times slower, so that it stays just below the limit
 * instead of running into it every few seconds.
 */
public final class RateLimiter {

    /** The bucket holds so many seconds of its rate: a burst may be as large. */
    private static final double BURST_SECONDS = 0.1;

    private static final double CAREFUL = 0.05;

    /** The rate grows by no larger share in a second, so that low limits are not overrun. */
    private static final double STEEPEST = 0.1;

    private final RateLimits limits;
    private final InstantSource clock;
    private final Delayer delayer;
    private final List<Waiting> queue = new ArrayList<>();

    // all guarded by this
    private double rate;
    private double tokens;
    private double refusedAt = Double.MAX_VALUE;
    private Instant filledAt;
    private Instant growsAt;
    private Instant pausedUntil = Instant.EPOCH;
    private Instant slowedDownAt = Instant.MIN;
    private boolean wakeUpPlanned;
    private boolean limiting;
    private long refusals;

    private record Waiting(Urgency urgency, CompletableFuture<Void> permit) {}

    public RateLimiter(RateLimits limits, InstantSource clock, Delayer delayer) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.delayer = Objects.requireNonNull(delayer, "delayer");
        this.rate = limits.start();
        this.tokens = 1;
        this.filledAt = clock.instant();
        this.growsAt = filledAt.plusSeconds(1);
    }

    /**
     * @return done when the call may be made; cancel it to leave the queue
     */
    public CompletableFuture<Void> acquire(Urgency urgency) {
        CompletableFuture<Void> permit = new CompletableFuture<>();
        synchronized (this) {
            queue.add(new Waiting(urgency, permit));
        }
        serve();
        return permit;
    }

    /**
     * A call was refused because there were too many. Those that had been let through before the rate shrank say nothing
     * about the new rate, and change nothing.
     *
     * @param sentAt when the call was let through
     * @param retryAfter how long the server asks to wait: all calls wait then, for {@link RateLimits#longestPause} at most
     */
    public synchronized void refused(Instant sentAt, Optional<Duration> retryAfter) {
        refusals++;
        Instant now = clock.instant();
        fill(now);
        if (sentAt.isAfter(slowedDownAt)) {
            slowedDownAt = now;
            refusedAt = rate;
            rate = Math.max(limits.lowest(), rate * limits.decrease());
            tokens = Math.min(tokens, 0);
            growsAt = now.plusSeconds(1);
        }
        retryAfter.ifPresent(asked -> {
            Duration pause = asked.compareTo(limits.longestPause()) > 0 ? limits.longestPause() : asked;
            Instant until = now.plus(pause);
            pausedUntil = until.isAfter(pausedUntil) ? until : pausedUntil;
        });
    }

    /** Calls a second that are let through now. */
    public synchronized double rate() {
        return rate;
    }

    /** Calls that wait now. */
    public synchronized int waiting() {
        return queue.size();
    }

    /** How many calls were refused until now. */
    public synchronized long refusals() {
        return refusals;
    }

    /** How long the server has asked all calls to wait from now on; zero mostly. */
    public synchronized Duration pause() {
        Duration pause = Duration.between(clock.instant(), pausedUntil);
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    private void serve() {
        List<Waiting> served = new ArrayList<>();
        synchronized (this) {
            Instant now = clock.instant();
            fill(now);
            while (!queue.isEmpty() && tokens >= 1 && !now.isBefore(pausedUntil)) {
                Waiting next = takeLatest(now);
                if (!next.permit.isDone()) {
                    tokens -= 1;
                    served.add(next);
                }
            }
            limiting |= !queue.isEmpty();
            if (!queue.isEmpty() && !wakeUpPlanned) {
                wakeUpPlanned = true;
                delayer.after(untilNextToken(now), this::wakeUp);
            }
        }
        // outside of the lock: what follows a permit is foreign code
        served.forEach(waiting -> waiting.permit.complete(null));
    }

    private void wakeUp() {
        synchronized (this) {
            wakeUpPlanned = false;
        }
        serve();
    }

    /** A plain search: lateness is a matter of the moment, so no order that is kept would stay right. */
    private Waiting takeLatest(Instant now) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < queue.size(); i++) {
            double lateness = queue.get(i).urgency.lateness(now);
            if (lateness > most) {
                most = lateness;
                best = i;
            }
        }
        Waiting taken = queue.get(best);
        Waiting last = queue.remove(queue.size() - 1);
        if (taken != last) {
            queue.set(best, last);
        }
        return taken;
    }

    private void fill(Instant now) {
        if (now.isBefore(filledAt)) {
            clockSetBack(Duration.between(now, filledAt));
        }
        double seconds = Duration.between(filledAt, now).toNanos() / 1e9;
        filledAt = now;
        double most = Math.max(1, rate * BURST_SECONDS);
        tokens = Math.min(most, tokens + seconds * rate);
        if (!now.isBefore(growsAt)) {
            growsAt = now.plusSeconds(1);
            // a rate that nobody uses says nothing about what the workspace bears
            if (limiting) {
                double step = Math.min(limits.increase(), rate * STEEPEST) * (rate < refusedAt * 0.95 ? 1 : CAREFUL);
                rate = Math.min(limits.highest(), rate + step);
            }
            limiting = false;
        }
    }

    /** What lies ahead comes as soon as it would have come. */
    private void clockSetBack(Duration back) {
        filledAt = filledAt.minus(back);
        growsAt = growsAt.minus(back);
        pausedUntil = pausedUntil.equals(Instant.EPOCH) ? pausedUntil : pausedUntil.minus(back);
        slowedDownAt = slowedDownAt.equals(Instant.MIN) ? slowedDownAt : slowedDownAt.minus(back);
    }

    private Duration untilNextToken(Instant now) {
        Duration token = Duration.ofNanos((long) Math.ceil(Math.max(0, 1 - tokens) / rate * 1e9) + 1);
        Duration pause = Duration.between(now, pausedUntil);
        return pause.compareTo(token) > 0 ? pause : token;
    }
}
