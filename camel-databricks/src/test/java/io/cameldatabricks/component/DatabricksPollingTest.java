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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ServerError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Results that are asked for one by one: nothing is claimed ahead, and nothing is confirmed before its exchange is done. */
@Timeout(120)
class DatabricksPollingTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private ConsumerScenario scenario;
    private ConsumerTemplate template;

    @BeforeEach
    void start() {
        scenario = new ConsumerScenario(warehouse);
        template = scenario.camel().context().createConsumerTemplate();
    }

    @AfterEach
    void stop() throws Exception {
        template.close();
        scenario.close();
    }

    private String reports() {
        return scenario.uri("reports", "");
    }

    @Test
    void shouldClaimOneAndConfirmItWhenItsExchangeIsDone() {
        scenario.submit("SELECT 1");
        scenario.submit("SELECT 2");
        scenario.awaitStored(HandleState.COMPLETED, 2);
        Exchange exchange = template.receive(reports(), 5_000);

        assertThat(exchange.getMessage().getBody(List.class).size()).isEqualTo(2);
        assertThat(exchange.getMessage().getHeader("CamelDatabricksDeliveryCount"))
                .isEqualTo(1);
        assertThat(scenario.stored(HandleState.CLAIMED)).hasSize(1);
        assertThat(scenario.stored(HandleState.COMPLETED)).hasSize(1);

        template.doneUoW(exchange);
        scenario.awaitStored(HandleState.DELIVERED, 1);
        assertThat(template.receiveBody(reports(), 5_000)).isNotNull();
        scenario.awaitStored(HandleState.DELIVERED, 2);
    }

    /** Whose rows cannot be made. */
    public static class Broken {
        public Broken() {
            throw new NoClassDefFoundError("broken deployment");
        }
    }

    @Test
    void shouldGiveBackWhatItCannotMakeAnExchangeOf() {
        scenario.submit("SELECT 1");
        scenario.awaitStored(HandleState.COMPLETED, 1);
        String broken = scenario.uri("reports", "redeliveryDelay=50&outputClass=" + Broken.class.getName());

        assertThatThrownBy(() -> template.receive(broken, 5_000)).isNotNull();

        scenario.awaitStored(HandleState.COMPLETED, 1);
        assertThat(template.receive(reports(), 5_000)).isNotNull();
    }

    @Test
    void shouldSayAtOnceThatThereIsNothing() {
        assertThat(template.receiveNoWait(reports())).isNull();
        assertThat(template.receive(reports(), 100)).isNull();
    }

    @Test
    void shouldWaitForAStatementThatRuns() throws Exception {
        scenario.submit("SELECT slow");
        scenario.awaitStored(HandleState.SUBMITTED, 1);
        CompletableFuture<Object> body = CompletableFuture.supplyAsync(() -> template.receiveBody(reports(), 30_000));
        warehouse.advanceClock(Duration.ofMinutes(6));

        assertThat(body.get(20, TimeUnit.SECONDS)).isNotNull();
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldEnrichARouteAndConfirmWhenThatIsDone() throws Exception {
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").pollEnrich(reports(), 5_000).process(exchange -> {
                    assertThat(scenario.stored(HandleState.CLAIMED)).hasSize(1);
                    if (exchange.getMessage().getHeader("CamelDatabricksDeliveryCount", Integer.class) == 1) {
                        throw new IllegalStateException("not yet");
                    }
                });
            }
        });
        scenario.submit("SELECT 1");
        scenario.awaitStored(HandleState.COMPLETED, 1);
        assertThat(scenario.camel().send("direct:in").getException()).hasMessage("not yet");
        scenario.awaitStored(HandleState.COMPLETED, 1);

        Exchange second = scenario.camel().send("direct:in");
        assertThat(second.getException()).isNull();
        assertThat(second.getMessage().getHeader("CamelDatabricksDeliveryCount"))
                .isEqualTo(2);
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldTakeAFailureIntoTheRouteThatPolls() throws Exception {
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").pollEnrich(reports(), 5_000);
            }
        });
        scenario.submit("SELECT wrong");
        scenario.awaitStored(HandleState.COMPLETED, 1);
        Exchange exchange = scenario.camel().send("direct:in");

        assertThat(exchange.getException()).isInstanceOf(PermanentDatabricksException.class);
        assertThat(exchange.getMessage().getHeader("CamelDatabricksErrorCode")).isEqualTo("TABLE_OR_VIEW_NOT_FOUND");
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldSkipFailuresIfToldSo() {
        scenario.submit("SELECT wrong");
        scenario.awaitStored(HandleState.COMPLETED, 1);

        assertThat(template.receiveNoWait(scenario.uri("reports", "deliverFailures=false")))
                .isNull();
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldGiveBackWhatCannotBeRead() {
        scenario.submit("SELECT 1");
        scenario.awaitStored(HandleState.COMPLETED, 1);
        warehouse.inject(ServerError.status(503).on(CallKind.OPEN_SESSION));
        assertThatThrownBy(() -> template.receive(scenario.uri("reports", "connectionTimeout=300"), 5_000))
                .isInstanceOf(RuntimeException.class);
        scenario.awaitStored(HandleState.COMPLETED, 1);
        assertThat(scenario.stored(HandleState.COMPLETED).get(0).delivery().count())
                .isZero();

        warehouse.clearFaults();
        assertThat(template.receiveBody(reports(), 10_000)).isNotNull();
    }

    @Test
    void shouldEndWaitingWhenTheContextStops() throws Exception {
        List<Exchange> received = new CopyOnWriteArrayList<>();
        Thread waiting = new Thread(() -> {
            Exchange first = template.receive(reports());
            received.add(first);
            template.doneUoW(first);
            Exchange second = template.receive(reports());
            if (second != null) {
                received.add(second);
            }
        });
        waiting.start();
        scenario.submit("SELECT 1");
        scenario.awaitStored(HandleState.DELIVERED, 1);
        ConsumerScenario.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        template.stop();
        waiting.join();

        assertThat(received).hasSize(1);
    }
}
