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

import java.util.Objects;

/**
 * A parameter's value with the SQL type it shall have, for the cases where the Java type does not say it: a typed null,
 * a DECIMAL of a fixed scale, a VARIANT from JSON text. Immutable as far as the value is.
 */
public final class TypedValue {

    private final SqlType type;
    private final Object value;

    private TypedValue(SqlType type, Object value) {
        this.type = type;
        this.value = value;
    }

    /**
     * @param type a Databricks SQL type such as {@code BIGINT}, {@code DECIMAL(18,2)}, {@code TIMESTAMP_NTZ},
     *     {@code INTERVAL DAY TO SECOND} or {@code VARIANT}; letter case does not matter
     * @param value any value that can be bound; null is a NULL of the type
     * @throws IllegalArgumentException if the type is not known or cannot be a parameter's type
     */
    public static TypedValue of(String type, Object value) {
        return new TypedValue(SqlType.parse(Objects.requireNonNull(type, "type")), value);
    }

    SqlType sqlType() {
        return type;
    }

    /** The type's name in its normal form. */
    public String type() {
        return type.text();
    }

    public Object value() {
        return value;
    }

    /** Without the value, which may be secret. */
    @Override
    public String toString() {
        return "TypedValue[" + type.text() + "]";
    }
}
