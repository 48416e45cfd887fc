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

import java.util.Optional;

/**
 * How one Java value is bound.
 *
 * @param placeholder what stands in the statement for the marker: {@code ?}, or {@code ?} in a conversion
 * @param type the SQL type sent with the value
 * @param value what is sent: a Boolean, a number, a String or null
 */
public record ValueBinding(String placeholder, String type, Object value) {

    private static final ValueBinding UNTYPED_NULL = new ValueBinding("?", "VOID", null);

    /** @throws InvalidParameterException if the value cannot be bound */
    public static ValueBinding of(String name, Object value) {
        if (value instanceof Optional<?> optional) {
            return of(name, optional.orElse(null));
        }
        if (value == null) {
            return UNTYPED_NULL;
        }
        if (value instanceof TypedValue typed) {
            return ForcedTypes.binding(name, typed.sqlType(), typed.value());
        }
        return JavaTypes.binding(name, value);
    }

    static ValueBinding plain(String type, Object value) {
        return new ValueBinding("?", type, value);
    }

    /** Sends a string and converts it on the server. */
    static ValueBinding converted(String type, String value) {
        return new ValueBinding("CAST(? AS " + type + ")", "STRING", value);
    }

    ValueBinding castTo(SqlType target) {
        if (placeholder.equals("?") && type.equals(target.text())) {
            return this;
        }
        return new ValueBinding("CAST(" + placeholder + " AS " + target.text() + ")", type, value);
    }

    /** Without the value, which may be secret. */
    @Override
    public String toString() {
        return placeholder + " " + type;
    }
}
