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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import com.databricks.jdbc.api.IDatabricksStatement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.ClosedOnSuccess;
import io.cameldatabricks.testinfra.fault.ExpiringLinks;
import io.cameldatabricks.testinfra.fault.PurgedStatement;
import io.cameldatabricks.testinfra.fault.SessionExpired;
import io.cameldatabricks.testinfra.fault.TruncatedResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Results, statements and sessions that are gone or not whole, seen by plain HTTP and by the JDBC driver. */
class ResultFaultsTest {

    private static final String[] LINKS = {"\"disposition\":\"EXTERNAL_LINKS\"", "\"format\":\"JSON_ARRAY\""};

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final Sea sea = new Sea(warehouse);

    @BeforeEach
    void heal() {
        warehouse.clearFaults();
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(
                Script.matching("SELECT n FROM .*").column("n", "INT").row(7).repeat(10));
    }

    @Test
    void shouldLetLinksExpireEarly() {
        ActiveFault fault =
                warehouse.inject(ExpiringLinks.after(Duration.ofSeconds(60)).onStatement(".*short"));
        String brief = link(sea.execute("SELECT n FROM short", LINKS));
        String usual = link(sea.execute("SELECT n FROM usual", LINKS));
        assertThat(sea.download(brief).status()).isEqualTo(200);
        warehouse.advanceClock(Duration.ofSeconds(60));
        assertThat(sea.download(brief).status()).isEqualTo(403);
        assertThat(new String(sea.download(brief).bytes())).contains("Request has expired");
        assertThat(sea.download(usual).status()).isEqualTo(200);
        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void shouldRenewLinksWithTheFaultStillOn() {
        warehouse.inject(ExpiringLinks.after(Duration.ofSeconds(60)));
        Sea.Answer answer = sea.execute("SELECT n FROM t", LINKS);
        warehouse.advanceClock(Duration.ofSeconds(60));
        Sea.Answer chunk = sea.send("GET", Sea.STATEMENTS + "/" + answer.id() + "/result/chunks/0", null);
        String renewed = chunk.json().at("/external_links/0/external_link").asText();
        assertThat(sea.download(renewed).status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseDownloads() {
        ActiveFault fault = warehouse.inject(ExpiringLinks.refused().times(1).onStatement("SELECT n FROM t"));
        String link = link(sea.execute("SELECT n FROM t", LINKS));
        Sea.Answer answer = sea.download(link);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(new String(answer.bytes())).contains("<Code>AccessDenied</Code>");
        assertThat(sea.download(link).status()).isEqualTo(200);
        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void shouldPurgeAKnownStatement() {
        String id = sea.execute("SELECT 1").id();
        ActiveFault fault = warehouse.inject(new PurgedStatement().onStatement("SELECT 1"));
        Sea.Answer answer = sea.get(id);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo("NOT_FOUND");
        assertThat(sea.send("POST", Sea.STATEMENTS + "/" + id + "/cancel", null).status())
                .isEqualTo(404);
        assertThat(sea.send("GET", "/api/2.0/sql/history/queries?filter_by.statement_ids=" + id, null)
                        .json()
                        .path("res"))
                .hasSize(1);
        assertThat(sea.execute("SELECT 1").status()).as("a new statement").isEqualTo(200);
        fault.close();
        assertThat(sea.get(id).status()).isEqualTo(200);
    }

    @Test
    void shouldPurgeByItselfAfterTwelveHours() {
        String id = sea.execute("SELECT 1").id();
        warehouse.advanceClock(Duration.ofHours(12).minusSeconds(10));
        assertThat(sea.get(id).state()).isEqualTo("CLOSED");
        warehouse.advanceClock(Duration.ofSeconds(10));
        assertThat(sea.get(id).status()).isEqualTo(404);
    }

    @Test
    void shouldShowTheDriverAPurgedStatement() throws SQLException {
        try (Connection connection = connect()) {
            IDatabricksStatement statement = connection.createStatement().unwrap(IDatabricksStatement.class);
            statement.executeAsync("SELECT 1");
            ActiveFault fault = warehouse.inject(new PurgedStatement());
            assertThatThrownBy(statement::getExecutionResult)
                    .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo("NotFound"));
            fault.close();
            assertThat(statement.getExecutionResult().next()).isTrue();
        }
    }

    @Test
    void shouldTruncateAndSaySo() throws SQLException {
        ActiveFault fault = warehouse.inject(TruncatedResult.afterRows(3));
        Sea.Answer answer = sea.execute("SELECT n FROM t");
        assertThat(answer.json().at("/manifest/truncated").asBoolean()).isTrue();
        assertThat(answer.json().at("/result/data_array")).hasSize(3);
        assertThat(count("SELECT n FROM t")).isEqualTo(3);
        assertThat(sea.execute("SELECT 1").json().at("/manifest/truncated").asBoolean())
                .as("a whole result")
                .isFalse();
        assertThat(fault.hits()).isEqualTo(3);
        fault.close();
        answer = sea.execute("SELECT n FROM t");
        assertThat(answer.json().at("/manifest/truncated").asBoolean()).isFalse();
        assertThat(answer.json().at("/result/data_array")).hasSize(10);
    }

    @Test
    void shouldSayTruncatedOfAWholeResult() {
        warehouse.inject(TruncatedResult.markedOnly());
        Sea.Answer answer = sea.execute("SELECT n FROM t");
        assertThat(answer.json().at("/manifest/truncated").asBoolean()).isTrue();
        assertThat(answer.json().at("/result/data_array")).hasSize(10);
    }

    @Test
    void shouldAnswerTheSubmitWithClosedAndTheRows() throws SQLException {
        warehouse.inject(ClosedOnSuccess.withResult());
        Sea.Answer answer = sea.execute("SELECT n FROM t");
        assertThat(answer.state()).isEqualTo("CLOSED");
        assertThat(answer.json().at("/result/data_array")).hasSize(10);
        assertThat(sea.get(answer.id()).state()).isEqualTo("CLOSED");
        assertThat(sea.get(answer.id()).json().has("result")).isFalse();
        warehouse.clearRequests();
        assertThat(count("SELECT n FROM t")).isEqualTo(10);
        assertThat(warehouse.requests())
                .as("the driver closes no statement that is closed")
                .noneMatch(request ->
                        request.method().equals("DELETE") && request.uri().contains("/statements/"));
    }

    @Test
    void shouldAnswerThePollWithClosedAndTheRows() {
        warehouse.script(
                Script.statement("SELECT slow").column("n", "INT").row(7).takes(Duration.ofMinutes(1)));
        warehouse.inject(ClosedOnSuccess.withResult());
        String id = sea.execute("SELECT slow", "\"wait_timeout\":\"0s\"").id();
        await().until(() -> sea.get(id).state().equals("RUNNING"));
        warehouse.advanceClock(Duration.ofMinutes(1));
        Sea.Answer answer = sea.get(id);
        assertThat(answer.state()).isEqualTo("CLOSED");
        assertThat(answer.json().at("/result/data_array/0/0").asText()).isEqualTo("7");
        assertThat(sea.get(id).json().has("result")).isFalse();
    }

    @Test
    void shouldLeaveLinksReadableInSpiteOfClosedOnSuccess() {
        warehouse.inject(ClosedOnSuccess.withResult());
        Sea.Answer answer = sea.execute("SELECT n FROM t", LINKS);
        assertThat(answer.state()).isEqualTo("SUCCEEDED");
        assertThat(sea.download(link(answer)).status()).isEqualTo(200);
    }

    @Test
    void shouldAnswerWithClosedAndNoRows() {
        warehouse.inject(ClosedOnSuccess.withoutResult());
        Sea.Answer answer = sea.execute("SELECT n FROM t");
        assertThat(answer.state()).isEqualTo("CLOSED");
        assertThat(answer.json().has("result")).isFalse();
        assertThat(sea.send("GET", Sea.STATEMENTS + "/" + answer.id() + "/status", null)
                        .state())
                .isEqualTo("CLOSED");
    }

    @Test
    void shouldForgetASessionAtItsNextUse() throws SQLException {
        try (Connection connection = connect();
                Connection other = connect();
                Statement statement = connection.createStatement();
                Statement healthy = other.createStatement()) {
            ActiveFault fault = warehouse.inject(new SessionExpired().times(1));
            assertThat(warehouse.sessions()).isEqualTo(2);
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).hasMessageContaining("SessionHandle");
            assertThat(warehouse.sessions()).isEqualTo(1);
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).hasMessageContaining("SessionHandle");
            healthy.executeQuery("SELECT 1").close();
            assertThat(fault.hits()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotMeetStatementsWithoutASession() {
        ActiveFault fault = warehouse.inject(new SessionExpired());
        assertThat(sea.execute("SELECT 1").status()).isEqualTo(200);
        assertThat(fault.hits()).isZero();
    }

    private static String link(Sea.Answer answer) {
        return answer.json().at("/result/external_links/0/external_link").asText();
    }

    private static int count(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
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
