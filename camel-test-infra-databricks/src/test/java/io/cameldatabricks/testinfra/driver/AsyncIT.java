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

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.databricks.jdbc.api.ExecutionState;
import com.databricks.jdbc.api.IDatabricksConnection;
import com.databricks.jdbc.api.IDatabricksResultSet;
import com.databricks.jdbc.api.IDatabricksStatement;
import com.databricks.jdbc.api.IExecutionStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** executeAsync, and statements that another connection picks up by their id. */
class AsyncIT extends DriverTest {

    @Test
    void shouldPickUpARunningStatementFromAnotherConnection() throws SQLException {
        String id = submit(sql, "SELECT count(*), sum(id) FROM range(1000000)");
        ResultSet rows = finish(connect(), id);
        assertThat(SqlClient.rows(rows)).containsExactly(List.of(1_000_000L, 499_999_500_000L));
    }

    @Test
    void shouldPickUpAnUpdateAndItsCount() throws SQLException {
        String table = table("later");
        sql.run("CREATE OR REPLACE TABLE " + table + " (id INT)");
        String id = submit(sql, "INSERT INTO " + table + " VALUES (1), (2), (3)");
        IDatabricksResultSet result = finish(connect(), id).unwrap(IDatabricksResultSet.class);
        assertThat(result.hasUpdateCount()).isTrue();
        assertThat(result.getUpdateCount()).isEqualTo(3);
        assertThat(sql.value("SELECT count(*) FROM " + table)).isEqualTo(3L);
    }

    @Test
    void shouldPickUpALargeResult() throws SQLException {
        String id = submit(sql, "SELECT id FROM range(400000)");
        ResultSet rows = finish(connect(), id);
        long sum = 0;
        while (rows.next()) {
            sum += rows.getLong(1);
        }
        assertThat(sum).isEqualTo(79_999_800_000L);
    }

    @Test
    void shouldTellTheFailureOfAnAsynchronousStatement() throws SQLException {
        String id = submit(sql, "SELECT id / (id - 500) FROM range(1000)");
        SqlClient other = connect();
        await().until(() -> status(other, id).getExecutionState() == ExecutionState.FAILED);
        assertReason(status(other, id), "22012", "DIVIDE_BY_ZERO");
    }

    @Test
    void shouldTellASyntaxErrorWithoutThrowing() throws SQLException {
        String id = submit(sql, "SELEC 1");
        SqlClient other = connect();
        await().until(() -> status(other, id).getExecutionState() == ExecutionState.FAILED);
        assertReason(status(other, id), "42601", "PARSE_SYNTAX_ERROR");
    }

    /** Over Thrift the driver keeps the state alone, and leaves out the reason, which the server tells beside it. */
    private void assertReason(IExecutionStatus status, String sqlState, String text) {
        if (mode == DriverMode.THRIFT) {
            assertThat(status.getSqlState()).isNull();
            assertThat(status.getErrorMessage()).isNull();
        } else {
            assertThat(status.getSqlState()).isEqualTo(sqlState);
            assertThat(status.getErrorMessage()).contains(text);
        }
    }

    @Test
    void shouldShowARunningStatementAndCancelItFromAnotherConnection() throws SQLException {
        String id = submit(sql, SlowSql.QUERY);
        SqlClient other = connect();
        await().until(() -> status(other, id).getExecutionState() == ExecutionState.RUNNING);
        statement(other, id).cancel();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatThrownBy(() -> status(other, id))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY008")));
    }

    @Test
    void shouldRunManyAsynchronousStatementsAtOnce() throws SQLException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(submit(sql, "SELECT " + i + ", count(*) FROM range(" + (i * 1000) + ")"));
        }
        assertThat(ids).doesNotHaveDuplicates();
        SqlClient other = connect();
        for (int i = 0; i < ids.size(); i++) {
            assertThat(SqlClient.rows(finish(other, ids.get(i)))).containsExactly(List.of(i, i * 1000L));
        }
    }

    @Test
    void shouldStayAliveWhenItsConnectionIsForgotten() throws SQLException {
        SqlClient submitter = connect();
        String id = submit(submitter, "SELECT 'kept'");
        assertThat(SqlClient.rows(finish(sql, id))).containsExactly(List.of("kept"));
    }

    /** The driver throws unchecked exceptions of its shaded SDK here. */
    @Test
    @InMode(DriverMode.SEA)
    void driverShouldBeKnownToThrowUncheckedForUnknownIds() {
        assertThatThrownBy(() -> statement(sql, UUID.randomUUID().toString())
                        .unwrap(IDatabricksStatement.class)
                        .getExecutionResult())
                .isNotInstanceOf(SQLException.class)
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("was not found");
    }

    /** The answer has an error status and no state, on which the driver stumbles. */
    @Test
    @InMode(DriverMode.THRIFT)
    void driverShouldBeKnownToThrowANullPointerForUnknownHandles() throws SQLException {
        String unknown = UUID.randomUUID() + "|" + UUID.randomUUID();
        assertThatThrownBy(() -> status(sql, unknown)).isInstanceOf(NullPointerException.class);
        // and not to say anything when it ends one
        statement(sql, unknown).cancel();
        statement(sql, unknown).close();
        assertThatThrownBy(() -> status(sql, "not|handles")).isInstanceOf(RuntimeException.class);
    }

    /** As above, for a handle whose first half is good: the secret is asked for. */
    @Test
    @InMode(DriverMode.THRIFT)
    void shouldRefuseAHandleWithAnotherSecret() throws SQLException {
        String id = submit(sql, SlowSql.QUERY);
        String forged = id.substring(0, id.indexOf('|')) + "|" + UUID.randomUUID();
        assertThatThrownBy(() -> status(sql, forged)).isInstanceOf(NullPointerException.class);
        statement(sql, forged).cancel();
        statement(sql, forged).close();
        assertThat(status(sql, id).getExecutionState()).isIn(ExecutionState.PENDING, ExecutionState.RUNNING);
        statement(sql, id).cancel();
    }

    /** Whoever closes the result of a poll ends the statement. */
    @Test
    void driverShouldBeKnownToEndAStatementWhenTheResultOfAPollIsClosed() throws SQLException {
        String id = submit(sql, SlowSql.QUERY);
        SqlClient other = connect();
        Statement picked = statement(other, id);
        await().until(() -> status(other, id).getExecutionState() == ExecutionState.RUNNING);
        picked.unwrap(IDatabricksStatement.class).getExecutionResult().close();
        SqlClient third = connect();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatThrownBy(() -> {
                    if (status(third, id).getExecutionState() == ExecutionState.CLOSED) {
                        throw new IllegalStateException("closed");
                    }
                })
                .isInstanceOf(Exception.class));
    }

    /** The statement is left open on purpose: closing it would end the statement on the server. */
    private static String submit(SqlClient client, String text) throws SQLException {
        return client.connection()
                .createStatement()
                .unwrap(IDatabricksStatement.class)
                .executeAsync(text)
                .unwrap(IDatabricksResultSet.class)
                .getStatementId();
    }

    private static Statement statement(SqlClient client, String id) throws SQLException {
        return client.connection().unwrap(IDatabricksConnection.class).getStatement(id);
    }

    private static IExecutionStatus status(SqlClient client, String id) throws SQLException {
        return statement(client, id)
                .unwrap(IDatabricksStatement.class)
                .getExecutionResult()
                .unwrap(IDatabricksResultSet.class)
                .getExecutionStatus();
    }

    private static ResultSet finish(SqlClient client, String id) throws SQLException {
        Statement statement = statement(client, id);
        return await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            ResultSet rows =
                                    statement.unwrap(IDatabricksStatement.class).getExecutionResult();
                            ExecutionState state = rows.unwrap(IDatabricksResultSet.class)
                                    .getExecutionStatus()
                                    .getExecutionState();
                            return state == ExecutionState.SUCCEEDED ? rows : null;
                        },
                        found -> found != null);
    }
}
