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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;

import static io.cameldatabricks.benchmarks.Benchmarks.number;

/** How soon a local warehouse is there, and what it takes. */
final class WarehouseFigures {

    private static final int STARTS = 5;
    private static final String[] WITHOUT_ARCHIVE = {"-Xshare:off"};

    private WarehouseFigures() {}

    static List<Figure> all() {
        return List.of(
                new Figure(
                        "warehouse-ready",
                        "Spark warehouse, start of its process to ready, warm file cache, median of " + STARTS,
                        "<= 4 s",
                        () -> ready(WarehouseOptions.spark())),
                new Figure(
                        "warehouse-memory",
                        "Spark warehouse, resident memory after a battery of statements",
                        "<= 1200 MB",
                        () -> memory(WarehouseOptions.spark(), true)),
                new Figure(
                        "scripted-ready",
                        "scripted warehouse, start of its process to ready, warm file cache, median of " + STARTS,
                        "<= 0.6 s",
                        () -> ready(WarehouseOptions.scripted())),
                new Figure(
                        "scripted-memory",
                        "scripted warehouse, resident memory after a battery of statements",
                        "<= 100 MB",
                        () -> memory(WarehouseOptions.scripted(), false)));
    }

    private static Measurement ready(WarehouseOptions options) throws Exception {
        // the first start also writes the class-data archive
        seconds(options);
        double median = median(options);
        double without = median(options.withJvmOptions(WITHOUT_ARCHIVE));
        return new Measurement(median, "s", number(without) + " s without class-data sharing");
    }

    private static double median(WarehouseOptions options) {
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            seconds[i] = seconds(options);
            System.out.printf("start %d: %s s%n", i + 1, number(seconds[i]));
        }
        Arrays.sort(seconds);
        return seconds[STARTS / 2];
    }

    private static double seconds(WarehouseOptions options) {
        long start = System.nanoTime();
        LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(options);
        double seconds = (System.nanoTime() - start) / 1e9;
        warehouse.close();
        return seconds;
    }

    private static Measurement memory(WarehouseOptions options, boolean spark) throws Exception {
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(options)) {
            double fresh = residentMegabytes(warehouse.pid());
            try (Connection connection = DriverManager.getConnection(warehouse.jdbcUrl())) {
                if (spark) {
                    battery(connection);
                } else {
                    for (int i = 0; i < 20_000; i++) {
                        query(connection, "SELECT 1");
                    }
                }
            }
            return new Measurement(residentMegabytes(warehouse.pid()), "MB", number(fresh) + " MB when just ready");
        }
    }

    /** What a module's tests do to a warehouse: tables, DML, joins, metadata and results of a million rows. */
    private static void battery(Connection connection) throws SQLException {
        execute(connection, "CREATE SCHEMA IF NOT EXISTS battery");
        for (int round = 0; round < 10; round++) {
            String table = "battery.t" + round;
            execute(connection, "CREATE TABLE " + table + " (id BIGINT, name STRING, amount DECIMAL(18,2), day DATE)");
            execute(
                    connection,
                    "INSERT INTO " + table
                            + " SELECT id, concat('n', id), cast(id / 7 AS DECIMAL(18,2)), date_add(DATE'2026-01-01',"
                            + " cast(id % 365 AS INT)) FROM range(100000)");
            execute(connection, "UPDATE " + table + " SET amount = amount + 1 WHERE id % 10 = 0");
            execute(connection, "DELETE FROM " + table + " WHERE id % 100 = 1");
            execute(
                    connection,
                    "MERGE INTO " + table
                            + " t USING (SELECT id, 'm' AS name FROM range(50000, 150000)) s ON t.id = s.id"
                            + " WHEN MATCHED THEN UPDATE SET name = s.name"
                            + " WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)");
            query(connection, "SELECT day, count(*), sum(amount) FROM " + table + " GROUP BY day ORDER BY day");
            query(connection, "SELECT a.id, b.name FROM " + table + " a JOIN " + table + " b ON a.id = b.id + 1");
            query(connection, "DESCRIBE HISTORY " + table);
        }
        query(connection, "SELECT id, concat('row ', id) AS name, id * 2 AS twice FROM range(1000000)");
        for (int i = 0; i < 200; i++) {
            query(connection, "SELECT " + i);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a query and reads its rows. */
    static long query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            long count = 0;
            while (rows.next()) {
                rows.getObject(1);
                count++;
            }
            return count;
        }
    }

    private static double residentMegabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
