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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** What it costs when the server forgets all sessions. */
final class PoolFigures {

    private static final int EVENTS = Integer.getInteger("session.storm.events", 200);
    private static final int BY_HAND_EVENTS = Math.min(EVENTS, 5);
    private static final int POOL = 10;
    private static final int CLIENTS = 20;
    private static final Duration BETWEEN = Duration.ofMillis(300);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private PoolFigures() {}

    static List<Figure> all() {
        return List.of(new Figure(
                "session-drop-storm",
                "failed exchanges for each connection and event, all sessions dropped " + EVENTS + " times under load",
                "<= 1, pool usable within 1,000 ms",
                PoolFigures::storm));
    }

    /** One message or one statement by hand. */
    @FunctionalInterface
    private interface Send {
        /** Returns null when it succeeded. */
        Exception failure();
    }

    private static Measurement storm() throws Exception {
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.scripted());
                DefaultCamelContext context = new DefaultCamelContext();
                HikariDataSource pool = pool(warehouse)) {
            warehouse.script(Script.statement("SELECT 1").column("a", "INT").row(1));
            context.start();
            Endpoint endpoint = context.getEndpoint(
                    "databricks:storm?" + warehouse.endpointOptions() + "&maxPoolSize=" + POOL + "&query=SELECT 1");
            try (ProducerTemplate template = context.createProducerTemplate()) {
                Storm component = new Storm(warehouse, () -> template.request(endpoint, exchange -> {})
                        .getException());
                component.run(EVENTS);
                component.print("component");
                Storm byHand = new Storm(warehouse, () -> byHand(pool));
                byHand.run(BY_HAND_EVENTS);
                byHand.print("JDBC and HikariCP by hand");
                return new Measurement(
                        component.failedPerConnection(),
                        "failed exchanges for each connection and event (usable again after "
                                + component.usableMillis(100) + " ms at most)",
                        Benchmarks.number(byHand.failedPerConnection()) + " by hand with JDBC and HikariCP over "
                                + BY_HAND_EVENTS + " events");
            }
        }
    }

    private static HikariDataSource pool(LocalWarehouseProcess warehouse) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(warehouse.jdbcUrl());
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    private static Exception byHand(HikariDataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            return rows.next() ? null : new SQLException("no row");
        } catch (SQLException | RuntimeException e) {
            return e;
        }
    }

    /** A load, and a server that forgets. */
    private static final class Storm {

        private final LocalWarehouseProcess warehouse;
        private final Send send;
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final Set<String> reasons = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile long droppedAt;
        private final AtomicLong firstGoodAfter = new AtomicLong();
        private long[] usable;

        Storm(LocalWarehouseProcess warehouse, Send send) {
            this.warehouse = warehouse;
            this.send = send;
        }

        void run(int events) throws Exception {
            usable = new long[events];
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(this::load);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
            for (int event = 0; event < events; event++) {
                warehouse.dropSessions();
                firstGoodAfter.set(0);
                droppedAt = System.nanoTime();
                LockSupport.parkNanos(BETWEEN.toNanos());
                while (firstGoodAfter.get() == 0 && System.nanoTime() - droppedAt < LONGEST.toNanos()) {
                    LockSupport.parkNanos(POLL.toNanos());
                }
                long good = firstGoodAfter.get();
                usable[event] = (good == 0 ? System.nanoTime() : good) - droppedAt;
            }
            over.set(true);
            clients.shutdown();
            clients.awaitTermination(1, TimeUnit.MINUTES);
            Arrays.sort(usable);
        }

        private void load() {
            while (!over.get()) {
                long start = System.nanoTime();
                Exception failure = send.failure();
                sent.incrementAndGet();
                if (failure != null) {
                    failed.incrementAndGet();
                    reasons.add(failure.getClass().getSimpleName());
                } else if (droppedAt != 0 && start >= droppedAt) {
                    firstGoodAfter.compareAndSet(0, System.nanoTime());
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }

        double failedPerConnection() {
            return (double) failed.get() / POOL / usable.length;
        }

        /** From the drop to the first answer to a message that was sent after it; two seconds when there was none. */
        long usableMillis(int percent) {
            return usable[Math.max(0, usable.length * percent / 100 - 1)] / 1_000_000;
        }

        void print(String who) {
            System.out.printf(
                    Locale.ROOT,
                    "  %s: %d events, %d sent, %d failed %s, usable again after %d ms (median), %d ms (at most)%n",
                    who,
                    usable.length,
                    sent.get(),
                    failed.get(),
                    reasons,
                    usableMillis(50),
                    usableMillis(100));
        }
    }
}
