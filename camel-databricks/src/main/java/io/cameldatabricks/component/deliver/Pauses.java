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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How long to wait while something that deliveries need is out of reach. While handle after handle cannot be delivered the
 * pauses of the name grow; a handle that cannot be delivered again and again only makes itself wait. Not thread-safe: its
 * owner locks.
 */
final class Pauses {

    /** Enough for those in flight and a few rounds before; a forgotten one starts again with a short wait. */
    private static final int REMEMBERED = 1_000;

    private final RandomGenerator random;
    private final Map<String, Integer> putOff = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private int repositoryFailures;
    private int troubles;
    private Instant until = Instant.MIN;

    Pauses(RandomGenerator random) {
        this.random = random;
    }

    boolean isPaused(Instant now) {
        // one that seems longer than any can be was begun before the clock was set back
        return now.isBefore(until) && Duration.between(now, until).compareTo(DeliverySettings.LONGEST_PAUSE) <= 0;
    }

    /** Whether something was out of reach, and it is not known yet to be back: then one handle is tried at a time. */
    boolean isWary() {
        return repositoryFailures > 0 || troubles > 0;
    }

    /** How many handles in a row could not be delivered; what begins now shows it when it fails. */
    int troubles() {
        return troubles;
    }

    /** One is tried now; the next one after this pause. */
    Duration tried(Instant now) {
        return pause(Math.max(repositoryFailures, troubles), now);
    }

    Duration repositoryFailed(Instant now) {
        repositoryFailures++;
        return pause(repositoryFailures, now);
    }

    void repositoryAnswered() {
        repositoryFailures = 0;
    }

    /**
     * A handle could not be delivered.
     *
     * @param troublesBefore when it was begun: what failed at the same time for the same reason counts once
     * @return how long it waits at least
     */
    Duration putOff(String key, int troublesBefore, Instant now) {
        int times = putOff.merge(key, 1, Integer::sum);
        Duration own = DeliverySettings.pauseAfter(times, random);
        if (times > 1) {
            return own;
        }
        if (troubles == troublesBefore) {
            troubles++;
        }
        Duration common = pause(troubles, now);
        return common.compareTo(own) > 0 ? common : own;
    }

    /** The handle was delivered, or its delivery failed for a reason of its own. */
    void delivered(String key) {
        putOff.remove(key);
        reached();
    }

    /** All is well. */
    void reached() {
        troubles = 0;
        repositoryFailures = 0;
        until = Instant.MIN;
    }

    private Duration pause(int times, Instant now) {
        Duration pause = DeliverySettings.pauseAfter(times, random);
        Instant end = now.plus(pause);
        if (end.isAfter(until) || !isPaused(now)) {
            until = end;
        }
        return pause;
    }
}
