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
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A share of the age, but not more than the square root of the age in seconds: short statements are seen soon, and long
 * ones late by a small and shrinking share of their own duration. Immutable.
 *
 * @param ratio share of the age
 * @param shortest never shorter, apart from the spread
 * @param longest never longer
 * @param spread share by which an interval is made shorter at random; never longer, so that the ratio is a promise
 */
public record BlendPollInterval(double ratio, Duration shortest, Duration longest, double spread)
        implements PollInterval {

    public BlendPollInterval {
        Objects.requireNonNull(shortest, "shortest");
        Objects.requireNonNull(longest, "longest");
        if (!(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException("pollRatio must be more than 0 and at most 1");
        }
        if (shortest.compareTo(Duration.ofMillis(10)) < 0 || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException("minPollInterval must be 10 ms or more and not above maxPollInterval");
        }
        if (!(spread >= 0 && spread < 1)) {
            throw new IllegalArgumentException("The spread must be 0 or more and less than 1");
        }
    }

    /** A tenth of the age, 0.25 s to 10 minutes, or up to a tenth less. */
    public static BlendPollInterval standard() {
        return new BlendPollInterval(0.1, Duration.ofMillis(250), Duration.ofMinutes(10), 0.1);
    }

    @Override
    public Duration next(Duration age, RandomGenerator random) {
        double seconds = Math.max(0, age.toNanos() / 1e9);
        double blend = Math.max(shortest.toNanos() / 1e9, Math.min(ratio * seconds, Math.sqrt(seconds)));
        double spreadOut = blend * (1 - spread * random.nextDouble());
        return Duration.ofNanos((long) Math.min(longest.toNanos(), spreadOut * 1e9));
    }
}
