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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** What was submitted to a name arrives at the consumer of the name. */
@Timeout(60)
class DatabricksConsumerTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private RunningContext camel;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(
                Script.matching("SELECT [0-9]+").column("a", "INT").row(1).row(2));
        warehouse.script(Script.statement("SELECT slow")
                .takes(Duration.ofMinutes(5))
                .column("a", "INT")
                .row(3));
        warehouse.script(Script.statement("INSERT quick").updateCount(42));
        warehouse.script(
                Script.matching(".*wrong.*").fails("42P01", "[TABLE_OR_VIEW_NOT_FOUND] The table is not there"));
    }

    @AfterEach
    void stop() {
        camel.close();
        // nothing that a consumer does may release or cancel a statement
        assertThat(warehouse.requests())
                .noneMatch(request ->
                        request.method().equals("DELETE") && request.uri().contains("/statements/"));
    }

    private static String uri(String name, String options) {
        return "databricks:" + name + "?" + warehouse.endpointOptions() + (options.isEmpty() ? "" : "&" + options);
    }

    private StatementReference submit(String name, String query) {
        return submit(name, query, Map.of());
    }

    private StatementReference submit(String name, String query, Map<String, Object> headers) {
        Exchange exchange =
                camel.send(uri(name, "operation=SUBMIT&carryHeaders=order*&query=" + query), "body", headers);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(StatementReference.class);
    }

    private MockEndpoint mock(String name) {
        return camel.context().getEndpoint("mock:" + name, MockEndpoint.class);
    }

    private List<?> rows(String mock) {
        return mock(mock).getExchanges().get(0).getMessage().getBody(List.class);
    }

    private void route(RouteBuilder routes) throws Exception {
        camel.context().addRoutes(routes);
    }

    private void deliverTo(String mock, String options) throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("reports", options)).routeId("delivery").to("mock:" + mock);
            }
        });
    }

    private List<StatementHandle> stored(HandleState state) {
        return camel.component().memoryRepository().list("reports", state, 1000);
    }

    private void awaitStored(HandleState state, int count) {
        Awaitility.await().untilAsserted(() -> assertThat(stored(state)).hasSize(count));
    }

    @Test
    void shouldDeliverTheResultOfWhatWasSubmitted() throws Exception {
        deliverTo("results", "");
        Instant before = Instant.now();
        mock("results").expectedMessageCount(1);
        StatementReference handle =
                submit("reports", "SELECT 1", Map.of("orderNumber", 7, "CamelDatabricksCorrelationId", "c-7"));
        mock("results").assertIsSatisfied();

        Exchange exchange = mock("results").getExchanges().get(0);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of(Map.of("a", 1), Map.of("a", 2)));
        Map<String, Object> headers = exchange.getMessage().getHeaders();
        assertThat(headers)
                .containsEntry("CamelDatabricksHandle", handle)
                .containsEntry("CamelDatabricksStatementId", handle.id().reveal())
                .containsEntry("CamelDatabricksState", "SUCCEEDED")
                .containsEntry("CamelDatabricksRowCount", 2)
                .containsEntry("CamelDatabricksColumnNames", List.of("a"))
                .containsEntry("CamelDatabricksTruncated", false)
                .containsEntry("CamelDatabricksDeliveryCount", 1)
                .containsEntry("CamelDatabricksCorrelationId", "c-7")
                .containsEntry("orderNumber", 7)
                .containsKeys(
                        "CamelDatabricksSubmittedAt", "CamelDatabricksCompletedAt", "CamelDatabricksResultExpiresAt");
        assertThat((Instant) headers.get("CamelDatabricksSubmittedAt")).isBetween(before, Instant.now());
        assertThat(exchange.getFromRouteId()).isEqualTo("delivery");
        awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldDeliverANumberOfRowsWritten() throws Exception {
        deliverTo("results", "");
        mock("results").expectedMessageCount(1);
        submit("reports", "INSERT quick");
        mock("results").assertIsSatisfied();

        assertThat(mock("results").getExchanges().get(0).getMessage().getHeaders())
                .containsEntry("CamelDatabricksUpdateCount", 42L)
                .doesNotContainKeys("CamelDatabricksRowCount", "CamelDatabricksColumnNames");
    }

    @Test
    void shouldDeliverOnlyToItsOwnName() throws Exception {
        deliverTo("results", "outputType=SELECT_ONE");
        mock("results").expectedMessageCount(0);
        submit("others", "SELECT 1");
        Awaitility.await()
                .until(() -> camel.component()
                                .memoryRepository()
                                .list("others", HandleState.COMPLETED, 10)
                                .size()
                        == 1);
        mock("results").assertIsSatisfied(200);
    }

    @Test
    void shouldTakeAFailureToTheErrorHandlerOfTheRoute() throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DatabricksException.class).handled(true).to("direct:alert");
                from("direct:alert").to("mock:alert");
                from(uri("reports", "")).to("mock:results");
            }
        });
        mock("alert").expectedMessageCount(1);
        mock("results").expectedMessageCount(0);
        StatementReference handle = submit("reports", "SELECT wrong", Map.of("orderNumber", 7));
        mock("alert").assertIsSatisfied();
        mock("results").assertIsSatisfied();

        Exchange exchange = mock("alert").getExchanges().get(0);
        Exception caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        assertThat(caught)
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("CamelDatabricksHandle", handle)
                .containsEntry("CamelDatabricksState", "FAILED")
                .containsEntry("CamelDatabricksSqlState", "42P01")
                .containsEntry("CamelDatabricksErrorCode", "TABLE_OR_VIEW_NOT_FOUND")
                .containsEntry("orderNumber", 7);
        awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldTakeAFailureToADeadLetterChannelThatTriesAgain() throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(
                        deadLetterChannel("mock:dead").maximumRedeliveries(2).redeliveryDelay(1));
                from(uri("reports", "")).to("mock:results");
            }
        });
        mock("dead").expectedMessageCount(1);
        mock("results").expectedMessageCount(0);
        submit("reports", "SELECT wrong");
        mock("dead").assertIsSatisfied();
        mock("results").assertIsSatisfied(100);
        awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldKeepAFailureThatNobodyHandles() throws Exception {
        deliverTo("results", "");
        submit("reports", "SELECT wrong");
        awaitStored(HandleState.DEAD, 1);

        assertThat(stored(HandleState.DEAD).get(0).delivery().deadReason())
                .startsWith("1 delivery failed, with " + PermanentDatabricksException.class.getName()
                        + ": The statement failed");
        assertThat(mock("results").getExchanges()).isEmpty();
    }

    @Test
    void shouldOnlyLogFailuresIfToldSo() throws Exception {
        try (LogCapture log = new LogCapture()) {
            deliverTo("results", "deliverFailures=false");
            mock("results").expectedMessageCount(1);
            submit("reports", "SELECT wrong");
            submit("reports", "SELECT 1");
            mock("results").assertIsSatisfied();
            awaitStored(HandleState.DELIVERED, 2);
            assertThat(log.lines()).anyMatch(line -> line.startsWith("A statement of reports came to no result"));
        }
    }

    @Test
    void shouldDeliverAgainWhatTheRouteFailedOn() throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("reports", "redeliveryDelay=50"))
                        .to("mock:tries")
                        .filter(header("CamelDatabricksDeliveryCount").isLessThan(3))
                        .throwException(new IllegalStateException("not yet"))
                        .end()
                        .to("mock:results");
            }
        });
        mock("tries").expectedMessageCount(3);
        mock("results").expectedMessageCount(1);
        submit("reports", "SELECT 1");
        MockEndpoint.assertIsSatisfied(camel.context());
        assertThat(mock("tries").getExchanges())
                .extracting(exchange -> exchange.getMessage().getHeader("CamelDatabricksDeliveryCount"))
                .containsExactly(1, 2, 3);
        assertThat(rows("results")).as("its rows are read again").hasSize(2);
        awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldGiveUpAfterTheLastDelivery() throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("reports", "redeliveryDelay=20&maxDeliveries=2"))
                        .to("mock:tries")
                        .throwException(new IllegalStateException("never"));
            }
        });
        submit("reports", "SELECT 1");
        awaitStored(HandleState.DEAD, 1);
        assertThat(mock("tries").getExchanges()).hasSize(2);
        assertThat(stored(HandleState.DEAD).get(0).delivery().deadReason())
                .startsWith("2 deliveries failed, the last with java.lang.IllegalStateException");
    }

    @Test
    void shouldConfirmWhatAnErrorHandlerHasHandled() throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("mock:dead"));
                from(uri("reports", "")).throwException(new IllegalStateException("ugly"));
            }
        });
        mock("dead").expectedMessageCount(1);
        submit("reports", "SELECT 1");
        mock("dead").assertIsSatisfied();
        awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldKeepTheRestInTheRepositoryWhileTheRouteIsBusy() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("reports", "maxInFlight=3"))
                        .to("mock:begun")
                        .process(exchange -> release.await())
                        .to("mock:results");
            }
        });
        for (int i = 0; i < 12; i++) {
            submit("reports", "SELECT " + i);
        }
        awaitStored(HandleState.COMPLETED, 9);
        assertThat(stored(HandleState.CLAIMED)).hasSize(3);
        Awaitility.await().until(() -> mock("begun").getExchanges().size() == 3);
        mock("results").expectedMessageCount(12);
        release.countDown();
        mock("results").assertIsSatisfied();
        awaitStored(HandleState.DELIVERED, 12);
    }

    @Test
    void shouldNotLetASlowRouteDelayAnother() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("reports", "")).process(exchange -> release.await()).to("mock:slow");
                from(uri("others", "")).to("mock:fast");
                from(uri("failing", "redeliveryDelay=1")).throwException(new IllegalStateException("always"));
            }
        });
        for (int i = 0; i < 15; i++) {
            submit("reports", "SELECT " + i);
            submit("failing", "SELECT " + i);
        }
        Awaitility.await().until(() -> stored(HandleState.CLAIMED).size() == 10);
        mock("fast").expectedMessageCount(30);
        for (int i = 0; i < 30; i++) {
            submit("others", "SELECT " + i);
        }
        mock("fast").assertIsSatisfied();
        assertThat(mock("slow").getExchanges()).isEmpty();
        mock("slow").expectedMessageCount(15);
        release.countDown();
        mock("slow").assertIsSatisfied();
    }

    @Test
    void shouldClaimNothingWhileSuspended() throws Exception {
        deliverTo("results", "");
        camel.context().getRouteController().suspendRoute("delivery");
        submit("reports", "SELECT 1");
        awaitStored(HandleState.COMPLETED, 1);
        mock("results").expectedMessageCount(0);
        mock("results").assertIsSatisfied(300);

        mock("results").expectedMessageCount(1);
        camel.context().getRouteController().resumeRoute("delivery");
        mock("results").assertIsSatisfied();
    }

    @Test
    void shouldDeliverAfterARestartWhatEndedMeanwhile() throws Exception {
        deliverTo("results", "");
        submit("reports", "SELECT 1");
        awaitStored(HandleState.DELIVERED, 1);
        camel.context().getRouteController().stopRoute("delivery");
        submit("reports", "SELECT 2");
        submit("reports", "SELECT 3");
        awaitStored(HandleState.COMPLETED, 2);

        camel.context().getRouteController().startRoute("delivery");
        awaitStored(HandleState.DELIVERED, 3);
        assertThat(mock("results").getExchanges()).hasSize(3);
    }

    @Test
    void shouldLetWhatIsInFlightEndBeforeAStop() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("reports", "maxInFlight=1"))
                        .routeId("delivery")
                        .process(exchange -> {
                            begun.countDown();
                            release.await();
                        })
                        .to("mock:results");
            }
        });
        submit("reports", "SELECT 1");
        submit("reports", "SELECT 2");
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        Thread stopping = new Thread(() -> {
            try {
                camel.context().getRouteController().stopRoute("delivery");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        stopping.start();
        Awaitility.await()
                .until(() -> camel.context().getRoute("delivery").getConsumer() instanceof DatabricksConsumer consumer
                        && consumer.isSuspended());
        release.countDown();
        stopping.join();

        assertThat(stored(HandleState.DELIVERED)).hasSize(1);
        assertThat(stored(HandleState.COMPLETED)).hasSize(1);
        assertThat(mock("results").getExchanges()).hasSize(1);
    }

    @Test
    void shouldCancelOnStopIfToldSo() throws Exception {
        deliverTo("results", "onStop=CANCEL");
        submit("reports", "SELECT slow");
        awaitStored(HandleState.SUBMITTED, 1);
        camel.context().getRouteController().stopRoute("delivery");

        awaitStored(HandleState.COMPLETED, 1);
        assertThat(stored(HandleState.COMPLETED).get(0).status().state().name()).isEqualTo("CANCELED");
    }

    @Test
    void shouldWaitOnStopIfToldSo() throws Exception {
        deliverTo("results", "onStop=WAIT");
        submit("reports", "SELECT slow");
        awaitStored(HandleState.SUBMITTED, 1);
        Thread stopping = new Thread(() -> {
            try {
                camel.context().getRouteController().stopRoute("delivery");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        stopping.start();
        warehouse.advanceClock(Duration.ofMinutes(6));
        stopping.join();

        assertThat(mock("results").getExchanges()).hasSize(1);
        assertThat(stored(HandleState.DELIVERED)).hasSize(1);
    }

    @Test
    void shouldConfirmWhenTheOtherEndOfASedaIsDone() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("reports", "")).to("seda:later");
                from("seda:later")
                        .to("mock:begun")
                        .process(exchange -> release.await())
                        .to("mock:results");
            }
        });
        mock("begun").expectedMessageCount(1);
        submit("reports", "SELECT 1");
        mock("begun").assertIsSatisfied();
        assertThat(stored(HandleState.CLAIMED)).hasSize(1);
        release.countDown();
        awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldDeliverOverAWireTap() throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("reports", "")).wireTap("mock:tap").to("mock:results");
            }
        });
        mock("tap").expectedMessageCount(1);
        mock("results").expectedMessageCount(1);
        submit("reports", "SELECT 1");
        MockEndpoint.assertIsSatisfied(camel.context());
        awaitStored(HandleState.DELIVERED, 1);
        assertThat(rows("tap")).hasSize(2);
    }

    @Test
    void shouldNeedNoQueryAndTellWhatIsWrong() {
        List<List<String>> wrong = Arrays.asList(
                List.of("maxInFlight=0", "Results cannot be delivered: maxInFlight must be 1 to 1000, not 0."),
                List.of("maxDeliveries=0", "Results cannot be delivered: maxDeliveries must be 1 or more, not 0."),
                List.of("redeliveryDelay=-1", "Results cannot be delivered: redeliveryDelay must be 0 or more."));
        for (List<String> each : wrong) {
            Throwable failure = org.assertj.core.api.Assertions.catchThrowable(() -> deliverTo("results", each.get(0)));
            List<String> messages = new ArrayList<>();
            for (Throwable t = failure; t != null; t = t.getCause()) {
                messages.add(t.getMessage());
            }
            assertThat(messages).contains(each.get(1));
        }
    }
}
