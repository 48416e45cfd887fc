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

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.NetworkRelay;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseEndpoint;
import io.cameldatabricks.testinfra.WarehouseOptions;
import io.cameldatabricks.testinfra.WarehouseRequest;

/** A warehouse with a table behind a network, and the ways to write rows into it. */
final class IngestWorld implements AutoCloseable {

    static final String TABLE = "main.default.ingest_figures";
    static final String VOLUME = "/Volumes/main/default/landing";

    private final LocalWarehouseProcess warehouse;
    private final NetworkRelay network;
    private final WarehouseEndpoint endpoint;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final HikariDataSource pool;
    private final ProducerTemplate template;

    private IngestWorld(LocalWarehouseProcess warehouse, Duration roundTrip) throws Exception {
        this.warehouse = warehouse;
        this.network = new NetworkRelay(warehouse.port());
        network.delay(roundTrip.dividedBy(2));
        this.endpoint = roundTrip.isZero()
                ? warehouse.endpoint()
                : new WarehouseEndpoint(network.port(), warehouse.warehouseId(), warehouse.token(), null, null);
        this.pool = pool(endpoint);
        context.start();
        template = context.createProducerTemplate();
        // a connection is there before the clock runs, as in a service that is at work
        batch(1);
        send("INSERT", 1);
    }

    /** Statements cost nothing there: what is seen is what the network costs. */
    static IngestWorld scripted(Duration roundTrip) throws Exception {
        LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.scripted());
        warehouse.script(Script.matching("INSERT INTO .*").updateCount(51));
        return new IngestWorld(warehouse, roundTrip);
    }

    static IngestWorld spark(Duration roundTrip) throws Exception {
        LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.spark());
        createTable(warehouse);
        return new IngestWorld(warehouse, roundTrip);
    }

    static void createTable(LocalWarehouseProcess warehouse) throws SQLException {
        try (HikariDataSource setUp = pool(warehouse.endpoint());
                Connection connection = setUp.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE VOLUME IF NOT EXISTS main.default.landing");
            statement.execute("CREATE TABLE " + TABLE
                    + " (id BIGINT, customer STRING, amount DOUBLE, paid BOOLEAN, note STRING)");
        }
    }

    private static HikariDataSource pool(WarehouseEndpoint endpoint) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(endpoint.jdbcUrl());
        config.setMaximumPoolSize(1);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /**
     * What one way to write all rows has taken.
     *
     * @param looks those of the requests that ask how far a statement or the start of the warehouse is, and so depend on how
     *     fast the server is
     */
    record Taken(double seconds, long requests, long looks) {

        double rowsPerSecond(int rows) {
            return rows / seconds;
        }

        void print(String way, int rows) {
            System.out.printf(
                    Locale.ROOT,
                    "  %s: %d rows in %.2f s and %d requests, %.0f rows/s%n",
                    way,
                    rows,
                    seconds,
                    requests,
                    rowsPerSecond(rows));
        }
    }

    /** The driver's batch as it comes, which sends each row by itself. */
    Taken takeBatch(int rows) throws Exception {
        return take("executeBatch", rows, () -> batch(rows));
    }

    /** An operation of the component, of which rows are asked one by one. */
    Taken take(String operation, int rows) throws Exception {
        return take(operation, rows, () -> send(operation, rows));
    }

    private Taken take(String way, int rows, Way write) throws Exception {
        warehouse.clearRequests();
        long start = System.nanoTime();
        write.write();
        double seconds = (System.nanoTime() - start) / 1e9;
        List<WarehouseRequest> requests = warehouse.requests();
        Taken taken = new Taken(
                seconds,
                requests.size(),
                requests.stream().filter(IngestWorld::isLook).count());
        taken.print(way, rows);
        return taken;
    }

    private static boolean isLook(WarehouseRequest request) {
        return request.method().equals("GET")
                && request.uri().matches("/api/2\\.0/sql/(statements|warehouses)/[^/]+/?");
    }

    /** Writes all rows. */
    @FunctionalInterface
    private interface Way {
        void write() throws Exception;
    }

    void batch(int rows) throws Exception {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO " + TABLE + " (id, customer, amount, paid, note) VALUES (?, ?, ?, ?, ?)")) {
            for (int i = 0; i < rows; i++) {
                Map<String, Object> row = row(i);
                statement.setLong(1, (Long) row.get("id"));
                statement.setString(2, (String) row.get("customer"));
                statement.setDouble(3, (Double) row.get("amount"));
                statement.setBoolean(4, (Boolean) row.get("paid"));
                statement.setString(5, (String) row.get("note"));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void send(String operation, int rows) {
        String more =
                switch (operation) {
                    case "MERGE" -> "&mergeKeys=id";
                    case "LOAD" -> "&volumePath=" + VOLUME;
                    default -> "";
                };
        send(template, endpoint.endpointOptions(), "operation=" + operation + more, rows(rows));
    }

    /** @return the rows that the server has reported as written */
    static long send(ProducerTemplate template, String endpointOptions, String operation, Iterator<?> rows) {
        Exchange exchange = template.request(
                "databricks:ingest?table=" + TABLE + "&" + operation + "&" + endpointOptions,
                message -> message.getMessage().setBody(rows));
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
        return exchange.getMessage().getBody(Long.class);
    }

    /** Rows that are made when they are asked for. */
    static Iterator<Map<String, Object>> rows(int count) {
        // numbers from time to time, so that no file has the content of one before
        long first = System.nanoTime();
        return IntStream.range(0, count).mapToObj(i -> row(first + i)).iterator();
    }

    private static Map<String, Object> row(long id) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("customer", "customer " + id);
        row.put("amount", 10.5);
        row.put("paid", true);
        row.put("note", "note " + id);
        return row;
    }

    @Override
    public void close() throws IOException {
        template.close();
        context.stop();
        pool.close();
        network.close();
        warehouse.close();
    }
}
