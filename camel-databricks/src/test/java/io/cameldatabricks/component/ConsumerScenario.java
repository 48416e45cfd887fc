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
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** A Camel context, a scripted warehouse, and statements that are submitted to {@code databricks:reports}. */
final class ConsumerScenario implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalWarehouse warehouse;
    private final RunningContext camel = new RunningContext();

    ConsumerScenario(LocalWarehouse warehouse) {
        this.warehouse = warehouse;
        warehouse.clearFaults();
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

    RunningContext camel() {
        return camel;
    }

    String uri(String name, String options) {
        return "databricks:" + name + "?" + warehouse.endpointOptions() + (options.isEmpty() ? "" : "&" + options);
    }

    StatementReference submit(String query) {
        return submit("reports", query, Map.of());
    }

    StatementReference submit(String name, String query, Map<String, Object> headers) {
        Exchange exchange =
                camel.send(uri(name, "operation=SUBMIT&carryHeaders=order*&query=" + query), "body", headers);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(StatementReference.class);
    }

    /** With more options than usual. */
    void submitTo(String options, String query) {
        Exchange exchange = camel.send(uri("reports", "operation=SUBMIT&" + options + "&query=" + query));
        assertThat(exchange.getException()).isNull();
    }

    MockEndpoint mock(String name) {
        MockEndpoint mock = camel.context().getEndpoint("mock:" + name, MockEndpoint.class);
        mock.setResultWaitTime(PATIENCE.toMillis());
        return mock;
    }

    /** The first rows of a process take long, since the driver is large. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    List<?> rows(String mock) {
        return mock(mock).getExchanges().get(0).getMessage().getBody(List.class);
    }

    void route(RouteBuilder routes) throws Exception {
        camel.context().addRoutes(routes);
    }

    /** A route named delivery, from reports to a mock. */
    void deliverTo(String mock, String options) throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("reports", options)).routeId("delivery").to("mock:" + mock);
            }
        });
    }

    List<StatementHandle> stored(HandleState state) {
        return camel.component().services().memoryRepository().list("reports", state, 1000);
    }

    void awaitStored(HandleState state, int count) {
        await().untilAsserted(() -> assertThat(stored(state)).hasSize(count));
    }

    /** Also sees to it that nothing that a consumer did has released a statement on the server. */
    @Override
    public void close() {
        warehouse.clearFaults();
        camel.close();
        assertThat(warehouse.requests())
                .noneMatch(request ->
                        request.method().equals("DELETE") && request.uri().contains("/statements/"));
    }
}
