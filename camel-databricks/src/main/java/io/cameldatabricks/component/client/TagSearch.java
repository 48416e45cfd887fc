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

import io.cameldatabricks.component.statement.WarehouseId;

/**
 * Which statement is looked for. Immutable.
 *
 * @param warehouse where it was submitted
 * @param key of the tag
 * @param value of the tag, unique
 * @param from it was not submitted before
 * @param to it was not submitted after
 */
public record TagSearch(WarehouseId warehouse, String key, String value, Instant from, Instant to) {

    public TagSearch {
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A search must not end before it begins");
        }
    }
}
