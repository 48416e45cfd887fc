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

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

/** What tests do to the tables behind the repository's back. */
final class TestDatabase {

    private static final String SHIFT = " = %1$s - cast(? as bigint) * interval '0.001' second";

    private TestDatabase() {}

    static void clear(DataSource dataSource) {
        execute(dataSource, "drop table if exists databricks_handle");
        execute(dataSource, "drop table if exists databricks_node");
        execute(dataSource, "drop table if exists databricks_schema");
    }

    /** Time cannot be moved in a database, but what it holds can be made older. */
    static void makeOlder(DataSource dataSource, Duration time) {
        String[][] columns = {
            {"databricks_handle", "due_at", "settled_at", "added_at"},
            {"databricks_node", "lease_until", "ended_at"}
        };
        try (Connection connection = dataSource.getConnection()) {
            for (String[] table : columns) {
                for (int i = 1; i < table.length; i++) {
                    String sql = "update " + table[0] + " set " + (table[i] + SHIFT).formatted(table[i]);
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        statement.setLong(1, time.toMillis());
                        statement.executeUpdate();
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
