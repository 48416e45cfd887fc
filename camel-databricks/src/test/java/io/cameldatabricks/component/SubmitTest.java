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
package io.cameldatabricks.component;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.statement.ForeignHandleException;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.InvalidReferenceException;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** SUBMIT, STATUS, CANCEL and CLOSE over the Statement Execution API. */
@Timeout(60)
class SubmitTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private RunningContext camel;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(Script.statement("SELECT quick").column("a", "INT").row(1));
        warehouse.script(Script.statement("SELECT slow")
                .takes(Duration.ofMinutes(5))
                .column("a", "INT")
                .row(1));
        warehouse.script(
                Script.matching(".*wrong.*").fails("42P01", "[TABLE_OR_VIEW_NOT_FOUND] The table is not there"));
    }

    @AfterEach
    void stop() {
        warehouse.advanceClock(Duration.ofMinutes(6));
        camel.close();
    }

    private static String uri(String name, String options) {
        return "databricks:" + name + "?" + warehouse.endpointOptions() + "&" + options;
    }

    private Exchange send(String options) {
        return send(options, null, Map.of());
    }

    private Exchange send(String options, Object body, Map<String, Object> headers) {
        return camel.send(uri("reports", options), body, headers);
    }

    private StatementReference submitted(String query) {
        Exchange exchange = send("operation=SUBMIT&query=" + query);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(StatementReference.class);
    }

    private List<StatementHandle> stored(HandleState state) {
        return camel.component().memoryRepository().list("reports", state, 100);
    }

    private static long requests(String method, String part) {
        return warehouse.requests().stream()
                .filter(request ->
                        request.method().equals(method) && request.uri().contains(part))
                .count();
    }

    @Test
    void shouldGoOnWithAHandleWhileTheStatementRuns() {
        Exchange exchange = send(
                "operation=SUBMIT&carryHeaders=order*,kind&query=SELECT slow",
                "some body",
                Map.of(
                        "orderNumber",
                        7,
                        "kind",
                        "monthly",
                        "other",
                        "stays behind",
                        "CamelDatabricksCorrelationId",
                        "c-7"));

        StatementReference handle = exchange.getMessage().getBody(StatementReference.class);
        assertThat(exchange.getException()).isNull();
        assertThat(handle.target().transport()).isEqualTo(Transport.REST);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.HANDLE)).isEqualTo(handle);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.STATEMENT_ID))
                .isEqualTo(handle.id().reveal());
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.STATE)).isIn("PENDING", "RUNNING");
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.SUBMITTED_AT))
                .isInstanceOf(Instant.class);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.CORRELATION_ID))
                .isEqualTo("c-7");
        StatementHandle stored = stored(HandleState.SUBMITTED).get(0);
        assertThat(stored.reference()).contains(handle);
        assertThat(stored.origin().correlationId()).isEqualTo("c-7");
        assertThat(stored.origin().headers().asMap())
                .containsOnly(Map.entry("orderNumber", 7), Map.entry("kind", "monthly"));
        assertThat(warehouse.requests()).anySatisfy(request -> assertThat(request.body())
                .contains("SELECT slow", "camel_handle", stored.key()));
        // no session, no connection
        assertThat(requests("POST", "/sessions")).isZero();
    }

    @Test
    void shouldSeeTheEndOfWhatWasSubmitted() {
        StatementReference slow = submitted("SELECT slow");
        StatementReference quick = submitted("SELECT quick");
        StatementReference wrong = submitted("SELECT wrong");

        Awaitility.await().until(() -> stored(HandleState.COMPLETED).size() == 2);
        assertThat(stored(HandleState.SUBMITTED))
                .extracting(handle -> handle.reference().orElseThrow())
                .containsExactly(slow);

        warehouse.advanceClock(Duration.ofMinutes(6));
        Awaitility.await().until(() -> stored(HandleState.COMPLETED).size() == 3);
        assertThat(stored(HandleState.COMPLETED))
                .extracting(handle -> handle.status().id(), handle -> handle.status()
                        .state())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(slow.id(), StatementState.SUCCEEDED),
                        org.assertj.core.groups.Tuple.tuple(quick.id(), StatementState.SUCCEEDED),
                        org.assertj.core.groups.Tuple.tuple(wrong.id(), StatementState.FAILED));
    }

    @Test
    void shouldKeepNothingOfASubmitThatWasRefused() {
        Exchange exchange = camel.send(
                "databricks:reports?host=" + warehouse.httpUrl()
                        + "&warehouseId=nobody&accessToken=" + warehouse.token()
                        + "&operation=SUBMIT&query=SELECT quick",
                null,
                Map.of());

        assertThat(exchange.getException()).isInstanceOf(PermanentDatabricksException.class);
        assertThat(camel.component().memoryRepository().counts("reports")).isEmpty();
    }

    @Test
    void shouldTellTheStatus() {
        StatementReference slow = submitted("SELECT slow");

        Exchange running = send("operation=STATUS", slow, Map.of());
        StatementStatus status = running.getMessage().getBody(StatementStatus.class);
        assertThat(status.isRunning()).isTrue();
        assertThat(status.isFinished()).isFalse();
        assertThat(running.getMessage().getHeader(DatabricksConstants.STATE))
                .isEqualTo(status.state().name());

        warehouse.advanceClock(Duration.ofMinutes(6));
        Exchange ended = send("operation=STATUS", null, Map.of(DatabricksConstants.HANDLE, slow.text()));
        assertThat(ended.getMessage().getBody(StatementStatus.class).isFinished())
                .isTrue();
    }

    @Test
    void shouldTellTheStatusOfAStatementThatFailed() {
        StatementReference wrong = submitted("SELECT wrong");

        Exchange exchange = send("operation=STATUS", wrong.text(), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(StatementStatus.class).isFailed())
                .isTrue();
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.STATE)).isEqualTo("FAILED");
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.SQL_STATE))
                .isEqualTo("42P01");
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.ERROR_CODE))
                .isEqualTo("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void shouldCancelAndTellHowTheStatementEnded() {
        StatementReference slow = submitted("SELECT slow");
        StatementReference quick = submitted("SELECT quick");
        Awaitility.await().until(() -> stored(HandleState.COMPLETED).size() == 1);

        Exchange stopped = send("operation=CANCEL", slow, Map.of());
        Exchange tooLate = send("operation=CANCEL", quick, Map.of());

        assertThat(stopped.getMessage().getBody(StatementStatus.class).isCanceled())
                .isTrue();
        assertThat(tooLate.getMessage().getBody(StatementStatus.class).isFinished())
                .isTrue();
        Awaitility.await().until(() -> stored(HandleState.COMPLETED).size() == 2);
    }

    @Test
    void shouldReleaseAResult() {
        StatementReference quick = submitted("SELECT quick");
        Awaitility.await().until(() -> stored(HandleState.COMPLETED).size() == 1);

        Exchange closed = send("operation=CLOSE", quick, Map.of("mine", "kept"));
        assertThat(closed.getException()).isNull();
        assertThat(closed.getMessage().getHeader("mine")).isEqualTo("kept");
        assertThat(send("operation=STATUS", quick, Map.of())
                        .getMessage()
                        .getBody(StatementStatus.class)
                        .state())
                .isEqualTo(StatementState.CLOSED);
    }

    @Test
    void shouldPickAHandleUpElsewhereByItsText() {
        String text = send("operation=SUBMIT&query=SELECT slow").getMessage().getBody(String.class);
        assertThat(text).startsWith("dbsql1/REST/");

        try (RunningContext other = new RunningContext()) {
            Exchange exchange = other.send(uri("elsewhere", "operation=CANCEL"), text, Map.of());
            assertThat(exchange.getMessage().getBody(StatementStatus.class).isCanceled())
                    .isTrue();
        }
    }

    @Test
    void shouldRefuseTheHandleOfAnotherWorkspaceAndLeaveItAsItIs() {
        String foreign = "dbsql1/REST/dbc-1.cloud.databricks.com/abc/01f0-1";

        Exchange exchange = send("operation=CANCEL", foreign, Map.of());

        assertThat(exchange.getException())
                .isInstanceOf(ForeignHandleException.class)
                .hasMessageContaining("dbc-1.cloud.databricks.com");
        assertThat(exchange.getMessage().getBody()).isEqualTo(foreign);
        assertThat(warehouse.requests()).isEmpty();
    }

    @Test
    void shouldRefuseTheHandleOfAnotherTransport() {
        String foreign = submitted("SELECT quick").text().replace("/REST/", "/JDBC_SEA/");

        assertThat(send("operation=STATUS", foreign, Map.of()).getException())
                .isInstanceOf(ForeignHandleException.class)
                .hasMessageContaining("JDBC_SEA");
    }

    @Test
    void shouldSayWhenThereIsNoHandle() {
        assertThat(send("operation=STATUS").getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The handle is missing");
        assertThat(send("operation=STATUS", "my secret text", Map.of()).getException())
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldSayThatTheServerDoesNotKnowAStatement() {
        String unknown = submitted("SELECT quick").text() + "0";

        for (String operation : List.of("STATUS", "CANCEL")) {
            assertThat(send("operation=" + operation, unknown, Map.of()).getException())
                    .isInstanceOf(PermanentDatabricksException.class)
                    .hasMessageContaining("does not know this statement");
        }
    }

    @Test
    void shouldGoOnWatchingAfterAStop() throws Exception {
        submitted("SELECT slow");

        camel.component().stop();
        assertThat(requests("DELETE", "/statements/")).isZero();
        assertThat(requests("POST", "/cancel")).isZero();
        camel.component().start();
        // another endpoint of the same name makes this node look after the handles of the name
        assertThat(camel.send(uri("reports", "operation=SUBMIT&query=SELECT quick"), null, Map.of())
                        .getException())
                .isNull();

        warehouse.advanceClock(Duration.ofMinutes(6));
        Awaitility.await().until(() -> stored(HandleState.COMPLETED).size() == 2);
    }
}
