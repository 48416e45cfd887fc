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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** What becomes of statements that run while the pool, over which they were submitted, ends its connections. */
final class RotationFigures {

    /** The shortest that HikariCP takes. */
    private static final Duration MAX_LIFETIME = Duration.ofSeconds(30);

    /** So long that each connection comes to its end more than once. */
    private static final Duration LOAD = Duration.ofSeconds(75);

    private static final Duration STATEMENT = Duration.ofSeconds(3);

    /** The warehouse runs eight statements at a time. */
    private static final Duration BETWEEN_SUBMITS = Duration.ofMillis(450);

    /** Each this many submits all connections of the pool are evicted. */
    private static final int EVICT_EVERY = 5;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private RotationFigures() {}

    static List<Figure> all() {
        return List.of(new Figure(
                "pool-rotation",
                "statements that did not succeed, or whose result did not arrive, while the user's pool, over which they"
                        + " were submitted, evicted its connections every 5 submits and rotated them after 30 s",
                "0",
                RotationFigures::measure));
    }

    private static Measurement measure() throws Exception {
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.scripted())) {
            warehouse.script(Script.matching("SELECT slow.*")
                    .takes(STATEMENT)
                    .column("a", "INT")
                    .row(1));
            AtomicInteger submitted = new AtomicInteger();
            AtomicInteger arrived = new AtomicInteger();
            try (DefaultCamelContext context = new DefaultCamelContext();
                    HikariDataSource pool = pool(warehouse);
                    ProducerTemplate template = context.createProducerTemplate()) {
                context.getRegistry().bind("users", pool);
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("databricks:reports?dataSource=#users").process(exchange -> {
                            if (exchange.getMessage().getBody(List.class).size() == 1) {
                                arrived.incrementAndGet();
                            }
                        });
                    }
                });
                context.start();
                long end = System.nanoTime() + LOAD.toNanos();
                while (System.nanoTime() < end) {
                    submit(template, submitted.getAndIncrement());
                    if (submitted.get() % EVICT_EVERY == 0) {
                        pool.getHikariPoolMXBean().softEvictConnections();
                    }
                    Thread.sleep(BETWEEN_SUBMITS.toMillis());
                }
                long patience = System.nanoTime() + PATIENCE.toNanos();
                while (arrived.get() < submitted.get() && System.nanoTime() < patience) {
                    Thread.sleep(BETWEEN_SUBMITS.toMillis());
                }
            }
            long ended = endedEarly(warehouse, "SUCCEEDED", "CLOSED");
            System.out.printf("%d statements, %d did not succeed, %d arrived%n", submitted.get(), ended, arrived.get());
            return new Measurement(
                    Math.max(ended, submitted.get() - arrived.get()),
                    "of " + submitted.get() + " statements",
                    byHand(warehouse));
        }
    }

    private static HikariDataSource pool(LocalWarehouseProcess warehouse) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(warehouse.jdbcUrl());
        config.setMaximumPoolSize(6);
        config.setMinimumIdle(0);
        config.setMaxLifetime(MAX_LIFETIME.toMillis());
        return new HikariDataSource(config);
    }

    private static void submit(ProducerTemplate template, int number) {
        Exchange exchange = template.request(
                "databricks:reports?dataSource=#users&operation=SUBMIT&query=SELECT slow " + number % 10, in -> {});
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
    }

    private static long endedEarly(LocalWarehouseProcess warehouse, String... good) {
        return warehouse.statements().stream()
                .filter(statement -> statement.sql().startsWith("SELECT slow"))
                .filter(statement -> !List.of(good).contains(statement.state()))
                .count();
    }

    /** The driver's own asynchronous call on connections of the same kind of pool, evicted once. */
    private static String byHand(LocalWarehouseProcess warehouse) throws Exception {
        int statements = 100;
        String[] good = {"SUCCEEDED", "RUNNING", "PENDING"};
        long before = endedEarly(warehouse, good);
        try (HikariDataSource pool = pool(warehouse)) {
            DeliveryFigures.executeAsyncByHand(pool, statements);
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        return endedEarly(warehouse, good) - before + " of " + statements
                + " with the driver's executeAsync on connections of HikariCP";
    }
}
