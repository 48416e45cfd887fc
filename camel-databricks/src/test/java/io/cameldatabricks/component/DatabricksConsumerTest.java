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
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.ResultTruncatedException;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was submitted to a name arrives at the consumer of the name. */
@Timeout(120)
class DatabricksConsumerTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private ConsumerScenario scenario;

    @BeforeEach
    void start() {
        scenario = new ConsumerScenario(warehouse);
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void shouldDeliverTheResultOfWhatWasSubmitted() throws Exception {
        scenario.deliverTo("results", "");
        Instant before = Instant.now();
        scenario.mock("results").expectedMessageCount(1);
        StatementReference handle =
                scenario.submit("reports", "SELECT 1", Map.of("orderNumber", 7, "CamelDatabricksCorrelationId", "c-7"));
        scenario.mock("results").assertIsSatisfied();

        Exchange exchange = scenario.mock("results").getExchanges().get(0);
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
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldDeliverANumberOfRowsWritten() throws Exception {
        scenario.deliverTo("results", "");
        scenario.mock("results").expectedMessageCount(1);
        scenario.submit("INSERT quick");
        scenario.mock("results").assertIsSatisfied();

        assertThat(scenario.mock("results").getExchanges().get(0).getMessage().getHeaders())
                .containsEntry("CamelDatabricksUpdateCount", 42L)
                .doesNotContainKeys("CamelDatabricksRowCount", "CamelDatabricksColumnNames");
    }

    @Test
    void shouldDeliverWhatWasCutByTheLimitOfTheSubmit() throws Exception {
        scenario.deliverTo("results", "failOnTruncated=true");
        scenario.mock("results").expectedMessageCount(1);
        scenario.submit("reports", "SELECT 1", Map.of(DatabricksConstants.ROW_LIMIT, 1));
        scenario.mock("results").assertIsSatisfied();

        assertThat(scenario.rows("results")).hasSize(1);
        assertThat(scenario.mock("results").getExchanges().get(0).getMessage().getHeader("CamelDatabricksTruncated"))
                .isEqualTo(true);
    }

    @Test
    void shouldReadTheResultOfALimitedStatementWithTheSameLimit() {
        StatementReference handle = scenario.submit("reports", "SELECT 1", Map.of(DatabricksConstants.ROW_LIMIT, 1));
        scenario.awaitStored(HandleState.COMPLETED, 1);

        Exchange cut = scenario.camel().send(scenario.uri("reports", "operation=RESULT"), handle, Map.of());
        Exchange asWanted =
                scenario.camel().send(scenario.uri("reports", "operation=RESULT&rowLimit=1"), handle, Map.of());

        assertThat(cut.getException()).isInstanceOf(ResultTruncatedException.class);
        assertThat((List<?>) asWanted.getMessage().getBody()).hasSize(1);
    }

    @Test
    void shouldWatchAsTheConsumerSaysWhoeverSubmits() throws Exception {
        scenario.deliverTo("results", "minPollInterval=50&pollRatio=0.05&onStop=CANCEL");
        scenario.submitTo("minPollInterval=5s&maxPollInterval=1m", "SELECT slow");

        // the consumer knows what was submitted by an endpoint with other options
        scenario.camel().context().getRouteController().stopRoute("delivery");

        ConsumerScenario.await().untilAsserted(() -> assertThat(warehouse.statements())
                .filteredOn(statement -> statement.sql().equals("SELECT slow"))
                .extracting(statement -> statement.state())
                .containsOnly("CANCELED"));
    }

    @Test
    void shouldRefuseTwoConsumersOfANameThatWatchDifferently() throws Exception {
        scenario.deliverTo("results", "");

        assertThatThrownBy(() -> scenario.route(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(scenario.uri("reports", "pollRatio=0.5")).to("mock:other");
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("watches with other options");
    }

    /** As Camel's supervising route controller starts a route again and again until it can. */
    @Test
    void shouldServeAfterAStartThatFailed() throws Exception {
        scenario.deliverTo("results", "");
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", "pollRatio=0.5"))
                        .routeId("other")
                        .autoStartup(false)
                        .to("mock:other");
            }
        });
        RouteController routes = scenario.camel().context().getRouteController();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> routes.startRoute("other")).hasStackTraceContaining("watches with other options");
        }
        routes.stopRoute("delivery");

        routes.startRoute("other");

        scenario.mock("other").expectedMessageCount(1);
        scenario.submit("SELECT 1");
        scenario.mock("other").assertIsSatisfied();
    }

    @Test
    void shouldDeliverOnlyToItsOwnName() throws Exception {
        scenario.deliverTo("results", "outputType=SELECT_ONE");
        scenario.mock("results").expectedMessageCount(0);
        scenario.submit("others", "SELECT 1", Map.of());
        ConsumerScenario.await()
                .until(() -> scenario.camel()
                                .component()
                                .services()
                                .memoryRepository()
                                .list("others", HandleState.COMPLETED, 10)
                                .size()
                        == 1);
        scenario.mock("results").assertIsSatisfied(200);
    }

    @Test
    void shouldTakeAFailureToTheErrorHandlerOfTheRoute() throws Exception {
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DatabricksException.class).handled(true).to("direct:alert");
                from("direct:alert").to("mock:alert");
                from(scenario.uri("reports", "")).to("mock:results");
            }
        });
        scenario.mock("alert").expectedMessageCount(1);
        scenario.mock("results").expectedMessageCount(0);
        StatementReference handle = scenario.submit("reports", "SELECT wrong", Map.of("orderNumber", 7));
        scenario.mock("alert").assertIsSatisfied();
        scenario.mock("results").assertIsSatisfied();

        Exchange exchange = scenario.mock("alert").getExchanges().get(0);
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
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldTakeAFailureToADeadLetterChannelThatTriesAgain() throws Exception {
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(
                        deadLetterChannel("mock:dead").maximumRedeliveries(2).redeliveryDelay(1));
                from(scenario.uri("reports", "")).to("mock:results");
            }
        });
        scenario.mock("dead").expectedMessageCount(1);
        scenario.mock("results").expectedMessageCount(0);
        scenario.submit("SELECT wrong");
        scenario.mock("dead").assertIsSatisfied();
        scenario.mock("results").assertIsSatisfied(100);
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldKeepAFailureThatNobodyHandles() throws Exception {
        scenario.deliverTo("results", "");
        scenario.submit("SELECT wrong");
        scenario.awaitStored(HandleState.DEAD, 1);

        assertThat(scenario.stored(HandleState.DEAD).get(0).delivery().deadReason())
                .startsWith("1 delivery failed, with " + PermanentDatabricksException.class.getName()
                        + ": The statement failed");
        assertThat(scenario.mock("results").getExchanges()).isEmpty();
    }

    @Test
    void shouldOnlyLogFailuresIfToldSo() throws Exception {
        try (LogCapture log = new LogCapture()) {
            scenario.deliverTo("results", "deliverFailures=false");
            scenario.mock("results").expectedMessageCount(1);
            scenario.submit("SELECT wrong");
            scenario.submit("SELECT 1");
            scenario.mock("results").assertIsSatisfied();
            scenario.awaitStored(HandleState.DELIVERED, 2);
            assertThat(log.lines()).anyMatch(line -> line.startsWith("A statement of reports came to no result"));
        }
    }

    @Test
    void shouldDeliverAgainWhatTheRouteFailedOn() throws Exception {
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", "redeliveryDelay=50"))
                        .to("mock:tries")
                        .filter(header("CamelDatabricksDeliveryCount").isLessThan(3))
                        .throwException(new IllegalStateException("not yet"))
                        .end()
                        .to("mock:results");
            }
        });
        scenario.mock("tries").expectedMessageCount(3);
        scenario.mock("results").expectedMessageCount(1);
        scenario.submit("SELECT 1");
        MockEndpoint.assertIsSatisfied(scenario.camel().context());
        assertThat(scenario.mock("tries").getExchanges())
                .extracting(exchange -> exchange.getMessage().getHeader("CamelDatabricksDeliveryCount"))
                .containsExactly(1, 2, 3);
        assertThat(scenario.rows("results")).as("its rows are read again").hasSize(2);
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldGiveUpAfterTheLastDelivery() throws Exception {
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", "redeliveryDelay=20&maxDeliveries=2"))
                        .to("mock:tries")
                        .throwException(new IllegalStateException("never"));
            }
        });
        scenario.submit("SELECT 1");
        scenario.awaitStored(HandleState.DEAD, 1);
        assertThat(scenario.mock("tries").getExchanges()).hasSize(2);
        assertThat(scenario.stored(HandleState.DEAD).get(0).delivery().deadReason())
                .startsWith("2 deliveries failed, the last with java.lang.IllegalStateException");
    }

    @Test
    void shouldConfirmWhatAnErrorHandlerHasHandled() throws Exception {
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("mock:dead"));
                from(scenario.uri("reports", "")).throwException(new IllegalStateException("ugly"));
            }
        });
        scenario.mock("dead").expectedMessageCount(1);
        scenario.submit("SELECT 1");
        scenario.mock("dead").assertIsSatisfied();
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldKeepTheRestInTheRepositoryWhileTheRouteIsBusy() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", "maxInFlight=3"))
                        .to("mock:begun")
                        .process(exchange -> release.await())
                        .to("mock:results");
            }
        });
        for (int i = 0; i < 12; i++) {
            scenario.submit("SELECT " + i);
        }
        scenario.awaitStored(HandleState.COMPLETED, 9);
        assertThat(scenario.stored(HandleState.CLAIMED)).hasSize(3);
        ConsumerScenario.await()
                .until(() -> scenario.mock("begun").getExchanges().size() == 3);
        scenario.mock("results").expectedMessageCount(12);
        release.countDown();
        scenario.mock("results").assertIsSatisfied();
        scenario.awaitStored(HandleState.DELIVERED, 12);
    }

    @Test
    void shouldNotLetASlowRouteDelayAnother() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", ""))
                        .process(exchange -> release.await())
                        .to("mock:slow");
                from(scenario.uri("others", "")).to("mock:fast");
                from(scenario.uri("failing", "redeliveryDelay=1")).throwException(new IllegalStateException("always"));
            }
        });
        for (int i = 0; i < 15; i++) {
            scenario.submit("SELECT " + i);
            scenario.submit("failing", "SELECT " + i, Map.of());
        }
        ConsumerScenario.await()
                .until(() -> scenario.stored(HandleState.CLAIMED).size() == 10);
        scenario.mock("fast").expectedMessageCount(30);
        for (int i = 0; i < 30; i++) {
            scenario.submit("others", "SELECT " + i, Map.of());
        }
        scenario.mock("fast").assertIsSatisfied();
        assertThat(scenario.mock("slow").getExchanges()).isEmpty();
        scenario.mock("slow").expectedMessageCount(15);
        release.countDown();
        scenario.mock("slow").assertIsSatisfied();
    }

    @Test
    void shouldClaimNothingWhileSuspended() throws Exception {
        scenario.deliverTo("results", "");
        scenario.camel().context().getRouteController().suspendRoute("delivery");
        scenario.submit("SELECT 1");
        scenario.awaitStored(HandleState.COMPLETED, 1);
        scenario.mock("results").expectedMessageCount(0);
        scenario.mock("results").assertIsSatisfied(300);

        scenario.mock("results").expectedMessageCount(1);
        scenario.camel().context().getRouteController().resumeRoute("delivery");
        scenario.mock("results").assertIsSatisfied();
    }

    @Test
    void shouldDeliverAfterARestartWhatEndedMeanwhile() throws Exception {
        scenario.deliverTo("results", "");
        scenario.submit("SELECT 1");
        scenario.awaitStored(HandleState.DELIVERED, 1);
        scenario.camel().context().getRouteController().stopRoute("delivery");
        scenario.submit("SELECT 2");
        scenario.submit("SELECT 3");
        scenario.awaitStored(HandleState.COMPLETED, 2);

        scenario.camel().context().getRouteController().startRoute("delivery");
        scenario.awaitStored(HandleState.DELIVERED, 3);
        assertThat(scenario.mock("results").getExchanges()).hasSize(3);
    }

    @Test
    void shouldLetWhatIsInFlightEndBeforeAStop() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", "maxInFlight=1"))
                        .routeId("delivery")
                        .process(exchange -> {
                            begun.countDown();
                            release.await();
                        })
                        .to("mock:results");
            }
        });
        scenario.submit("SELECT 1");
        scenario.submit("SELECT 2");
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        Thread stopping = new Thread(() -> {
            try {
                scenario.camel().context().getRouteController().stopRoute("delivery");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        stopping.start();
        ConsumerScenario.await()
                .until(() -> scenario.camel().context().getRoute("delivery").getConsumer()
                                instanceof DatabricksConsumer consumer
                        && consumer.isSuspended());
        release.countDown();
        stopping.join();

        assertThat(scenario.stored(HandleState.DELIVERED)).hasSize(1);
        assertThat(scenario.stored(HandleState.COMPLETED)).hasSize(1);
        assertThat(scenario.mock("results").getExchanges()).hasSize(1);
    }

    @Test
    void shouldCancelOnStopIfToldSo() throws Exception {
        scenario.deliverTo("results", "onStop=CANCEL");
        scenario.submit("SELECT slow");
        scenario.awaitStored(HandleState.SUBMITTED, 1);
        scenario.camel().context().getRouteController().stopRoute("delivery");

        scenario.awaitStored(HandleState.COMPLETED, 1);
        assertThat(scenario.stored(HandleState.COMPLETED)
                        .get(0)
                        .status()
                        .state()
                        .name())
                .isEqualTo("CANCELED");
    }

    @Test
    void shouldWaitOnStopIfToldSo() throws Exception {
        scenario.deliverTo("results", "onStop=WAIT");
        scenario.submit("SELECT slow");
        scenario.awaitStored(HandleState.SUBMITTED, 1);
        Thread stopping = new Thread(() -> {
            try {
                scenario.camel().context().getRouteController().stopRoute("delivery");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        stopping.start();
        warehouse.advanceClock(Duration.ofMinutes(6));
        stopping.join();

        assertThat(scenario.mock("results").getExchanges()).hasSize(1);
        assertThat(scenario.stored(HandleState.DELIVERED)).hasSize(1);
    }

    @Test
    void shouldConfirmWhenTheOtherEndOfASedaIsDone() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", "")).to("seda:later");
                from("seda:later")
                        .to("mock:begun")
                        .process(exchange -> release.await())
                        .to("mock:results");
            }
        });
        scenario.mock("begun").expectedMessageCount(1);
        scenario.submit("SELECT 1");
        scenario.mock("begun").assertIsSatisfied();
        assertThat(scenario.stored(HandleState.CLAIMED)).hasSize(1);
        release.countDown();
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldKeepAStreamOpenUntilTheExchangeIsDone() throws Exception {
        warehouse.script(
                Script.statement("SELECT large").column("a", "INT").row(1).repeat(5_000));
        AtomicInteger rows = new AtomicInteger();
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", "outputType=STREAM_LIST")).to("seda:later");
                from("seda:later").split(body()).streaming().process(exchange -> rows.incrementAndGet());
            }
        });
        scenario.submit("SELECT large");
        scenario.awaitStored(HandleState.DELIVERED, 1);
        assertThat(rows).hasValue(5_000);
    }

    @Test
    void shouldNotLetStreamsOfASlowRouteTakeTheConnectionsOfAnother() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", "outputType=STREAM_LIST&maxPoolSize=2"))
                        .process(exchange -> release.await())
                        .split(body())
                        .to("mock:slow");
                from(scenario.uri("others", "outputType=STREAM_LIST&maxPoolSize=2"))
                        .split(body())
                        .streaming()
                        .to("mock:fast");
            }
        });
        for (int i = 0; i < 4; i++) {
            scenario.submit("SELECT " + i);
        }
        scenario.awaitStored(HandleState.CLAIMED, 2);
        scenario.mock("fast").expectedMessageCount(6);
        for (int i = 0; i < 3; i++) {
            scenario.submit("others", "SELECT " + i, Map.of());
        }
        scenario.mock("fast").assertIsSatisfied();
        scenario.mock("slow").expectedMessageCount(8);
        release.countDown();
        scenario.mock("slow").assertIsSatisfied();
        scenario.awaitStored(HandleState.DELIVERED, 4);
    }

    @Test
    void shouldDeliverOverAWireTap() throws Exception {
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", "")).wireTap("mock:tap").to("mock:results");
            }
        });
        scenario.mock("tap").expectedMessageCount(1);
        scenario.mock("results").expectedMessageCount(1);
        scenario.submit("SELECT 1");
        MockEndpoint.assertIsSatisfied(scenario.camel().context());
        scenario.awaitStored(HandleState.DELIVERED, 1);
        assertThat(scenario.rows("tap")).hasSize(2);
    }

    @Test
    void shouldNeedNoQueryAndTellWhatIsWrong() {
        List<List<String>> wrong = Arrays.asList(
                List.of("maxInFlight=0", "Results cannot be delivered: maxInFlight must be 1 to 1000, not 0."),
                List.of("maxDeliveries=0", "Results cannot be delivered: maxDeliveries must be 1 or more, not 0."),
                List.of("redeliveryDelay=-1", "Results cannot be delivered: redeliveryDelay must be 0 or more."));
        for (List<String> each : wrong) {
            Throwable failure =
                    org.assertj.core.api.Assertions.catchThrowable(() -> scenario.deliverTo("results", each.get(0)));
            List<String> messages = new ArrayList<>();
            for (Throwable t = failure; t != null; t = t.getCause()) {
                messages.add(t.getMessage());
            }
            assertThat(messages).contains(each.get(1));
        }
    }
}
