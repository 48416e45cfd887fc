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
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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

/** The unmodified Databricks JDBC driver with {@code UseThriftClient=1} as the client. */
class DriverOverThriftTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    @BeforeEach
    void forget() {
        warehouse.clearScripts();
        warehouse.clearRequests();
    }

    @Test
    void shouldAnswerASmallResultInOneCall() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
                assertThat(rows.next()).isFalse();
            }
        }
        assertThat(methods()).containsExactly("OpenSession", "ExecuteStatement", "CloseSession");
    }

    @Test
    void shouldSpeakToClusters() throws SQLException {
        String path = warehouse.clusterHttpPath();
        try (Connection connection = connect(Map.of("httpPath", path));
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
        assertThat(warehouse.requests())
                .filteredOn(request -> request.method().equals("POST"))
                .isNotEmpty()
                .allMatch(request -> request.uri().endsWith(path));
    }

    @Test
    void shouldReadTypedRowsAndNulls() throws SQLException {
        warehouse.script(Script.statement("SELECT * FROM t")
                .column("id", "BIGINT")
                .column("price", "DECIMAL(10,2)")
                .column("name", "STRING")
                .column("at", "TIMESTAMP")
                .column("flag", "BOOLEAN")
                .row(1, "12.50", "a, \"b\" & ~ü", "2026-01-02T03:04:05.678900Z", true)
                .row(2, null, null, null, null));
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
            rows.next();
            assertThat(rows.getObject("id")).isEqualTo(1L);
            assertThat(rows.getBigDecimal("price")).isEqualByComparingTo("12.50");
            assertThat(rows.getString("name")).isEqualTo("a, \"b\" & ~ü");
            assertThat(rows.getTimestamp("at")).isEqualTo(Timestamp.valueOf("2026-01-02 03:04:05.6789"));
            assertThat(rows.getBoolean("flag")).isTrue();
            rows.next();
            assertThat(rows.getObject("price")).isNull();
            assertThat(rows.getObject("name")).isNull();
            assertThat(rows.getObject("at")).isNull();
            assertThat(rows.getObject("flag")).isNull();
            assertThat(rows.next()).isFalse();
            assertThat(rows.getMetaData().getPrecision(2)).isEqualTo(10);
            assertThat(rows.getMetaData().getScale(2)).isEqualTo(2);
        }
    }

    @Test
    void shouldFetchPageByPage() throws SQLException {
        warehouse.script(
                Script.statement("SELECT n FROM big").column("n", "INT").row(7).repeat(1000));
        try (Connection connection = connect(Map.of("RowsFetchedPerBlock", "300", "EnableInlineStreaming", "0"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT n FROM big")) {
            int count = 0;
            while (rows.next()) {
                assertThat(rows.getInt(1)).isEqualTo(7);
                count++;
            }
            assertThat(count).isEqualTo(1000);
        }
        assertThat(methods()).filteredOn("FetchResults"::equals).hasSize(3);
    }

    @Test
    void shouldReportUpdateCountsAndKeepTheRowLimit() throws SQLException {
        warehouse.script(Script.matching("INSERT .*").updateCount(3));
        warehouse.script(Script.matching("CREATE .*"));
        warehouse.script(
                Script.statement("SELECT n FROM big").column("n", "INT").row(7).repeat(1000));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO t VALUES (1)")).isEqualTo(3);
            assertThat(statement.executeUpdate("CREATE TABLE t (a INT)")).isZero();
            statement.setMaxRows(5);
            int count = 0;
            try (ResultSet rows = statement.executeQuery("SELECT n FROM big")) {
                while (rows.next()) {
                    count++;
                }
            }
            assertThat(count).isEqualTo(5);
        }
        assertThat(warehouse.requests()).anyMatch(request -> request.body().contains("resultRowLimit:5"));
    }

    @Test
    void shouldSendParameters() throws SQLException {
        warehouse.script(Script.statement("SELECT ? + ?").column("sum", "INT").row(3));
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT ? + ?")) {
            statement.setInt(1, 1);
            statement.setInt(2, 2);
            assertThat(statement.executeQuery().next()).isTrue();
        }
        assertThat(warehouse.requests())
                .anyMatch(request -> request.body().contains("TSparkParameter(ordinal:2, type:INT"));
    }

    @Test
    void shouldTellWhyAStatementFailed() throws SQLException {
        warehouse.script(Script.matching(".*missing.*").fails("42P01", "[TABLE_OR_VIEW_NOT_FOUND] missing"));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM missing"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"))
                    .hasMessageContaining("[TABLE_OR_VIEW_NOT_FOUND] missing");
        }
    }

    @Test
    void shouldRunAsynchronouslyAndBePickedUpElsewhere() throws SQLException {
        warehouse.script(
                Script.statement("SELECT slow").column("n", "INT").row(1).takes(Duration.ofHours(1)));
        try (Connection first = connect();
                Connection second = connect()) {
            String handle = submit(first, "SELECT slow");
            assertThat(handle).matches("[0-9a-f-]{36}\\|[0-9a-f-]{36}");
            assertThat(poll(second, handle).getExecutionStatus().getExecutionState())
                    .isEqualTo(ExecutionState.RUNNING);
            // less than what idle operations live
            for (int i = 0; i < 5; i++) {
                warehouse.advanceClock(Duration.ofMinutes(10));
                assertThat(poll(second, handle).getExecutionStatus().getExecutionState())
                        .isEqualTo(ExecutionState.RUNNING);
            }
            warehouse.advanceClock(Duration.ofMinutes(10));
            IDatabricksResultSet rows = await().until(
                            () -> poll(second, handle),
                            result -> result.getExecutionStatus().getExecutionState() == ExecutionState.SUCCEEDED);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    /** Each poll of a finished statement fetches rows, and the server goes on from there: who asks twice loses them. */
    @Test
    void driverShouldBeKnownToLoseTheRowsThatAPollHasFetched() throws SQLException {
        try (Connection connection = connect()) {
            String handle = submit(connection, "SELECT 1");
            await().until(() ->
                    poll(connection, handle).getExecutionStatus().getExecutionState() == ExecutionState.SUCCEEDED);
            IDatabricksResultSet again = poll(connection, handle);
            assertThat(again.getExecutionStatus().getExecutionState()).isEqualTo(ExecutionState.SUCCEEDED);
            assertThat(again.next()).isFalse();
        }
    }

    private static String submit(Connection connection, String sql) throws SQLException {
        return connection
                .createStatement()
                .unwrap(IDatabricksStatement.class)
                .executeAsync(sql)
                .unwrap(IDatabricksResultSet.class)
                .getStatementId();
    }

    private static IDatabricksResultSet poll(Connection connection, String handle) throws SQLException {
        return connection
                .unwrap(IDatabricksConnection.class)
                .getStatement(handle)
                .unwrap(IDatabricksStatement.class)
                .getExecutionResult()
                .unwrap(IDatabricksResultSet.class);
    }

    private static Connection connect() throws SQLException {
        return connect(Map.of());
    }

    private static Connection connect(Map<String, String> parameters) throws SQLException {
        Map<String, String> all = new HashMap<>(Map.of("UseThriftClient", "1"));
        all.putAll(parameters);
        return DriverManager.getConnection(warehouse.jdbcUrl(all));
    }

    /** The Thrift methods of the received requests, in their order. */
    private static List<String> methods() {
        return warehouse.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> request.body().split(" ")[0])
                .toList();
    }
}
