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

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.databricks.jdbc.api.IDatabricksResultSet;
import com.databricks.jdbc.api.IDatabricksStatement;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.sql.StatementState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.testinfra.WarehouseRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A statement that runs is cancelled by each of the ways that the driver has; the server's own state tells. */
class CancelIT extends DriverTest {

    private static final int ROUNDS = 50;
    private static final Duration BOUND = Duration.ofSeconds(30);

    private WorkspaceClient workspace;

    @BeforeEach
    void openWorkspace() {
        workspace = Workspaces.of(warehouse);
    }

    @Test
    void shouldCancelAnAsynchronousStatement() throws SQLException {
        try (Statement statement = sql.connection().createStatement()) {
            String id = submit(statement);
            awaitState(id, StatementState.RUNNING);
            statement.cancel();
            awaitState(id, StatementState.CANCELED);
            assertThatThrownBy(
                            () -> statement.unwrap(IDatabricksStatement.class).getExecutionResult())
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY008"));
        }
    }

    /** Without direct results the driver knows the id at once, and so can cancel what another thread waits for. */
    @Test
    void shouldCancelAStatementThatAnotherThreadWaitsFor() throws Exception {
        try (SqlClient client = connect(Map.of("EnableDirectResults", "0"));
                Statement statement = client.connection().createStatement()) {
            long mark = warehouse.requests().size();
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                try {
                    statement.executeQuery(SlowSql.QUERY);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            // the driver has polled, so it has the id
            await().atMost(BOUND)
                    .until(() -> warehouse.requests().stream().skip(mark).anyMatch(this::isPoll));
            statement.cancel();
            assertThatThrownBy(() -> running.get(BOUND.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .rootCause()
                    .isInstanceOf(SQLException.class);
        }
        assertThat(sql.value("SELECT 1")).isEqualTo(1);
    }

    private boolean isPoll(WarehouseRequest request) {
        return mode == DriverMode.THRIFT
                ? request.body().startsWith("GetOperationStatus ")
                : request.method().equals("GET") && request.uri().startsWith("/api/2.0/sql/statements/");
    }

    @Test
    void shouldEndAStatementThatIsClosed() throws SQLException {
        Statement statement = sql.connection().createStatement();
        String id = submit(statement);
        awaitState(id, StatementState.RUNNING);
        statement.close();
        await().atMost(BOUND).until(() -> state(id) != StatementState.RUNNING);
    }

    @Test
    void shouldStopAtTheQueryTimeout() throws SQLException {
        try (SqlClient client = connect(Map.of("EnableDirectResults", "0"));
                Statement statement = client.connection().createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery(SlowSql.QUERY)).isInstanceOf(SQLTimeoutException.class);
        }
        assertThat(sql.value("SELECT 1")).isEqualTo(1);
    }

    @Test
    void shouldStopAtTheTimeoutOfTheSession() throws SQLException {
        try (SqlClient client = connect(Map.of("STATEMENT_TIMEOUT", "1"))) {
            assertThatThrownBy(() -> client.rows(SlowSql.QUERY))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("OPERATION_TIMEOUT_ERROR"));
        }
    }

    @Test
    void shouldCancelManyTimesAndGoOn() throws SQLException {
        Latencies fromRunning = new Latencies();
        for (int i = 0; i < ROUNDS; i++) {
            try (Statement statement = sql.connection().createStatement()) {
                String id = submit(statement);
                awaitState(id, StatementState.RUNNING);
                long start = System.nanoTime();
                statement.cancel();
                await().pollInterval(Duration.ofMillis(2))
                        .pollDelay(Duration.ZERO)
                        .atMost(BOUND)
                        .until(() -> state(id) == StatementState.CANCELED);
                fromRunning.add(System.nanoTime() - start);
            }
        }
        Figures.print("cancel of " + ROUNDS + ", as the server's state", fromRunning.toString());
        assertThat(sql.value("SELECT sum(id) FROM range(1000)")).isEqualTo(499_500L);
    }

    private static String submit(Statement statement) throws SQLException {
        return statement
                .unwrap(IDatabricksStatement.class)
                .executeAsync(SlowSql.QUERY)
                .unwrap(IDatabricksResultSet.class)
                .getStatementId();
    }

    private void awaitState(String id, StatementState state) {
        await().pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .atMost(BOUND)
                .until(() -> state(id) == state);
    }

    private StatementState state(String id) {
        // a Thrift handle is the id and a secret
        String statementId = id.split("\\|")[0];
        return workspace
                .statementExecution()
                .getStatement(statementId)
                .getStatus()
                .getState();
    }
}
