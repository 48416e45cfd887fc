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
import java.util.Objects;

/**
 * How much a call suffers from waiting. Immutable.
 *
 * @param dueAt when it was wanted
 * @param patience the time that it can be late without much harm; a check of an old statement has more of it
 */
public record Urgency(Instant dueAt, Duration patience) {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    public Urgency {
        Objects.requireNonNull(dueAt, "dueAt");
        if (patience.compareTo(SHORTEST) < 0) {
            patience = SHORTEST;
        }
    }

    /** Somebody waits for it now: before every check that is in time. */
    public static Urgency now(Instant now) {
        return new Urgency(now, Duration.ofMillis(100));
    }

    /** How many times its patience the call is late; negative when it is early. */
    public double lateness(Instant now) {
        return Duration.between(dueAt, now).toNanos() / (double) patience.toNanos();
    }
}
