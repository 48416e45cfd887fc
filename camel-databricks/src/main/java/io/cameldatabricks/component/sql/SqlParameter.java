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
package io.cameldatabricks.component.sql;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * The value of one marker as it goes over the wire.
 *
 * @param name where values are bound by name, the name of the marker; else the name in the original text, the text of an
 *     expression, or {@code ?1} for the first positional marker
 * @param type the Databricks SQL type sent with the value, such as INT, DECIMAL(18,2) or TIMESTAMP
 * @param value a Boolean, a number or a String in the type's literal form; null is SQL NULL
 */
public record SqlParameter(String name, String type, Object value) {

    public SqlParameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /** The value as text in the type's literal form; null is SQL NULL. */
    public String text() {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value == null ? null : value.toString();
    }

    /** Without the value, which may be secret. */
    @Override
    public String toString() {
        return name + " " + type;
    }
}
