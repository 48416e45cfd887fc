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
package io.cameldatabricks.testinfra.server.engine.spark.information;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A PRIMARY KEY or FOREIGN KEY. As on Databricks it informs and is not enforced. It is kept as a table property, so it
 * lives and dies with its table.
 *
 * @param parent full name of the table that a foreign key refers to, empty for a primary key
 * @param parentColumns the columns it refers to, empty for the parent's primary key
 */
public record KeyConstraint(
        String name, boolean primary, List<String> columns, List<String> parent, List<String> parentColumns) {

    /** Properties with this prefix are never shown. */
    public static final String PROPERTY_PREFIX = "local.warehouse.key.";

    private static final ObjectMapper JSON = new ObjectMapper();

    public KeyConstraint {
        columns = List.copyOf(columns);
        parent = List.copyOf(parent);
        parentColumns = List.copyOf(parentColumns);
    }

    public String propertyKey() {
        return PROPERTY_PREFIX + name;
    }

    public String propertyValue() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The constraints in a table's properties, the primary key first. */
    public static List<KeyConstraint> of(Map<String, String> properties) {
        List<KeyConstraint> keys = new ArrayList<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(PROPERTY_PREFIX)) {
                keys.add(read(value));
            }
        });
        keys.sort(Comparator.comparing(KeyConstraint::primary).reversed().thenComparing(KeyConstraint::name));
        return keys;
    }

    private static KeyConstraint read(String value) {
        try {
            return JSON.readValue(value, KeyConstraint.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A key constraint cannot be read", e);
        }
    }
}
