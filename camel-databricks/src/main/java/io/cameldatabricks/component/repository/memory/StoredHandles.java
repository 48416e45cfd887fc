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
package io.cameldatabricks.component.repository.memory;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import io.cameldatabricks.component.statement.StatementHandle;

/** All rows, and what they are found by: their key, their statement, and the order in which the free ones are claimed. */
final class StoredHandles {

    private final Map<String, StoredHandle> rows = new HashMap<>();
    private final Map<String, SortedSet<StoredHandle>> free = new HashMap<>();
    private final Map<String, String> keysOfStatements = new HashMap<>();

    Optional<StoredHandle> find(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** In no order; changes with the rows. */
    Collection<StoredHandle> all() {
        return Collections.unmodifiableCollection(rows.values());
    }

    /** The free rows of a name in the order in which they are claimed; changes with them. */
    SortedSet<StoredHandle> waiting(String name) {
        return Collections.unmodifiableSortedSet(free.getOrDefault(name, Collections.emptySortedSet()));
    }

    /** The key of the row that has the statement of this handle. */
    Optional<String> keyOfStatement(StatementHandle handle) {
        return statement(handle).map(keysOfStatements::get);
    }

    /** In place of the row of the same key, if there is one. */
    void put(StoredHandle row) {
        take(row.key());
        rows.put(row.key(), row);
        statement(row.handle()).ifPresent(statement -> keysOfStatements.put(statement, row.key()));
        if (row.dueAt() != null) {
            free.computeIfAbsent(row.handle().name(), any -> new TreeSet<>(StoredHandle.BY_DUE))
                    .add(row);
        }
    }

    /** Without effect for a row that there is not. */
    void take(String key) {
        StoredHandle row = rows.remove(key);
        if (row != null && row.dueAt() != null) {
            free.get(row.handle().name()).remove(row);
        }
        if (row != null) {
            statement(row.handle()).ifPresent(keysOfStatements::remove);
        }
    }

    private static Optional<String> statement(StatementHandle handle) {
        return Optional.ofNullable(handle.statementId())
                .map(id -> handle.target().workspace() + "/" + id.publicPart());
    }
}
