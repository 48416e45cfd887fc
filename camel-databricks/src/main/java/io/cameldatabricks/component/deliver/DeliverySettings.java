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
package io.cameldatabricks.component.deliver;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.cameldatabricks.component.retry.Backoff;

/**
 * How the handles of one name are delivered. Immutable.
 *
 * @param name of the endpoint
 * @param maxInFlight most handles that are delivered at the same time
 * @param maxDeliveries so many deliveries may fail before the handle is given up
 * @param redeliveryDelay wait after the first delivery that failed; doubled each time, up to {@link #LONGEST_REDELIVERY}
 */
public record DeliverySettings(String name, int maxInFlight, int maxDeliveries, Duration redeliveryDelay) {

    public static final int MAX_IN_FLIGHT = 10;
    public static final int MAX_DELIVERIES = 10;
    public static final Duration REDELIVERY_DELAY = Duration.ofSeconds(1);

    /** No wait for a redelivery is longer, unless the first one is already. */
    public static final Duration LONGEST_REDELIVERY = Duration.ofMinutes(5);

    private static final Backoff PAUSES =
            new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30), 2, 0.1, Duration.ZERO);

    /** No pause while something is out of reach is longer. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(33);

    /** Each handle in flight may hold a thread. */
    private static final int MOST_IN_FLIGHT = 1000;

    public DeliverySettings {
        Objects.requireNonNull(redeliveryDelay, "redeliveryDelay");
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("The name is missing");
        }
        if (maxInFlight < 1 || maxInFlight > MOST_IN_FLIGHT) {
            throw new IllegalArgumentException("maxInFlight must be 1 to " + MOST_IN_FLIGHT + ", not " + maxInFlight);
        }
        if (maxDeliveries < 1) {
            throw new IllegalArgumentException("maxDeliveries must be 1 or more, not " + maxDeliveries);
        }
        if (redeliveryDelay.isNegative()) {
            throw new IllegalArgumentException("redeliveryDelay must be 0 or more");
        }
    }

    /** The same, with no more in flight than this. */
    public DeliverySettings withAtMostInFlight(int most) {
        return most >= maxInFlight ? this : new DeliverySettings(name, most, maxDeliveries, redeliveryDelay);
    }

    /**
     * How long to wait after a delivery failed.
     *
     * @param deliveries how many there were, from 1
     * @param random makes the wait longer by up to a tenth, so that what failed together does not come back together
     */
    Duration redeliveryAfter(int deliveries, RandomGenerator random) {
        Duration longest = redeliveryDelay.compareTo(LONGEST_REDELIVERY) > 0 ? redeliveryDelay : LONGEST_REDELIVERY;
        return new Backoff(redeliveryDelay, longest, 2, 0.1, Duration.ZERO)
                .delay(deliveries, Optional.empty(), random)
                .orElseThrow();
    }

    /** How long to wait after something that every delivery needs was out of reach so many times in a row. */
    static Duration pauseAfter(int troubles, RandomGenerator random) {
        return PAUSES.delay(troubles, Optional.empty(), random).orElseThrow();
    }
}
