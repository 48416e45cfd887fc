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

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/** The handles of a name whose end is known and which no route is done with. Safe for many threads. */
public final class Backlog {

    /** So many of each state are looked at, those first that were submitted first. */
    private static final int LOOKED_AT = 100;

    private static final List<HandleState> OWED = List.of(HandleState.COMPLETED, HandleState.CLAIMED, HandleState.LOST);

    private final StatementHandleRepository repository;
    private final String name;

    /**
     * The handle that waits for the longest time.
     *
     * @param since when its statement ended, or was lost
     */
    public record Oldest(String key, Instant since) {}

    public Backlog(StatementHandleRepository repository, String name) {
        this.repository = Objects.requireNonNull(repository, "repository");
        this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Blocks as the repository does. In a backlog of more than a hundred it is one of those that were submitted first.
     *
     * @throws io.cameldatabricks.component.repository.HandleRepositoryException when the repository fails
     */
    public Optional<Oldest> oldest() {
        List<StatementHandle> waiting = new ArrayList<>();
        OWED.forEach(state -> waiting.addAll(repository.list(name, state, LOOKED_AT)));
        return waiting.stream()
                .filter(handle -> handle.completedAt() != null)
                .min(Comparator.comparing(StatementHandle::completedAt))
                .map(handle -> new Oldest(handle.key(), handle.completedAt()));
    }
}
