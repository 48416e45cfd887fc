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
package io.cameldatabricks.testinfra;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

import com.databricks.jdbc.api.ExecutionState;
import com.databricks.jdbc.api.IDatabricksConnection;
import com.databricks.jdbc.api.IDatabricksResultSet;
import com.databricks.jdbc.api.IDatabricksStatement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The unmodified Databricks JDBC driver as the client. */
class DriverOnScriptedEngineTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    @BeforeEach
    void forget() {
        warehouse.clearScripts();
        warehouse.clearRequests();
    }

    @Test
    void shouldSelectOne() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void shouldReadTypedRowsAndNulls() throws SQLException {
        warehouse.script(Script.statement("SELECT * FROM t")
                .column("id", "BIGINT")
                .column("price", "DECIMAL(10,2)")
                .column("name", "STRING")
                .row(1, "12.50", "a, \"b\" & ~ü")
                .row(2, null, null));
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
            rows.next();
            assertThat(rows.getObject("id")).isEqualTo(1L);
            assertThat(rows.getBigDecimal("price")).isEqualByComparingTo("12.50");
            assertThat(rows.getString("name")).isEqualTo("a, \"b\" & ~ü");
            rows.next();
            assertThat(rows.getObject("price")).isNull();
            assertThat(rows.getObject("name")).isNull();
            assertThat(rows.next()).isFalse();
            assertThat(rows.getMetaData().getPrecision(2)).isEqualTo(10);
            assertThat(rows.getMetaData().getScale(2)).isEqualTo(2);
        }
    }

    @Test
    void shouldReadAnEmptyResult() throws SQLException {
        warehouse.script(Script.statement("SELECT a FROM empty").column("a", "INT"));
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT a FROM empty")) {
            assertThat(rows.getMetaData().getColumnCount()).isEqualTo(1);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void shouldReportUpdateCounts() throws SQLException {
        warehouse.script(Script.matching("INSERT .*").updateCount(3));
        warehouse.script(Script.matching("CREATE .*"));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO t VALUES (1)")).isEqualTo(3);
            assertThat(statement.executeUpdate("CREATE TABLE t (a INT)")).isZero();
        }
    }

    @Test
    void shouldReadManyChunks() throws SQLException {
        warehouse.script(
                Script.statement("SELECT n FROM big").column("n", "INT").row(7).repeat(400_000));
        assertThat(sum("SELECT n FROM big", Map.of())).isEqualTo(2_800_000);
        assertThat(warehouse.requests()).anyMatch(request -> request.uri().endsWith("/result/chunks/7"));
    }

    @Test
    void shouldReadManyChunksWithoutCloudFetch() throws SQLException {
        warehouse.script(
                Script.statement("SELECT n FROM big").column("n", "INT").row(7).repeat(200_000));
        assertThat(sum("SELECT n FROM big", Map.of("EnableQueryResultDownload", "0")))
                .isEqualTo(1_400_000);
        assertThat(warehouse.requests()).noneMatch(request -> request.uri().startsWith("/results/"));
    }

    @Test
    void shouldCutAtMaxRows() throws SQLException {
        warehouse.script(
                Script.statement("SELECT n FROM big").column("n", "INT").row(1).repeat(1_000));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(10);
            try (ResultSet rows = statement.executeQuery("SELECT n FROM big")) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(10);
            }
        }
    }

    @Test
    void shouldSendPositionalParameters() throws SQLException {
        warehouse.script(Script.statement("SELECT ? AS a").column("a", "INT").row(5));
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT ? AS a")) {
            statement.setInt(1, 5);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
        }
        assertThat(warehouse.requests())
                .anyMatch(request -> request.body().contains("\"ordinal\":1")
                        && request.body().contains("\"value\":\"5\""));
    }

    @Test
    void shouldReportFailuresWithTheirSqlState() throws SQLException {
        warehouse.script(Script.matching(".*missing.*")
                .fails("42P01", "[TABLE_OR_VIEW_NOT_FOUND] The table `missing` cannot be found. SQLSTATE: 42P01"));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM missing"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"))
                    .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
            assertThatThrownBy(() -> statement.executeQuery("SELECT unknown"))
                    .hasMessageContaining("UNSCRIPTED_STATEMENT");
        }
    }

    @Test
    void shouldRunAsyncAndBePickedUpByAnotherConnection() throws SQLException {
        warehouse.script(
                Script.statement("SELECT slow").column("a", "INT").row(9).takes(Duration.ofMinutes(5)));
        try (Connection connection = connect();
                Connection other = connect()) {
            Statement statement = connection.createStatement();
            ResultSet shell = statement.unwrap(IDatabricksStatement.class).executeAsync("SELECT slow");
            String id = shell.unwrap(IDatabricksResultSet.class).getStatementId();
            Statement picked = other.unwrap(IDatabricksConnection.class).getStatement(id);
            // it is PENDING for a moment
            await().until(() -> state(picked) == ExecutionState.RUNNING);
            warehouse.advanceClock(Duration.ofMinutes(5));
            ResultSet rows = picked.unwrap(IDatabricksStatement.class).getExecutionResult();
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(9);
        }
    }

    @Test
    void shouldCancelARunningStatement() throws SQLException {
        warehouse.script(Script.statement("SELECT slow").takes(Duration.ofHours(1)));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.unwrap(IDatabricksStatement.class).executeAsync("SELECT slow");
            statement.cancel();
            assertThatThrownBy(
                            () -> statement.unwrap(IDatabricksStatement.class).getExecutionResult())
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY008"));
        }
    }

    @Test
    void shouldFailOnADroppedSession() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(warehouse.sessions()).isEqualTo(1);
            assertThat(warehouse.dropSessions()).isEqualTo(1);
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).hasMessageContaining("SessionHandle");
        }
    }

    @Test
    void shouldRefuseAWrongToken() {
        assertThatThrownBy(() -> DriverManager.getConnection(warehouse.jdbcUrl(Map.of("PWD", "wrong"))))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("Unauthenticated");
    }

    private static ExecutionState state(Statement statement) throws SQLException {
        return statement
                .unwrap(IDatabricksStatement.class)
                .getExecutionResult()
                .unwrap(IDatabricksResultSet.class)
                .getExecutionStatus()
                .getExecutionState();
    }

    private static long sum(String sql, Map<String, String> parameters) throws SQLException {
        try (Connection connection = DriverManager.getConnection(warehouse.jdbcUrl(parameters));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getInt(1);
            }
            return sum;
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(warehouse.jdbcUrl());
    }
}
