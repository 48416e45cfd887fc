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
package io.cameldatabricks.component.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.statement.HandleState;

/**
 * How many handles of a name there are. Asks the repository at most once in a while, however often somebody looks. Safe for
 * many threads.
 */
public final class HandleCounts {

    private static final Logger LOG = LoggerFactory.getLogger(HandleCounts.class);
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    private final Supplier<Map<HandleState, Long>> source;
    private final InstantSource clock;
    private Map<HandleState, Long> last;
    private Instant goodUntil = Instant.MIN;

    /** @param source blocks as the repository does */
    public HandleCounts(Supplier<Map<HandleState, Long>> source, InstantSource clock) {
        this.source = Objects.requireNonNull(source, "source");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Not a number when the repository cannot be asked. */
    public synchronized double of(HandleState state) {
        Instant now = clock.instant();
        if (!now.isBefore(goodUntil)) {
            goodUntil = now.plus(GOOD_FOR);
            try {
                last = source.get();
            } catch (RuntimeException e) {
                LOG.debug("Handles cannot be counted", e);
                last = null;
            }
        }
        return last == null ? Double.NaN : last.getOrDefault(state, 0L);
    }
}
