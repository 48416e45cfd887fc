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
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that submits and delivers is stopped and started again and again while another one goes on submitting. The long
 * version is the figure stop-start-100.
 */
@Timeout(120)
class StopStartTest {

    private static final int STOPS = 4;
    private static final int MOST = 60;

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final StatementHandleRepository repository = new MemoryStatementHandleRepository(InstantSource.system());
    private final AtomicInteger submitted = new AtomicInteger();
    private final Map<Integer, Integer> delivered = new ConcurrentHashMap<>();

    @Test
    void shouldLoseNothingAndCloseNothingOverGracefulStops() throws Exception {
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(Script.matching("SELECT quick.*").column("a", "INT").row(1));
        warehouse.script(Script.matching("SELECT slow.*")
                .takes(Duration.ofSeconds(1))
                .column("a", "INT")
                .row(1));
        AtomicBoolean loaded = new AtomicBoolean(true);
        try (RunningContext submitter = context()) {
            Thread load = new Thread(() -> {
                while (loaded.get() && submitted.get() < MOST) {
                    submit(submitter);
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            });
            load.start();
            for (int i = 0; i < STOPS; i++) {
                deliverForAWhile(delivered.size() + 10);
            }
            loaded.set(false);
            load.join();
            deliverForAWhile(Integer.MAX_VALUE);
        }
        assertThat(delivered).hasSize(submitted.get());
        assertThat(delivered.values()).as("each exactly once").containsOnly(1);
        assertThat(repository.counts("reports")).containsOnlyKeys(HandleState.DELIVERED);
        assertThat(warehouse.requests())
                .noneMatch(request -> request.uri().contains("/statements/")
                        && (request.method().equals("DELETE") || request.uri().endsWith("/cancel")));
    }

    private RunningContext context() {
        RunningContext camel = new RunningContext();
        camel.context().getRegistry().bind("handles", repository);
        return camel;
    }

    private static String uri(String options) {
        return "databricks:reports?" + warehouse.endpointOptions() + "&lease=3s&handleRepository=#handles&" + options;
    }

    private void submit(RunningContext camel) {
        int order = submitted.getAndIncrement();
        String query = (order % 3 == 0 ? "SELECT slow " : "SELECT quick ") + order;
        Exchange exchange = camel.send(
                uri("operation=SUBMIT&carryHeaders=order&allowDynamicQuery=true"),
                null,
                Map.of("order", order, "CamelDatabricksQuery", query));
        assertThat(exchange.getException()).isNull();
    }

    private void deliverForAWhile(int until) throws Exception {
        try (RunningContext camel = context()) {
            camel.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri("maxInFlight=4"))
                            .delay(20)
                            .process(exchange -> delivered.merge(
                                    exchange.getMessage().getHeader("order", Integer.class), 1, Integer::sum));
                }
            });
            for (int i = 0; i < 5; i++) {
                submit(camel);
            }
            ConsumerScenario.await().until(() -> delivered.size() >= Math.min(until, submitted.get()));
        }
    }
}
