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
package io.cameldatabricks.component.track;

import java.time.Duration;
import java.util.Objects;

/**
 * How long settled handles are kept. Immutable.
 *
 * @param delivered so that a late duplicate is recognised; 0 or more
 * @param dead so that somebody can look; 0 or more
 */
public record RetentionSettings(Duration delivered, Duration dead) {

    public RetentionSettings {
        requireNotNegative(delivered, "retention");
        requireNotNegative(dead, "deadRetention");
    }

    /** An hour and a week. */
    public static RetentionSettings standard() {
        return new RetentionSettings(Duration.ofHours(1), Duration.ofDays(7));
    }

    /** What serves both: each kind is kept for the longer of the two times. */
    public RetentionSettings longest(RetentionSettings other) {
        return new RetentionSettings(longer(delivered, other.delivered), longer(dead, other.dead));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static void requireNotNegative(Duration time, String what) {
        if (Objects.requireNonNull(time, what).isNegative()) {
            throw new IllegalArgumentException(what + " must be 0 or more");
        }
    }
}
