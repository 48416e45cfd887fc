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
package io.cameldatabricks.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.databricks.jdbc.api.IDatabricksStatement;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** What becomes of running statements and of their results while a node is stopped and started. */
final class DeliveryFigures {

    private static final int STOPS = 100;
    private static final int DELIVERED_BETWEEN_STOPS = 20;
    private static final Duration PAUSE = Duration.ofMillis(40);

    /** Room for every slow statement of the load: what is measured is stops, not a queue that grows. */
    private static final WarehouseOptions ROOMY = WarehouseOptions.scripted().withLimits(64, 1000);

    private DeliveryFigures() {}

    static List<Figure> all() {
        return List.of(new Figure(
                "stop-start-100",
                "statements that the server closed or cancelled, or whose result was lost, over 100 graceful stops and"
                        + " starts of a delivering node under load",
                "0",
                DeliveryFigures::stopStart));
    }

    private static Measurement stopStart() throws Exception {
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(ROOMY)) {
            warehouse.script(
                    Script.matching("SELECT quick.*").column("a", "INT").row(1));
            warehouse.script(Script.matching("SELECT slow.*")
                    .takes(Duration.ofSeconds(3))
                    .column("a", "INT")
                    .row(1));
            Load load = new Load(warehouse);
            long began = System.nanoTime();
            load.run();
            long closed = endedByClient(warehouse);
            int submitted = load.submitted.get();
            int lost = submitted - load.delivered.size();
            long again =
                    load.delivered.values().stream().filter(times -> times > 1).count();
            System.out.println("Handles in the repository: " + load.repository.counts("reports"));
            System.out.printf(
                    "%d statements, %d lost, %d delivered twice, %d closed or cancelled on the server, %d s%n",
                    submitted,
                    lost,
                    again,
                    closed,
                    Duration.ofNanos(System.nanoTime() - began).toSeconds());
            return new Measurement(closed + lost, "of " + submitted + " statements", byHand(warehouse));
        }
    }

    private static long endedByClient(LocalWarehouseProcess warehouse) {
        return warehouse.requests().stream()
                .filter(request -> request.uri().contains("/statements/"))
                .filter(request ->
                        request.method().equals("DELETE") || request.uri().endsWith("/cancel"))
                .count();
    }

    /** The driver's own asynchronous call on a pooled connection. */
    private static String byHand(LocalWarehouseProcess warehouse) throws Exception {
        warehouse.clearRequests();
        int statements = 100;
        try (HikariDataSource pool = ComponentFigures.pool(warehouse)) {
            executeAsyncByHand(pool, statements);
        }
        return endedByClient(warehouse) + " of " + statements
                + " with the driver's executeAsync on connections of HikariCP";
    }

    /** Leaves running statements behind in the way that the driver's documentation shows. */
    static void executeAsyncByHand(HikariDataSource pool, int statements) throws SQLException {
        for (int i = 0; i < statements; i++) {
            try (Connection connection = pool.getConnection()) {
                Statement statement = connection.createStatement();
                statement.unwrap(IDatabricksStatement.class).executeAsync("SELECT slow " + i);
            }
        }
    }

    /** One node that goes on submitting, and one that submits and delivers and is stopped and started. */
    private static final class Load {
        private final LocalWarehouseProcess warehouse;
        private final StatementHandleRepository repository =
                new MemoryStatementHandleRepository(InstantSource.system());
        private final AtomicInteger submitted = new AtomicInteger();
        private final Map<Integer, Integer> delivered = new ConcurrentHashMap<>();

        private Load(LocalWarehouseProcess warehouse) {
            this.warehouse = warehouse;
        }

        private void run() throws Exception {
            AtomicBoolean loaded = new AtomicBoolean(true);
            try (DefaultCamelContext submitter = context();
                    ProducerTemplate template = submitter.createProducerTemplate()) {
                Thread thread = new Thread(() -> {
                    while (loaded.get()) {
                        submit(template);
                        pause();
                        pause();
                    }
                });
                thread.start();
                for (int i = 0; i < STOPS; i++) {
                    deliverUntil(delivered.size() + DELIVERED_BETWEEN_STOPS);
                }
                loaded.set(false);
                thread.join();
                deliverUntil(Integer.MAX_VALUE);
            }
        }

        private DefaultCamelContext context() {
            DefaultCamelContext context = new DefaultCamelContext();
            context.getRegistry().bind("handles", repository);
            context.start();
            return context;
        }

        private String uri(String options) {
            return "databricks:reports?" + warehouse.endpointOptions() + "&lease=3s&handleRepository=#handles&"
                    + options;
        }

        private void submit(ProducerTemplate template) {
            int order = submitted.getAndIncrement();
            String query = (order % 3 == 0 ? "SELECT slow " : "SELECT quick ") + order;
            Exchange exchange =
                    template.request(uri("operation=SUBMIT&carryHeaders=order&allowDynamicQuery=true"), message -> {
                        message.getMessage().setHeader("order", order);
                        message.getMessage().setHeader("CamelDatabricksQuery", query);
                    });
            if (exchange.getException() != null) {
                throw new IllegalStateException(exchange.getException());
            }
        }

        private void deliverUntil(int count) throws Exception {
            try (DefaultCamelContext context = context();
                    ProducerTemplate template = context.createProducerTemplate()) {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(uri("maxInFlight=10"))
                                .delay(20)
                                .process(exchange -> delivered.merge(
                                        exchange.getMessage().getHeader("order", Integer.class), 1, Integer::sum));
                    }
                });
                for (int i = 0; i < 5; i++) {
                    submit(template);
                }
                int seen = delivered.size();
                long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
                while (delivered.size() < Math.min(count, submitted.get()) && System.nanoTime() < patience) {
                    pause();
                    if (delivered.size() > seen) {
                        seen = delivered.size();
                        patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
                    }
                }
            }
        }

        private static void pause() {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
