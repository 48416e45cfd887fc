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
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.StatementDetachedException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseStatement;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of statements that are no longer waited for: on the server, and in the message. */
@Timeout(90)
class StoppedStatementTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private RunningContext camel;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(Script.statement("SELECT slow")
                .takes(Duration.ofMinutes(5))
                .column("a", "INT")
                .row(7));
        warehouse.script(Script.statement("SELECT 1").column("a", "INT").row(1));
    }

    @AfterEach
    void stop() {
        warehouse.advanceClock(Duration.ofMinutes(6));
        camel.close();
    }

    @Test
    void shouldLeaveAStatementRunningWhenItsTimeIsOver() {
        String uri = uri("onTimeout=DETACH&queryTimeout=300&query=SELECT slow");

        Exchange exchange = camel.send(uri);

        String id = exchange.getMessage().getHeader(DatabricksConstants.STATEMENT_ID, String.class);
        assertThat(exchange.getException())
                .isInstanceOf(StatementDetachedException.class)
                .hasMessage("The statement ran longer than queryTimeout=300ms; it was left running as statement " + id);
        assertThat(stateOf(id)).isEqualTo("RUNNING");

        // its handle finds it, also when the connection is gone
        StatementReference handle =
                exchange.getMessage().getHeader(DatabricksConstants.HANDLE, StatementReference.class);
        camel.component().stop();
        warehouse.advanceClock(Duration.ofMinutes(6));
        try (RunningContext later = new RunningContext()) {
            Exchange status = later.send(uri("operation=STATUS"), handle, Map.of());
            assertThat(status.getException()).isNull();
            assertThat(status.getMessage().getBody(StatementStatus.class).state())
                    .isEqualTo(StatementState.SUCCEEDED);
        }
    }

    @Test
    void shouldUseTheConnectionOfADetachedStatementAgain() {
        camel.send(uri("maxPoolSize=1&onTimeout=DETACH&queryTimeout=300&query=SELECT slow"));

        Exchange next = camel.send(uri("maxPoolSize=1&onTimeout=DETACH&queryTimeout=300&query=SELECT 1"));

        assertThat(next.getException()).isNull();
        assertThat(warehouse.requests().stream()
                        .filter(request -> request.uri().endsWith("/sessions"))
                        .count())
                .isEqualTo(1);
        assertThat(running()).isEqualTo(1);
    }

    @Test
    void shouldReportTheEndThatItSawOfACancelledStatement() {
        Exchange exchange = camel.send(uri("queryTimeout=300&query=SELECT slow"));

        assertThat(exchange.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessage("The statement ran longer than queryTimeout=300ms and was cancelled");
        assertThat(stateOf(exchange.getMessage().getHeader(DatabricksConstants.STATEMENT_ID, String.class)))
                .isEqualTo("CANCELED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queryTimeout=1h&", ""})
    void shouldCancelWhatRunsWhenTheRouteIsStopped(String options) throws Exception {
        Future<Exchange> sent = sendToRoute(uri(options + "query=SELECT slow"));

        Thread stop = stopRoute();
        // the server answers after ten seconds, and only then the driver knows what to cancel
        Awaitility.await().until(() -> !stop.isAlive() || awaitsStatements(stop));
        warehouse.advanceClock(Duration.ofSeconds(10));

        Exchange exchange = sent.get(40, TimeUnit.SECONDS);
        assertThat(exchange.getException())
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage("The endpoint was stopped while the statement was running and was cancelled");
        stop.join();
        assertThat(running()).isZero();
        assertThat(warehouse.statements()).extracting(WarehouseStatement::state).contains("CANCELED");
    }

    @Test
    void shouldLeaveRunningWhatRunsWhenTheRouteIsStopped() throws Exception {
        Future<Exchange> sent = sendToRoute(uri("onTimeout=DETACH&query=SELECT slow"));

        camel.context().getRouteController().stopRoute("stopped", 100, TimeUnit.MILLISECONDS);

        Exchange exchange = sent.get(40, TimeUnit.SECONDS);
        assertThat(exchange.getException())
                .isInstanceOf(StatementDetachedException.class)
                .hasMessageStartingWith(
                        "The endpoint was stopped while the statement was running; it was left running as statement ");
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.HANDLE)).isInstanceOf(StatementReference.class);
        assertThat(running()).isEqualTo(1);
    }

    @Test
    void shouldNotTouchTheStatementsOfOtherRoutes() throws Exception {
        Future<Exchange> sent = sendToRoute(uri("queryTimeout=1h&query=SELECT slow"));
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").routeId("other").to(uri("queryTimeout=1h&query=SELECT slow"));
            }
        });
        Future<Exchange> other = camel.template().asyncSend("direct:other", exchange -> {});
        Awaitility.await().until(() -> running() == 2);

        camel.context().getRouteController().stopRoute("other", 100, TimeUnit.MILLISECONDS);

        assertThat(other.get(40, TimeUnit.SECONDS).getException()).isInstanceOf(TransientDatabricksException.class);
        assertThat(running()).isEqualTo(1);
        assertThat(sent.isDone()).isFalse();
    }

    private Thread stopRoute() {
        Thread stop = new Thread(() -> {
            try {
                camel.context().getRouteController().stopRoute("stopped", 100, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        stop.start();
        return stop;
    }

    private static boolean awaitsStatements(Thread stop) {
        return Stream.of(stop.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitStatements"));
    }

    private Future<Exchange> sendToRoute(String uri) throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stopped").routeId("stopped").to(uri);
            }
        });
        Future<Exchange> sent = camel.template().asyncSend("direct:stopped", exchange -> {});
        Awaitility.await().until(() -> running() == 1);
        return sent;
    }

    private static long running() {
        return warehouse.statements().stream()
                .filter(statement -> statement.state().equals("RUNNING"))
                .count();
    }

    private static String stateOf(String id) {
        return warehouse.statements().stream()
                .filter(statement -> statement.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static String uri(String options) {
        return "databricks:stopped?" + warehouse.endpointOptions() + "&" + options;
    }
}
