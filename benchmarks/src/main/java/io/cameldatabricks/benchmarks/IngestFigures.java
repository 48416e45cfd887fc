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

import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** What it takes to write rows: the driver's batch as it comes, which sends each row by itself, beside INSERT and MERGE. */
final class IngestFigures {

    private static final int ROWS = Integer.getInteger("ingest.rows", 1_020);
    private static final int REAL_ROWS = Integer.getInteger("ingest.real.rows", 204);

    /** Each of them is a transaction of Delta. */
    private static final int REAL_BATCH_ROWS = Math.min(REAL_ROWS, 20);

    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final String TABLE = "main.default.ingest_figures";

    private IngestFigures() {}

    static List<Figure> all() {
        return List.of(
                new Figure(
                        "insert-round-trips",
                        "requests for " + ROWS + " rows of 5 columns, executeBatch of the driver for each request of"
                                + " INSERT, scripted warehouse",
                        ">= 50",
                        IngestFigures::roundTrips),
                new Figure(
                        "insert-speed-up",
                        "time of executeBatch for each second of INSERT, " + ROWS + " rows, each statement takes 50 ms,"
                                + " scripted warehouse",
                        ">= 20",
                        IngestFigures::speedUp),
                new Figure(
                        "ingest-rows-per-second",
                        "rows per second of INSERT, " + REAL_ROWS + " rows of 5 columns into Delta, Spark warehouse",
                        "none; beside executeBatch and MERGE",
                        IngestFigures::rowsPerSecond));
    }

    /** Time and requests of one way to write all rows. */
    private record Taken(double seconds, long requests) {}

    /** Writes all rows. */
    @FunctionalInterface
    private interface Way {
        void write() throws Exception;
    }

    private static Measurement roundTrips() throws Exception {
        try (World world = World.scripted(Duration.ZERO)) {
            Taken batch = world.take(() -> world.batch(ROWS));
            Taken insert = world.take(() -> world.send("INSERT", ROWS));
            print("executeBatch", ROWS, batch);
            print("INSERT", ROWS, insert);
            return new Measurement(
                    (double) batch.requests() / insert.requests(),
                    "x fewer (" + insert.requests() + " requests)",
                    batch.requests() + " requests of executeBatch");
        }
    }

    private static Measurement speedUp() throws Exception {
        try (World world = World.scripted(LATENCY)) {
            Taken insert = world.take(() -> world.send("INSERT", ROWS));
            Taken batch = world.take(() -> world.batch(ROWS));
            print("executeBatch", ROWS, batch);
            print("INSERT", ROWS, insert);
            return new Measurement(
                    batch.seconds() / insert.seconds(),
                    String.format(Locale.ROOT, "x less time (%.2f s)", insert.seconds()),
                    String.format(Locale.ROOT, "%.1f s with executeBatch", batch.seconds()));
        }
    }

    private static Measurement rowsPerSecond() throws Exception {
        try (World world = World.spark()) {
            // each way once, for classes to be loaded and code to be compiled
            world.batch(3);
            world.send("INSERT", 51);
            world.send("MERGE", 51);
            Taken batch = world.take(() -> world.batch(REAL_BATCH_ROWS));
            Taken insert = world.take(() -> world.send("INSERT", REAL_ROWS));
            Taken merge = world.take(() -> world.send("MERGE", REAL_ROWS));
            print("executeBatch", REAL_BATCH_ROWS, batch);
            print("INSERT", REAL_ROWS, insert);
            print("MERGE", REAL_ROWS, merge);
            return new Measurement(
                    REAL_ROWS / insert.seconds(),
                    "rows/s",
                    String.format(
                            Locale.ROOT,
                            "%.1f rows/s with executeBatch, %.1f with MERGE",
                            REAL_BATCH_ROWS / batch.seconds(),
                            REAL_ROWS / merge.seconds()));
        }
    }

    private static void print(String way, int rows, Taken taken) {
        System.out.printf(
                Locale.ROOT,
                "  %s: %d rows in %.2f s and %d requests, %.0f rows/s%n",
                way,
                rows,
                taken.seconds(),
                taken.requests(),
                rows / taken.seconds());
    }

    /** A warehouse with a table, and both ways to it. */
    private static final class World implements Closeable {

        private final LocalWarehouseProcess warehouse;
        private final DefaultCamelContext context = new DefaultCamelContext();
        private final HikariDataSource pool;
        private final ProducerTemplate template;

        private World(LocalWarehouseProcess warehouse) throws Exception {
            this.warehouse = warehouse;
            this.pool = ComponentFigures.pool(warehouse);
            context.start();
            template = context.createProducerTemplate();
            // a connection is there before the clock runs, as in a service that is at work
            batch(1);
            send("INSERT", 1);
        }

        static World scripted(Duration latency) throws Exception {
            LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.scripted());
            warehouse.script(Script.matching("INSERT INTO .*").updateCount(51).takes(latency));
            return new World(warehouse);
        }

        static World spark() throws Exception {
            LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.spark());
            try (HikariDataSource setUp = ComponentFigures.pool(warehouse);
                    Connection connection = setUp.getConnection()) {
                connection
                        .createStatement()
                        .execute("CREATE TABLE " + TABLE
                                + " (id INT, customer STRING, amount DECIMAL(10,2), paid BOOLEAN, note STRING)");
            }
            return new World(warehouse);
        }

        Taken take(Way way) throws Exception {
            warehouse.clearRequests();
            long start = System.nanoTime();
            way.write();
            return new Taken(
                    (System.nanoTime() - start) / 1e9, warehouse.requests().size());
        }

        void batch(int rows) throws Exception {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(
                            "INSERT INTO " + TABLE + " (id, customer, amount, paid, note) VALUES (?, ?, ?, ?, ?)")) {
                for (int i = 0; i < rows; i++) {
                    statement.setInt(1, i);
                    statement.setString(2, "customer " + i);
                    statement.setBigDecimal(3, new BigDecimal("10.50"));
                    statement.setBoolean(4, true);
                    statement.setString(5, "note " + i);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }

        void send(String operation, int rows) {
            String keys = operation.equals("MERGE") ? "&mergeKeys=id" : "";
            List<Map<String, Object>> body = IntStream.range(0, rows)
                    .mapToObj(i -> Map.<String, Object>of(
                            "id",
                            i,
                            "customer",
                            "customer " + i,
                            "amount",
                            new BigDecimal("10.50"),
                            "paid",
                            true,
                            "note",
                            "note " + i))
                    .toList();
            Exchange exchange = template.request(
                    "databricks:ingest?operation=" + operation + "&table=" + TABLE + keys + "&"
                            + warehouse.endpointOptions(),
                    message -> message.getMessage().setBody(body));
            if (exchange.getException() != null) {
                throw new IllegalStateException(exchange.getException());
            }
        }

        @Override
        public void close() throws IOException {
            template.close();
            context.stop();
            pool.close();
            warehouse.close();
        }
    }
}
