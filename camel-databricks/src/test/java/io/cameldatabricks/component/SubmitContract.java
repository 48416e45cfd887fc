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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.StatementDetachedException;
import io.cameldatabricks.component.error.TransientDatabricksException;
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
import io.cameldatabricks.testinfra.WarehouseStatement;

import static org.assertj.core.api.Assertions.assertThat;

/** SUBMIT, STATUS, CANCEL and CLOSE, whatever the transport. */
@Timeout(60)
abstract class SubmitContract {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final Transport transport;
    private final String options;
    private RunningContext camel;

    /** @param options that say where to connect and how */
    SubmitContract(Transport transport, String options) {
        this.transport = transport;
        this.options = options;
    }

    /** Prepares a context of which the options speak. */
    void prepare(RunningContext context) {}

    final RunningContext camel() {
        return camel;
    }

    @BeforeEach
    void start() {
        camel = new RunningContext();
        prepare(camel);
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(Script.matching("SELECT quick.*").column("a", "INT").row(1));
        warehouse.script(Script.matching("SELECT slow.*")
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

    final String uri(String name, String more) {
        return "databricks:" + name + "?"
                + options.replace("$PLACE", warehouse.endpointOptions())
                        .replace("$HOST", warehouse.httpUrl())
                        .replace("$CLUSTER", warehouse.clusterHttpPath())
                        .replace("$TOKEN", warehouse.token())
                + "&" + more;
    }

    final Exchange send(String options) {
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
        return camel.component().services().memoryRepository().list("reports", state, 100);
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
        assertThat(handle.target().transport()).isEqualTo(transport);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.HANDLE)).isEqualTo(handle);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.STATEMENT_ID))
                .isEqualTo(handle.id().publicPart());
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
        assertThat(warehouse.statements()).anySatisfy(statement -> {
            assertThat(statement.sql()).startsWith("SELECT slow");
            assertThat(statement.sql() + statement.tags()).contains("camel_handle", stored.key());
        });
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
        assertThat(camel.component().services().memoryRepository().counts("reports"))
                .isEmpty();
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
        assertThat(closed.getMessage().getHeader(DatabricksConstants.STATE)).isEqualTo("CLOSED");
        assertThat(warehouse.statements())
                .filteredOn(statement -> statement.id().equals(quick.id().publicPart()))
                .allSatisfy(statement -> assertThat(statement.state()).isEqualTo("CLOSED"));
    }

    @Test
    void shouldPickAHandleUpElsewhereByItsText() {
        String text = send("operation=SUBMIT&query=SELECT slow").getMessage().getBody(String.class);
        assertThat(text).startsWith("dbsql1/" + transport + "/");

        try (RunningContext other = new RunningContext()) {
            prepare(other);
            Exchange exchange = other.send(uri("elsewhere", "operation=CANCEL"), text, Map.of());
            assertThat(exchange.getMessage().getBody(StatementStatus.class).isCanceled())
                    .isTrue();
        }
    }

    @Test
    void shouldRefuseTheHandleOfAnotherWorkspaceAndLeaveItAsItIs() {
        String foreign = submitted("SELECT quick")
                .text()
                .replace(warehouse.host() + ":" + warehouse.port(), "dbc-1.cloud.databricks.com");

        Exchange exchange = send("operation=CANCEL", foreign, Map.of());

        assertThat(exchange.getException())
                .isInstanceOf(ForeignHandleException.class)
                .hasMessageContaining("dbc-1.cloud.databricks.com");
        assertThat(exchange.getMessage().getBody()).isEqualTo(foreign);
        assertThat(requests("POST", "/cancel")).isZero();
    }

    @Test
    void shouldRefuseTheHandleOfAnotherTransport() {
        Transport other = transport == Transport.REST ? Transport.JDBC_SEA : Transport.REST;
        String foreign = "dbsql1/" + other + "/" + warehouse.host() + ":" + warehouse.port() + "/"
                + warehouse.warehouseId() + "/01f0-1";

        assertThat(send("operation=STATUS", foreign, Map.of()).getException())
                .isInstanceOf(ForeignHandleException.class)
                .hasMessageContaining(other.name());
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
        String known = submitted("SELECT quick").text();
        String unknown = known.substring(0, known.length() - 1) + (known.endsWith("0") ? '1' : '0');

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

    @Test
    void shouldReadTheResultOfAStatementThatHasEnded() {
        StatementReference quick = submitted("SELECT quick");
        Awaitility.await().until(() -> stored(HandleState.COMPLETED).size() == 1);

        Exchange exchange = send("operation=RESULT", quick.text(), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of(Map.of("a", 1)));
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.HANDLE)).isEqualTo(quick);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.ROW_COUNT))
                .isEqualTo(1);
    }

    @Test
    void shouldWaitForTheResultOfAStatementThatRuns() {
        StatementReference slow = submitted("SELECT slow");
        CompletableFuture<Exchange> waiting =
                CompletableFuture.supplyAsync(() -> send("operation=RESULT", slow, Map.of()));
        Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains("DatabricksFetch")));
        assertThat(waiting).isNotDone();

        warehouse.advanceClock(Duration.ofMinutes(6));

        assertThat(waiting.orTimeout(60, TimeUnit.SECONDS).join().getMessage().getBody())
                .isEqualTo(List.of(Map.of("a", 1)));
    }

    @Test
    void shouldSayThatThereIsNoResultYet() {
        StatementReference slow = submitted("SELECT slow");

        for (String limit : List.of("0", "50")) {
            Exchange exchange = send("operation=RESULT&resultTimeout=" + limit, slow, Map.of());
            assertThat(exchange.getException())
                    .isInstanceOf(TransientDatabricksException.class)
                    .hasMessageContaining("resultTimeout");
            assertThat(exchange.getMessage().getHeader(DatabricksConstants.STATEMENT_ID))
                    .isEqualTo(slow.id().publicPart());
        }
        assertThat(requests("POST", "/cancel")).isZero();
    }

    @Test
    void shouldFailTheMessageWhenTheStatementFailed() {
        StatementReference wrong = submitted("SELECT wrong");

        assertThat(send("operation=RESULT", wrong, Map.of()).getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("42P01");
    }

    @Test
    void shouldExecuteWithoutHoldingAThread() {
        Exchange exchange = send("async=true&query=SELECT quick");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of(Map.of("a", 1)));
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.STATE)).isEqualTo("SUCCEEDED");
        assertThat(send("async=true&query=SELECT wrong").getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("42P01");
        // nothing is owed to anybody afterwards
        assertThat(camel.component().services().memoryRepository().counts("reports"))
                .isEmpty();
    }

    private String lastState(Object statementId) {
        return warehouse.statements().stream()
                .filter(statement -> statement.id().equals(statementId))
                .map(WarehouseStatement::state)
                .findFirst()
                .orElse("none");
    }

    @Test
    void shouldCancelWhatRunsTooLongWithoutAThread() {
        Exchange exchange = send("async=true&queryTimeout=300&query=SELECT slow");

        assertThat(exchange.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessage("The statement ran longer than queryTimeout=300ms and was cancelled");
        assertThat(lastState(exchange.getMessage().getHeader(DatabricksConstants.STATEMENT_ID)))
                .isEqualTo("CANCELED");
    }

    @Test
    void shouldLeaveWhatRunsTooLongRunningOnDemand() {
        Exchange exchange = send("async=true&queryTimeout=300&onTimeout=DETACH&query=SELECT slow");

        assertThat(exchange.getException())
                .isInstanceOf(StatementDetachedException.class)
                .hasMessageStartingWith("The statement ran longer than queryTimeout=300ms; it was left running");
        StatementReference handle =
                exchange.getMessage().getHeader(DatabricksConstants.HANDLE, StatementReference.class);
        warehouse.advanceClock(Duration.ofMinutes(6));
        assertThat(send("operation=RESULT", handle, Map.of()).getMessage().getBody())
                .isEqualTo(List.of(Map.of("a", 1)));
    }

    private CompletableFuture<Exchange> waiting(String options) throws Exception {
        String uri = uri("waiting", "async=true&" + options + "&query=SELECT slow");
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:waiting").routeId("waiting").to(uri);
            }
        });
        CompletableFuture<Exchange> waiting =
                CompletableFuture.supplyAsync(() -> camel.send("direct:waiting", null, Map.of()));
        Awaitility.await().until(() -> warehouse.statements().stream()
                .anyMatch(statement -> statement.sql().startsWith("SELECT slow")
                        && statement.state().equals("RUNNING")));
        return waiting;
    }

    @Test
    void shouldCancelWhatIsWaitedForWhenTheRouteIsStoppedByForce() throws Exception {
        CompletableFuture<Exchange> waiting = waiting("onTimeout=CANCEL");

        camel.context().getRouteController().stopRoute("waiting", 1, TimeUnit.SECONDS);

        assertThat(waiting.orTimeout(60, TimeUnit.SECONDS).join().getException())
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage("The endpoint was stopped while the statement was running and was cancelled");
        assertThat(lastState(waiting.orTimeout(60, TimeUnit.SECONDS)
                        .join()
                        .getMessage()
                        .getHeader(DatabricksConstants.STATEMENT_ID)))
                .isEqualTo("CANCELED");
    }

    @Test
    void shouldLeaveWhatIsWaitedForRunningWhenTheRouteIsStoppedByForce() throws Exception {
        CompletableFuture<Exchange> waiting = waiting("onTimeout=DETACH");

        camel.context().getRouteController().stopRoute("waiting", 1, TimeUnit.SECONDS);

        assertThat(waiting.orTimeout(60, TimeUnit.SECONDS).join().getException())
                .isInstanceOf(StatementDetachedException.class)
                .hasMessageStartingWith(
                        "The endpoint was stopped while the statement was running; it was left running");
        assertThat(requests("POST", "/cancel")).isZero();
        assertThat(requests("DELETE", "/statements/")).isZero();
        assertThat(lastState(waiting.orTimeout(60, TimeUnit.SECONDS)
                        .join()
                        .getMessage()
                        .getHeader(DatabricksConstants.STATEMENT_ID)))
                .isEqualTo("RUNNING");
    }

    @Test
    void shouldEndWhatWaitsWhenTheComponentStops() {
        CompletableFuture<Exchange> waiting = CompletableFuture.supplyAsync(() -> send("async=true&query=SELECT slow"));
        Awaitility.await().until(() -> warehouse.statements().stream()
                .anyMatch(statement -> statement.sql().startsWith("SELECT slow")
                        && statement.state().equals("RUNNING")));

        camel.component().stop();

        assertThat(waiting.orTimeout(60, TimeUnit.SECONDS).join().getException())
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage("The endpoint was stopped while the statement was running and was cancelled");
        camel.component().start();
    }
}
