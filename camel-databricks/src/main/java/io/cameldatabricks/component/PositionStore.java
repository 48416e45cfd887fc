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
package io.cameldatabricks.component;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

import org.apache.camel.spi.StateRepository;

import io.cameldatabricks.component.poll.Position;

/**
 * How far a consumer has read its query: kept in a repository, or in memory without one. For one thread at a time.
 */
final class PositionStore {

    /** Positions of this process that are moved on, by repository and key. */
    private static final Map<Object, Map<String, PositionStore>> IN_USE = new IdentityHashMap<>();

    private final StateRepository<String, String> repository;
    private final String key;
    private final Position initial;
    private Position inMemory;

    /**
     * @param repository null to keep the position in memory
     * @param initial where to begin when none is kept, or null
     */
    PositionStore(StateRepository<String, String> repository, String key, Position initial) {
        this.repository = repository;
        this.key = key;
        this.initial = initial;
    }

    /**
     * To be called before the first poll. Two consumers with one position would each skip the rows that the other has read.
     *
     * @throws IllegalStateException when another consumer of this process uses the same position
     */
    void begin() {
        if (repository == null) {
            return;
        }
        synchronized (IN_USE) {
            PositionStore other =
                    IN_USE.computeIfAbsent(repository, each -> new HashMap<>()).putIfAbsent(key, this);
            if (other != null && other != this) {
                throw new IllegalStateException(
                        "The position " + key + " in the positionRepository is in use by another"
                                + " consumer, and each would skip the rows that the other has read: set positionKey to a name of"
                                + " its own.");
            }
        }
    }

    /** To be called after the last poll. */
    void end() {
        synchronized (IN_USE) {
            Map<String, PositionStore> keys = IN_USE.get(repository);
            if (keys != null && keys.remove(key, this) && keys.isEmpty()) {
                IN_USE.remove(repository);
            }
        }
    }

    /** Null to begin with the first row. */
    Position current() {
        if (repository == null) {
            return inMemory == null ? initial : inMemory;
        }
        String stored = repository.getState(key);
        if (stored == null) {
            return initial;
        }
        try {
            return Position.parse(stored);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The position " + key + " in the positionRepository cannot be read: " + e.getMessage()
                            + "; remove it, or use another positionKey.",
                    e);
        }
    }

    /** All rows up to this one have been processed. */
    void advance(Position position) {
        if (repository == null) {
            inMemory = position;
        } else {
            repository.setState(key, position.stored());
        }
    }

    boolean isInMemory() {
        return repository == null;
    }
}
