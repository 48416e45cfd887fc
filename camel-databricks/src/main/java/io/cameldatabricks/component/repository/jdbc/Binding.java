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
package io.cameldatabricks.component.repository.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;

/** Sets the parameters of one statement from left to right. */
final class Binding {

    private final PreparedStatement statement;
    private int index;

    Binding(PreparedStatement statement) {
        this.statement = statement;
    }

    Binding text(String value) throws SQLException {
        // PostgreSQL cannot store the character NUL
        statement.setString(++index, value == null ? null : value.replace('\0', '\uFFFD'));
        return this;
    }

    /** Text of others, shortened to what the column holds. */
    Binding text(String value, int length) throws SQLException {
        return text(value == null || value.length() <= length ? value : value.substring(0, length));
    }

    Binding text(Enum<?> value) throws SQLException {
        return text(value == null ? null : value.name());
    }

    Binding number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    Binding number(Long value) throws SQLException {
        if (value == null) {
            statement.setNull(++index, Types.BIGINT);
            return this;
        }
        return number(value.longValue());
    }

    Binding flag(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    Binding time(Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(++index, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(++index, value.atOffset(ZoneOffset.UTC));
        }
        return this;
    }

    /** @param type of the elements, as PostgreSQL and H2 both call it */
    Binding array(String type, Object... values) throws SQLException {
        statement.setArray(++index, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
