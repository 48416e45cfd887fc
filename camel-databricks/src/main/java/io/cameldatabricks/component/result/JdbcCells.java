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
package io.cameldatabricks.component.result;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;

/**
 * Cells through JDBC alone, for result sets that hide the driver's own or are of another version of it. What a
 * TIMESTAMP loses on this way (see {@link DriverCells}) cannot be had back.
 */
record JdbcCells(ResultSet resultSet) implements Cells {

    @Override
    public Object object(int column) throws SQLException {
        return resultSet.getObject(column);
    }

    @Override
    public String text(int column) throws SQLException {
        Object value = resultSet.getObject(column);
        if (value instanceof Timestamp timestamp) {
            // the driver puts the session's wall clock into the fields
            return timestamp.toLocalDateTime().toString();
        }
        return value == null ? null : value.toString();
    }
}
