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
package io.cameldatabricks.component.client;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

import io.cameldatabricks.component.statement.WarehouseId;

/**
 * Which statements are looked for, all in one pass over the history of a time. Immutable.
 *
 * @param warehouse where they were submitted
 * @param key of the tag
 * @param values of the tag, one for each statement
 * @param from none was submitted before
 * @param to none was submitted after
 */
public record TagSearch(WarehouseId warehouse, String key, Set<String> values, Instant from, Instant to) {

    public TagSearch {
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(key, "key");
        values = Set.copyOf(values);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A search must not end before it begins");
        }
    }
}
