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

/** The cells of the row that a result set stands on. Columns count from 1, as in JDBC. */
interface Cells {

    /** The value as the driver's {@code getObject} gives it. */
    Object object(int column) throws SQLException;

    /** The value as text, in one of the forms that {@link ScalarText} and {@link NestedJson} read; null if it is null. */
    String text(int column) throws SQLException;

    /** The best access there is to the cells of this result set. */
    static Cells of(ResultSet resultSet) throws SQLException {
        Cells driver = DriverCells.of(resultSet);
        return driver != null ? driver : new JdbcCells(resultSet);
    }
}
