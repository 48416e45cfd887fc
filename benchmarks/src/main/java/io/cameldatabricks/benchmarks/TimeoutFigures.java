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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;

import static io.cameldatabricks.benchmarks.Benchmarks.number;

/** How much longer than {@code queryTimeout} a message waits whose statement does not end by itself. */
final class TimeoutFigures {

    private static final int COUNT = Integer.getInteger("query.timeouts", 1_000);
    private static final int CLIENTS = Integer.getInteger("query.timeout.clients", 20);
    private static final boolean SPARK = Boolean.getBoolean("query.timeout.spark");
    private static final int BY_HAND = 5;
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final String ENDLESS =
            "SELECT count(*) FROM range(100000000000) a JOIN range(1000) b ON a.id %25 7 = b.id %25 11";

    private TimeoutFigures() {}

    static List<Figure> all() {
        return List.of(new Figure(
                "query-timeout-overshoot",
                "time that a message waits beyond its queryTimeout of 0.2 to 5 s until the server has said that the"
                        + " statement is cancelled, warm, 99th percentile of " + COUNT + ", " + CLIENTS + " at a time",
                "<= 300 ms",
                TimeoutFigures::overshoot));
    }

    private static Measurement overshoot() throws Exception {
        WarehouseOptions options = SPARK ? WarehouseOptions.spark() : WarehouseOptions.scripted();
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(options);
                DefaultCamelContext context = new DefaultCamelContext()) {
            if (!SPARK) {
                warehouse.script(Script.statement("SELECT slow")
                        .takes(Duration.ofHours(1))
                        .column("a", "INT")
                        .row(1));
            }
            context.start();
            long[] nanos;
            try (ProducerTemplate template = context.createProducerTemplate()) {
                // the first messages open the connections and load the classes
                measure(warehouse, template, 10 * CLIENTS, SHORTEST);
                nanos = measure(warehouse, template, COUNT, LONGEST);
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "overshoot of %d time-outs: median %s, p90 %s, p99 %s, max %s ms%n",
                    nanos.length,
                    number(percentile(nanos, 50)),
                    number(percentile(nanos, 90)),
                    number(percentile(nanos, 99)),
                    number(percentile(nanos, 100)));
            String byHand = SPARK
                    ? "not measured"
                    : number(byHand(warehouse)) + " ms median of " + BY_HAND
                            + " by hand with Statement.setQueryTimeout";
            return new Measurement(percentile(nanos, 99), "ms", byHand);
        }
    }

    private static long[] measure(
            LocalWarehouseProcess warehouse, ProducerTemplate template, int count, Duration longest) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Long>> waits = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                // 20 different times, so 20 endpoints, which share a pool
                Duration timeout =
                        SHORTEST.plus(longest.minus(SHORTEST).dividedBy(19).multipliedBy(i % 20));
                Endpoint endpoint = template.getCamelContext()
                        .getEndpoint("databricks:timeouts?" + warehouse.endpointOptions() + "&maxPoolSize=" + CLIENTS
                                + "&queryTimeout=" + timeout.toMillis() + "&query="
                                + (SPARK ? ENDLESS : "SELECT slow"));
                waits.add(clients.submit(() -> overshoot(template, endpoint, timeout)));
            }
            long[] nanos = new long[count];
            for (int i = 0; i < count; i++) {
                nanos[i] = waits.get(i).get();
            }
            return nanos;
        } finally {
            clients.shutdownNow();
        }
    }

    private static long overshoot(ProducerTemplate template, Endpoint endpoint, Duration timeout) {
        long start = System.nanoTime();
        Exception failure = template.request(endpoint, exchange -> {}).getException();
        long waited = System.nanoTime() - start;
        if (!(failure instanceof PermanentDatabricksException known) || !"CANCELED".equals(known.getState())) {
            throw new IllegalStateException("The statement was not cancelled", failure);
        }
        return waited - timeout.toNanos();
    }

    private static double byHand(LocalWarehouseProcess warehouse) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(BY_HAND);
        try {
            List<Future<Long>> waits = new ArrayList<>();
            for (int i = 0; i < BY_HAND; i++) {
                int seconds = i + 1;
                waits.add(clients.submit(() -> byHand(warehouse, seconds)));
            }
            long[] nanos = new long[BY_HAND];
            for (int i = 0; i < BY_HAND; i++) {
                nanos[i] = waits.get(i).get();
            }
            Arrays.sort(nanos);
            return percentile(nanos, 50);
        } finally {
            clients.shutdownNow();
        }
    }

    private static long byHand(LocalWarehouseProcess warehouse, int seconds) throws SQLException {
        try (Connection connection = DriverManager.getConnection(warehouse.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            long start = System.nanoTime();
            try {
                statement.execute("SELECT slow");
                throw new IllegalStateException("The statement did not time out");
            } catch (SQLException e) {
                return System.nanoTime() - start - Duration.ofSeconds(seconds).toNanos();
            }
        }
    }

    private static double percentile(long[] sorted, int percent) {
        int index = (int) Math.ceil(sorted.length * percent / 100.0) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }
}
