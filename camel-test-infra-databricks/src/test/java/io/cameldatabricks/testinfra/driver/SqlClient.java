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
package io.cameldatabricks.testinfra.driver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One connection of the driver, with the few calls that tests repeat. */
record SqlClient(Connection connection) implements AutoCloseable {

    /** @return all rows; a row is the list of its cells by {@code getObject} */
    List<List<Object>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertQuery(statement.execute(sql), sql);
            try (ResultSet rows = statement.getResultSet()) {
                return rows(rows);
            }
        }
    }

    static List<List<Object>> rows(ResultSet rows) throws SQLException {
        List<List<Object>> all = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<Object> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(rows.getObject(i));
            }
            all.add(row);
        }
        return all;
    }

    /** @return the named columns of all rows */
    static List<List<Object>> rows(ResultSet rows, String... columns) throws SQLException {
        List<List<Object>> all = new ArrayList<>();
        while (rows.next()) {
            List<Object> row = new ArrayList<>();
            for (String column : columns) {
                row.add(rows.getObject(column));
            }
            all.add(row);
        }
        return all;
    }

    /** @return the named columns of all rows */
    List<List<Object>> columns(String sql, String... columns) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows(rows, columns);
        }
    }

    /** @return the cells of the only row */
    List<Object> row(String sql) throws SQLException {
        List<List<Object>> all = rows(sql);
        if (all.size() != 1) {
            throw new AssertionError("one row expected of " + sql + ", but was " + all);
        }
        return all.get(0);
    }

    /** @return the only cell of the only row */
    Object value(String sql) throws SQLException {
        List<Object> row = row(sql);
        if (row.size() != 1) {
            throw new AssertionError("one column expected of " + sql + ", but was " + row);
        }
        return row.get(0);
    }

    /** @return the rows that the statement has changed */
    int update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Runs statements without a result, such as DDL. */
    void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void assertQuery(boolean query, String sql) {
        if (!query) {
            throw new AssertionError("a result expected of " + sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
