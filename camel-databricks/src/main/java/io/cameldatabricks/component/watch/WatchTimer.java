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

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers what is due when. It has no thread and no clock: who uses it drives it. Not thread-safe.
 *
 * @param <K> what is due, by {@code equals}
 */
public interface WatchTimer<K> {

    /** Plans a key; an earlier plan for the same key is replaced. */
    void add(K key, Instant at);

    /** Forgets a key; without effect when it is not planned. */
    void remove(K key);

    /**
     * Takes out what is due: nothing before its time, and all of it at most one tick after.
     *
     * @param now does not go back, but after {@link #clear()}
     */
    List<K> due(Instant now);

    /** Forgets all; the next time may be any, an earlier one too. */
    void clear();

    /** A time before which nothing is due; empty when nothing is planned. */
    Optional<Instant> next();

    /** How many keys are planned. */
    int size();
}
