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

/**
 * How a {@link RateLimiter} looks for the rate that a workspace bears. Immutable.
 *
 * @param start calls a second at the beginning
 * @param lowest never fewer calls a second
 * @param highest never more calls a second
 * @param increase so many calls a second more after each second in which none was refused
 * @param decrease factor after a refusal
 * @param longestPause no {@code Retry-After} stops all calls for longer
 */
public record RateLimits(
        double start, double lowest, double highest, double increase, double decrease, Duration longestPause) {

    public RateLimits {
        boolean valid = lowest > 0
                && start >= lowest
                && highest >= start
                && increase > 0
                && decrease > 0
                && decrease < 1
                && !longestPause.isNegative();
        if (!valid) {
            throw new IllegalArgumentException(
                    "A rate needs 0 < lowest <= start <= highest, increase > 0 and" + " a decrease between 0 and 1");
        }
    }

    /** 100 calls a second at first, between 1 and 2,000; 10 more each second, 0.7 times as many after a refusal. */
    public static RateLimits standard() {
        return new RateLimits(100, 1, 2_000, 10, 0.7, Duration.ofMinutes(1));
    }
}
