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
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.jdbc.JdbcStatementHandleRepository;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;
import io.cameldatabricks.component.track.HandleTracker;
import io.cameldatabricks.component.track.NodeMembership;
import io.cameldatabricks.component.track.Stopwatch;
import io.cameldatabricks.component.track.Submission;
import io.cameldatabricks.component.track.SubmitGuarantee;
import io.cameldatabricks.component.watch.WatchSettings;

/** What it costs to keep handles durably, without the network and the warehouse. */
final class DurableFigures {

    private static final int THREADS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration MEASURED = Duration.ofSeconds(12);
    private static final int HANDLES = 100_000;
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final String WORKSPACE = "stub.example.com";
    private static final WarehouseId WAREHOUSE = new WarehouseId("stub");

    private DurableFigures() {}

    static List<Figure> all() {
        String rate = "submits a second of one node by 16 threads, intent and id stored, against a stub; ";
        String takeover =
                "seconds from the last sign of life of a node with 100,000 running statements until another one"
                        + " watches them all, lease 15 s; ";
        return List.of(
                new Figure("durable-submit-rate", rate + "H2 file", ">= 2000", () -> submitRate(Database.h2())),
                new Figure(
                        "durable-submit-rate-pg",
                        rate + "PostgreSQL",
                        ">= 2000",
                        () -> submitRate(Database.postgreSql())),
                new Figure("takeover-100k", takeover + "H2 file", "<= 30", () -> takeover(Database.h2())),
                new Figure(
                        "takeover-100k-pg", takeover + "PostgreSQL", "<= 30", () -> takeover(Database.postgreSql())));
    }

    /** Where handles are kept, for one figure. */
    private record Database(DataSource dataSource, boolean file, Closeable end) implements Closeable {

        /** As the component opens it with {@code durable=true}. */
        static Database h2() throws Exception {
            Path directory = Files.createTempDirectory("databricks-figure");
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(
                    "jdbc:h2:retry:" + directory.resolve("handles") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
            config.setUsername("sa");
            config.setMaximumPoolSize(4);
            HikariDataSource pool = new HikariDataSource(config);
            return new Database(pool, true, () -> {
                System.out.printf("The file has %d MB%n", Files.size(directory.resolve("handles.mv.db")) / 1_000_000);
                pool.close();
                try (var files = Files.list(directory)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(directory);
            });
        }

        static Database postgreSql() throws Exception {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
            HikariConfig config = new HikariConfig();
            config.setDataSource(server.getPostgresDatabase());
            config.setMaximumPoolSize(8);
            HikariDataSource pool = new HikariDataSource(config);
            return new Database(pool, false, () -> {
                pool.close();
                server.close();
            });
        }

        @Override
        public void close() throws IOException {
            end.close();
        }
    }

    /** A node as the component has it: its trackers write with as many threads as the repository says. */
    private static final class Node implements AutoCloseable {
        private final StatementHandleRepository repository;
        private final StubWarehouse warehouse = new StubWarehouse();
        private final ExecutorService executor;
        private final ExecutorService nodeExecutor = Executors.newFixedThreadPool(2);
        private final NodeMembership membership;
        private final HandleTracker tracker;

        private Node(String name, DataSource dataSource) {
            repository = new JdbcStatementHandleRepository(dataSource);
            executor = Executors.newFixedThreadPool(repository.concurrency());
            membership = new NodeMembership(
                    repository, name, LEASE, Delayer.on(nodeExecutor), Stopwatch.of(InstantSource.system()));
            tracker = new HandleTracker(
                    WORKSPACE,
                    Transport.REST,
                    warehouse,
                    repository,
                    membership,
                    new HandleTracker.Means(InstantSource.system(), Delayer.on(executor), executor, new Random()));
            tracker.serve("reports", WatchSettings.standard(), () -> {});
        }

        private void submit() throws Exception {
            tracker.submit(new Submission(
                            "reports",
                            new StatementTarget(Transport.REST, WORKSPACE, WAREHOUSE),
                            StatementRequest.of(WAREHOUSE, "SELECT 1"),
                            CarriedHeaders.none(),
                            null,
                            SubmitGuarantee.AT_MOST_ONCE,
                            true))
                    .toCompletableFuture()
                    .get(1, TimeUnit.MINUTES);
        }

        @Override
        public void close() {
            tracker.close();
            membership.close();
            executor.shutdown();
            nodeExecutor.shutdown();
        }
    }

    private static Measurement submitRate(Database database) throws Exception {
        try (database;
                Node node = new Node("a", database.dataSource())) {
            long epoch = node.membership.lease().epoch();
            AtomicLong done = new AtomicLong();
            ExecutorService routes = Executors.newFixedThreadPool(THREADS);
            long begin = System.nanoTime();
            long end = begin + WARM_UP.plus(MEASURED).toNanos();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(routes.submit(() -> {
                    while (System.nanoTime() < end) {
                        node.submit();
                        done.incrementAndGet();
                    }
                    return null;
                }));
            }
            LockSupport.parkNanos(WARM_UP.toNanos());
            long before = done.get();
            long cpu = cpu();
            long from = System.nanoTime();
            for (Future<?> each : running) {
                each.get();
            }
            System.out.printf("CPU of this process: %.2f ms a submit%n", (cpu() - cpu) / 1e6 / (done.get() - before));
            double rate = (done.get() - before) * 1e9 / (System.nanoTime() - from);
            routes.shutdown();
            if (node.membership.lease().epoch() != epoch) {
                throw new IllegalStateException("The node lost its lease under load");
            }
            return new Measurement(rate, "submits/s", commits(database) + " commits/s of one row by one thread");
        }
    }

    /** What the database does by itself. */
    private static String commits(Database database) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists figure (a bigint primary key, b varchar(1000))");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("insert into figure values (?, ?)")) {
                long from = System.nanoTime();
                int rows = 0;
                while (System.nanoTime() - from < Duration.ofSeconds(5).toNanos()) {
                    insert.setLong(1, rows++);
                    insert.setString(2, "x".repeat(500));
                    insert.executeUpdate();
                    connection.commit();
                }
                return Benchmarks.number(rows * 1e9 / (System.nanoTime() - from));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static Measurement takeover(Database database) throws Exception {
        try (database) {
            try (Node first = new Node("a", database.dataSource())) {
                first.submit();
                multiply(database);
                // it dies: no renewal and no farewell
                first.tracker.close();
                first.nodeExecutor.shutdownNow();
                first.repository.renew(first.membership.lease());
                long died = System.nanoTime();
                try (Node second = new Node("b", database.dataSource())) {
                    long began = 0;
                    long cpu = 0;
                    while (second.tracker.size() < HANDLES) {
                        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                        if (began == 0 && second.tracker.size() > 0) {
                            began = System.nanoTime();
                            cpu = cpu();
                        }
                        if (System.nanoTime() - died > Duration.ofMinutes(5).toNanos()) {
                            throw new IllegalStateException("Only " + second.tracker.size() + " were taken over");
                        }
                    }
                    long now = System.nanoTime();
                    System.out.printf(
                            "Noticed after %.1f s; the takeover itself took %.1f s, and %.1f s of this process's CPU%n",
                            (began - died) / 1e9, (now - began) / 1e9, (cpu() - cpu) / 1e9);
                    return new Measurement(
                            (now - died) / 1e9,
                            "s",
                            "the lease of " + LEASE.toSeconds() + " s, and " + Benchmarks.number(update(database))
                                    + " s for one UPDATE of all rows");
                }
            }
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Makes many handles of one. */
    private static void multiply(Database database) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> columns = new ArrayList<>();
            try (ResultSet row = statement.executeQuery("select * from databricks_handle where 1 = 0")) {
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(row.getMetaData().getColumnName(i).toLowerCase());
                }
            }
            String values = columns.stream()
                    .map(column -> Arrays.asList("handle_key", "statement_id").contains(column)
                            ? "substring(concat('f', n, '-', " + column + "), 1, 40)"
                            : column)
                    .collect(Collectors.joining(", "));
            String numbers = database.file()
                    ? "(select x as n from system_range(2, " + HANDLES + "))"
                    : "(select n from generate_series(2, " + HANDLES + ") as s(n))";
            statement.executeUpdate("insert into databricks_handle (" + String.join(", ", columns) + ") select "
                    + values + " from databricks_handle, " + numbers + " as many");
            if (!database.file()) {
                statement.execute("analyze databricks_handle");
            }
        }
    }

    private static double update(Database database) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            long from = System.nanoTime();
            statement.executeUpdate("update databricks_handle set owner_epoch = owner_epoch + 1000");
            return (System.nanoTime() - from) / 1e9;
        }
    }
}
