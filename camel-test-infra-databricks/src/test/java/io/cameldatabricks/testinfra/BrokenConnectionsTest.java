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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.databricks.jdbc.api.IDatabricksStatement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Lost submit answers and resets, seen by plain HTTP and by the JDBC driver. */
class BrokenConnectionsTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final Sea sea = new Sea(warehouse);

    @BeforeEach
    void heal() {
        warehouse.clearFaults();
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(Script.matching("INSERT .*").updateCount(1));
    }

    @Test
    void shouldCutBeforeTheRequestIsRead() {
        ActiveFault fault =
                warehouse.inject(LostSubmitAnswer.beforeRequestIsRead().times(1));
        int before = warehouse.statements().size();
        assertThatThrownBy(() -> sea.execute("INSERT INTO t VALUES (1)")).isInstanceOf(UncheckedIOException.class);
        assertThat(warehouse.statements()).as("nothing was accepted").hasSize(before);
        assertThat(fault.requests()).singleElement().satisfies(request -> {
            assertThat(request.status()).isZero();
            assertThat(request.body()).as("what was read").isEmpty();
        });
        assertThat(sea.execute("INSERT INTO t VALUES (1)").state()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldCutWhenTheStatementWasAccepted() {
        ActiveFault fault = warehouse.inject(LostSubmitAnswer.afterAcceptance().onStatement("INSERT INTO lost .*"));
        assertThatThrownBy(() -> sea.execute(
                        "INSERT INTO lost VALUES (1)", "\"query_tags\":[{\"key\":\"handle\",\"value\":\"h 1 & ü\"}]"))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(accepted("INSERT INTO lost VALUES (1)")).singleElement().satisfies(statement -> {
            assertThat(statement.state()).isEqualTo("SUCCEEDED");
            assertThat(statement.tags()).isEqualTo(Map.of("handle", "h 1 & ü"));
            assertThat(statement.sessionId()).isNull();
            assertThat(sea.get(statement.id()).state()).isEqualTo("SUCCEEDED");
        });
        assertThat(fault.hits()).isEqualTo(1);
        assertThat(sea.execute("INSERT INTO other VALUES (1)").state()).isEqualTo("SUCCEEDED");
        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void shouldCutAtOnceAlsoWhenTheAnswerWouldComeLate() {
        warehouse.script(Script.statement("SELECT slow").takes(Duration.ofHours(1)));
        warehouse.inject(LostSubmitAnswer.afterAcceptance());
        assertThatThrownBy(() -> sea.execute("SELECT slow", "\"wait_timeout\":\"50s\""))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(accepted("SELECT slow")).singleElement().satisfies(statement -> assertThat(statement.state())
                .isEqualTo("RUNNING"));
    }

    @Test
    void shouldCutInTheMiddleOfTheAnswer() {
        warehouse.inject(LostSubmitAnswer.inTheAnswer().times(1));
        assertThatThrownBy(() -> sea.execute("INSERT INTO half VALUES (1)"))
                .isInstanceOf(UncheckedIOException.class)
                .hasStackTraceContaining("fixed content-length");
        assertThat(accepted("INSERT INTO half VALUES (1)")).hasSize(1);
        assertThat(warehouse.requests()).last().satisfies(request -> assertThat(request.status())
                .isEqualTo(200));
    }

    @ParameterizedTest
    @EnumSource(
            value = CutPoint.class,
            names = {"UNREAD", "UNANSWERED", "HALF_ANSWERED"})
    void shouldShowTheDriverALostSubmitAnswer(CutPoint point) throws SQLException {
        String sql = "INSERT INTO driver VALUES ('" + point + "')";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            LostSubmitAnswer lost =
                    switch (point) {
                        case UNREAD -> LostSubmitAnswer.beforeRequestIsRead();
                        case UNANSWERED -> LostSubmitAnswer.afterAcceptance();
                        default -> LostSubmitAnswer.inTheAnswer();
                    };
            ActiveFault fault = warehouse.inject(lost);
            assertThatThrownBy(() -> statement.executeUpdate(sql)).hasStackTraceContaining("Exception");
            assertThat(fault.hits()).as("the driver does not submit again").isEqualTo(1);
            assertThat(accepted(sql)).hasSize(point == CutPoint.UNREAD ? 0 : 1);
            fault.close();
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    @Test
    void shouldResetAndNotMerelyClose() {
        String id = sea.execute("SELECT 1").id();
        ActiveFault fault = warehouse.inject(ConnectionReset.duringStatus());
        assertThatThrownBy(() -> sea.get(id))
                .hasRootCauseInstanceOf(SocketException.class)
                .hasStackTraceContaining("Connection reset");
        // java.net.http repeats a GET by itself
        assertThat(fault.hits()).isPositive();
        fault.close();
        assertThat(sea.get(id).state()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldShowTheDriverAResetWhileItPolls() throws SQLException {
        warehouse.script(
                Script.statement("SELECT polled").column("a", "INT").row(7).takes(Duration.ofMinutes(1)));
        try (Connection connection = connect()) {
            Statement statement = connection.createStatement();
            IDatabricksStatement async = statement.unwrap(IDatabricksStatement.class);
            async.executeAsync("SELECT polled");
            try (ActiveFault fault = warehouse.inject(ConnectionReset.duringStatus())) {
                assertThatThrownBy(async::getExecutionResult).hasStackTraceContaining("Connection reset");
                assertThat(fault.hits()).isPositive();
            }
            await().until(() -> accepted("SELECT polled").get(0).state().equals("RUNNING"));
            warehouse.advanceClock(Duration.ofMinutes(1));
            ResultSet rows = async.getExecutionResult();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(7);
        }
    }

    @Test
    void shouldShowTheDriverAResetWhileItFetchesRowsWhichItRepeats() throws SQLException {
        warehouse.script(
                Script.statement("SELECT n FROM big").column("n", "INT").row(7).repeat(200_000));
        ActiveFault fault = warehouse.inject(ConnectionReset.duringDownload().times(1));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(drain(statement)).isEqualTo(200_000);
            assertThat(fault.hits()).isEqualTo(1);
            assertThat(fault.requests()).singleElement().satisfies(request -> assertThat(request.status())
                    .isZero());
        }
    }

    @Test
    void shouldShowTheDriverAResetOfItsSession() throws SQLException {
        ActiveFault fault = warehouse.inject(ConnectionReset.duringSession());
        assertThatThrownBy(BrokenConnectionsTest::connect).hasStackTraceContaining("Connection reset");
        assertThat(fault.requests()).isNotEmpty().allMatch(request -> request.uri()
                .contains("/sessions"));
        fault.close();
        connect().close();
    }

    @Test
    void shouldResetOtherCallsAtOtherMoments() {
        String id = sea.execute("SELECT 1").id();
        warehouse.inject(ConnectionReset.during(CallKind.CANCEL).at(CutPoint.UNANSWERED));
        warehouse.inject(ConnectionReset.during(CallKind.HISTORY).at(CutPoint.UNREAD));
        assertThatThrownBy(() -> sea.send("POST", Sea.STATEMENTS + "/" + id + "/cancel", "{}"))
                .hasStackTraceContaining("Connection reset");
        assertThatThrownBy(() -> sea.send("GET", "/api/2.0/sql/history/queries", null))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(sea.get(id).status()).isEqualTo(200);
    }

    private static List<WarehouseStatement> accepted(String sql) {
        return warehouse.statements().stream()
                .filter(statement -> statement.sql().equals(sql))
                .toList();
    }

    private static int drain(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT n FROM big")) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(warehouse.jdbcUrl());
    }
}
