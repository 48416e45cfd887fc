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
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: growing, spread at random, and never shorter than the server asked for.
 * Immutable.
 *
 * @param first wait after the first attempt
 * @param longest no wait of our own is longer
 * @param factor by which each wait is longer than the one before
 * @param jitter share by which a wait is made longer at random, 0 to 1
 * @param longestRetryAfter a server that asks for more is not waited for
 */
public record Backoff(Duration first, Duration longest, double factor, double jitter, Duration longestRetryAfter) {

    public Backoff {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(longest, "longest");
        Objects.requireNonNull(longestRetryAfter, "longestRetryAfter");
        boolean valid = !first.isNegative()
                && longest.compareTo(first) >= 0
                && factor >= 1
                && factor <= 100
                && jitter >= 0
                && jitter <= 1
                && !longestRetryAfter.isNegative();
        if (!valid) {
            throw new IllegalArgumentException(
                    "A backoff needs 0 <= first <= longest, a factor of 1 to 100 and a jitter of 0 to 1");
        }
    }

    /** Half a second, doubling up to 20 s, spread by half; waits up to a minute if the server asks for it. */
    public static Backoff standard() {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(20), 2, 0.5, Duration.ofMinutes(1));
    }

    /**
     * @param attempt the number of the attempt that failed, from 1
     * @param retryAfter what the server asked for
     * @return the wait, at most {@code (1 + jitter) × max(longest, longestRetryAfter)}; empty when the server asks for more
     *     than we are ready to wait
     */
    public Optional<Duration> delay(int attempt, Optional<Duration> retryAfter, RandomGenerator random) {
        if (retryAfter.isPresent() && retryAfter.get().compareTo(longestRetryAfter) > 0) {
            return Optional.empty();
        }
        // in floating point, so that a high attempt cannot overflow
        double own = Math.min(longest.toNanos(), first.toNanos() * Math.pow(factor, Math.max(0, attempt - 1)));
        double asked = retryAfter.map(Duration::toNanos).orElse(0L);
        double base = Math.max(own, asked);
        return Optional.of(Duration.ofNanos((long) (base * (1 + jitter * random.nextDouble()))));
    }
}
