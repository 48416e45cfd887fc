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
package io.cameldatabricks.component.statement;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A value that is bound to a named marker. Immutable; it does not print its value.
 *
 * @param name of the marker, without the colon
 * @param type SQL type, such as {@code INT} or {@code DECIMAL(10,2)}
 * @param value as text, or null for NULL
 */
public record StatementParameter(String name, String type, String value) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z][A-Za-z0-9_ ]{0,63}(?:\\([0-9]{1,3}(?:, ?[0-9]{1,3})?\\))?");

    public StatementParameter {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A parameter needs a name of letters, digits and _");
        }
        Objects.requireNonNull(type, "type");
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("Parameter " + name + " has a type that is none of SQL");
        }
    }

    @Override
    public String toString() {
        return ":" + name + " " + type;
    }
}
