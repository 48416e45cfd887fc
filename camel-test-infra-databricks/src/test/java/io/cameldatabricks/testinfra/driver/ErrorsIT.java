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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Failures as the driver shows them: SQLSTATE, vendor code, error class in the message. */
class ErrorsIT extends DriverTest {

    /** The driver's vendor code of a statement that has failed on the server. */
    private static final int EXECUTE_FAILED = 1003;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        SELEC 1                                       | 42601 | PARSE_SYNTAX_ERROR
        SELECT (1                                     | 42601 | PARSE_SYNTAX_ERROR
        SELECT 1 FROM range(1) GROUP BY               | 42601 | PARSE_SYNTAX_ERROR
        SELECT * FROM main.default.nobody             | 42P01 | TABLE_OR_VIEW_NOT_FOUND
        INSERT INTO main.default.nobody VALUES (1)    | 42P01 | TABLE_OR_VIEW_NOT_FOUND
        DROP TABLE main.default.nobody                | 42P01 | TABLE_OR_VIEW_NOT_FOUND
        DESCRIBE TABLE main.default.nobody            | 42P01 | TABLE_OR_VIEW_NOT_FOUND
        USE SCHEMA nowhere                            | 42704 | SCHEMA_NOT_FOUND
        SELECT nocol FROM range(1)                    | 42703 | UNRESOLVED_COLUMN
        SELECT nofunction(1)                          | 42883 | UNRESOLVED_ROUTINE
        SELECT upper(1, 2)                            | 42605 | WRONG_NUM_ARGS
        SELECT sum(id), id FROM range(3)              | 42803 | MISSING_GROUP_BY
        SELECT CAST('x' AS INT)                       | 22018 | CAST_INVALID_INPUT
        SELECT to_date('2026-13-01')                  | 22018 | CAST_INVALID_INPUT
        SELECT CAST(300 AS TINYINT)                   | 22003 | CAST_OVERFLOW
        SELECT CAST(12345 AS DECIMAL(3,1))            | 22003 | NUMERIC_VALUE_OUT_OF_RANGE
        SELECT 1 / 0                                  | 22012 | DIVIDE_BY_ZERO
        SELECT id / (id - 5) FROM range(10)           | 22012 | DIVIDE_BY_ZERO
        SELECT 2147483647 + 1                         | 22003 | ARITHMETIC_OVERFLOW
        SELECT array(1)[5]                            | 22003 | INVALID_ARRAY_INDEX
        SELECT (SELECT id FROM range(3))              | 21000 | SCALAR_SUBQUERY_TOO_MANY_ROWS
        SELECT raise_error('boom')                    | P0001 | boom
        SELECT assert_true(1 > 2)                     | P0001 | is not true
        SELECT ?                                      | 42P02 | UNBOUND_SQL_PARAMETER
        SELECT :name                                  | 42P02 | UNBOUND_SQL_PARAMETER
        SELECT parse_json('{')                        | 22023 | MALFORMED_RECORD_IN_PARSING
        SELECT 1 UNION SELECT 1, 2                    | 42826 | NUM_COLUMNS_MISMATCH
        """)
    void shouldFailWithTheSqlState(String statement, String sqlState, String text) {
        assertThatThrownBy(() -> sql.run(statement))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo(sqlState);
                    assertThat(e.getErrorCode()).isEqualTo(EXECUTE_FAILED);
                })
                .hasMessageContaining(text)
                .hasMessageContaining("SQLSTATE: " + sqlState)
                .hasMessageNotContaining("spark_catalog")
                .hasMessageNotContaining("\tat ");
    }

    @Test
    void shouldFailOnAnExistingTable() throws SQLException {
        String table = table("twice");
        sql.run("CREATE TABLE IF NOT EXISTS " + table + " (id INT)");
        assertState("CREATE TABLE " + table + " (id INT)", "42P07", "TABLE_OR_VIEW_ALREADY_EXISTS");
    }

    @Test
    void shouldEnforceNotNullAndCheckConstraints() throws SQLException {
        String table = table("constrained");
        sql.run(
                "CREATE OR REPLACE TABLE " + table + " (id INT NOT NULL, n INT)",
                "ALTER TABLE " + table + " ADD CONSTRAINT positive CHECK (n > 0)");
        assertState("INSERT INTO " + table + " VALUES (NULL, 1)", "23502", "NOT NULL constraint violated");
        assertState("INSERT INTO " + table + " VALUES (1, -1)", "23001", "CHECK constraint positive");
        assertThat(sql.value("SELECT count(*) FROM " + table)).isEqualTo(0L);
    }

    @Test
    void shouldFailWhileAWriteRunsAndLeaveNothing() throws SQLException {
        String table = table("atomic");
        sql.run("CREATE OR REPLACE TABLE " + table + " (id INT)");
        assertState(
                "INSERT INTO " + table + " SELECT CAST(10 / (id - 500) AS INT) FROM range(1000)",
                "22012",
                "DIVIDE_BY_ZERO");
        assertThat(sql.value("SELECT count(*) FROM " + table)).isEqualTo(0L);
    }

    @Test
    void shouldGoOnAfterFailures() throws SQLException {
        try (Statement statement = sql.connection().createStatement()) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> statement.executeQuery("SELECT 1 / 0")).isInstanceOf(SQLException.class);
                assertThat(statement.execute("SELECT " + i)).isTrue();
            }
        }
    }

    @Test
    void shouldFailToConnectToAnUnknownCatalogOrSchema() {
        assertThatThrownBy(() -> connect(Map.of("ConnCatalog", "nowhere"))).hasStackTraceContaining("nowhere");
        assertThatThrownBy(() -> connect(Map.of("ConnSchema", "nowhere"))).hasStackTraceContaining("SCHEMA_NOT_FOUND");
    }

    @Test
    void shouldFailToConnectWithAWrongTokenOrToAnotherWarehouse() {
        assertThatThrownBy(() -> connect(Map.of("PWD", "wrong")))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining(mode == DriverMode.THRIFT ? "code: 401" : "Unauthenticated");
        assertThatThrownBy(() -> connect(Map.of("httpPath", "/sql/1.0/warehouses/other")))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("other");
    }

    @Test
    void shouldFailOnClosedObjects() throws SQLException {
        Connection connection = DriverManager.getConnection(url(Map.of()));
        Statement statement = connection.createStatement();
        statement.close();
        assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).isInstanceOf(SQLException.class);
        connection.close();
        assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
    }

    /** The driver runs the statement first and then says that it was the wrong method. */
    @Test
    void driverShouldBeKnownToRunAnUpdateBeforeItRefusesItAsAQuery() throws SQLException {
        String table = table("refused");
        sql.run("CREATE OR REPLACE TABLE " + table + " (id INT)");
        try (Statement statement = sql.connection().createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("INSERT INTO " + table + " VALUES (1)"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(sql.value("SELECT count(*) FROM " + table)).isEqualTo(1L);
    }

    private void assertState(String statement, String sqlState, String text) {
        assertThatThrownBy(() -> sql.run(statement))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState))
                .hasMessageContaining(text);
    }
}
