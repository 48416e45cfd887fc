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

import java.util.List;

/**
 * A statement that is ready to be sent: its text and its parameters. Immutable as far as the values are.
 *
 * @param sql the text; its markers are {@code ?}, for {@link java.sql.Connection#prepareStatement(String)}, or
 *     {@code :name}
 * @param parameters one for each {@code ?} in their order, or one for each name
 */
public record BoundSql(String sql, List<SqlParameter> parameters) {

    public BoundSql {
        parameters = List.copyOf(parameters);
    }

    /** Without text and values. */
    @Override
    public String toString() {
        return "BoundSql[" + sql.length() + " characters, parameters=" + parameters + "]";
    }
}
