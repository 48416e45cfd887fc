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

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.jdbc.JdbcStatementHandleRepository;
import io.cameldatabricks.component.repository.jdbc.PostgreSqlServer;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** Two Camel contexts with one repository share the work, and take over from each other. */
@Timeout(120)
class SharedRepositoryTest {

    private static final int STATEMENTS = 60;

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @TempDir
    private Path directory;

    @BeforeEach
    void start() {
        warehouse.clearFaults();
        warehouse.clearScripts();
        warehouse.script(
                Script.matching("SELECT [0-9]+").column("a", "INT").row(1).row(2));
    }

    /** One of several nodes: submits, and counts what is delivered to it. */
    private static final class Node implements AutoCloseable {
        private final RunningContext camel = new RunningContext();
        private final Map<Integer, Integer> delivered = new ConcurrentHashMap<>();

        private Node(StatementHandleRepository repository) {
            camel.context().getRegistry().bind("handles", repository);
        }

        private static String uri(String options) {
            return "databricks:reports?" + warehouse.endpointOptions() + "&lease=3s&handleRepository=#handles&"
                    + options;
        }

        private void deliver(CountDownLatch gate) throws Exception {
            camel.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri("maxInFlight=4")).routeId("delivery").process(exchange -> {
                        gate.await();
                        delivered.merge(exchange.getMessage().getHeader("order", Integer.class), 1, Integer::sum);
                    });
                }
            });
        }

        private void submit(int order) {
            Exchange exchange = camel.send(
                    uri("operation=SUBMIT&carryHeaders=order&query=SELECT " + order), null, Map.of("order", order));
            assertThat(exchange.getException()).isNull();
        }

        @Override
        public void close() {
            camel.close();
        }
    }

    /** Nodes that find the application's database by themselves, with a lease that never runs out here. */
    private static String durable(String options) {
        return "databricks:rolling?" + warehouse.endpointOptions() + "&lease=10m&durable=true" + options;
    }

    private static RunningContext durableNode(List<Integer> delivered) throws Exception {
        RunningContext camel = new RunningContext();
        camel.context().getRegistry().bind("app", PostgreSqlServer.dataSource());
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(durable(""))
                        .process(exchange -> delivered.add(exchange.getMessage().getHeader("order", Integer.class)));
            }
        });
        return camel;
    }

    private static void submitDurably(RunningContext camel, int order) {
        Exchange exchange = camel.send(
                durable("&operation=SUBMIT&carryHeaders=order&query=SELECT " + order), null, Map.of("order", order));
        assertThat(exchange.getException()).isNull();
    }

    @Test
    void shouldHandOverAtOnceInARollingRestartOnPostgreSql() throws Exception {
        StatementHandleRepository repository = new JdbcStatementHandleRepository(PostgreSqlServer.dataSource());
        warehouse.script(Script.matching("SELECT 99[0-9]")
                .takes(Duration.ofMinutes(5))
                .column("a", "INT")
                .row(1));
        List<Integer> delivered = new CopyOnWriteArrayList<>();
        List<RunningContext> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                nodes.add(durableNode(delivered));
            }
            for (int i = 0; i < 3; i++) {
                submitDurably(nodes.get(i), 990 + i);
            }
            // each is replaced by a new one, which knows nothing
            for (int i = 0; i < 3; i++) {
                nodes.get(i).close();
                nodes.set(i, durableNode(delivered));
            }
            warehouse.advanceClock(Duration.ofMinutes(6));
            ConsumerScenario.await()
                    .until(() -> repository.counts("rolling").equals(Map.of(HandleState.DELIVERED, 3L)));
        } finally {
            nodes.forEach(RunningContext::close);
        }
        assertThat(delivered).containsExactlyInAnyOrder(990, 991, 992);
    }

    private static CountDownLatch open() {
        return new CountDownLatch(0);
    }

    private void shareTheWork(StatementHandleRepository first, StatementHandleRepository second) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (Node a = new Node(first);
                Node b = new Node(second)) {
            a.deliver(gate);
            b.deliver(gate);
            for (int i = 0; i < STATEMENTS; i++) {
                (i % 2 == 0 ? a : b).submit(i);
            }
            ConsumerScenario.await().until(() -> first.counts("reports").getOrDefault(HandleState.CLAIMED, 0L) == 8);
            gate.countDown();
            ConsumerScenario.await()
                    .until(() -> first.counts("reports").getOrDefault(HandleState.DELIVERED, 0L) == STATEMENTS);
            List<Integer> counts = new ArrayList<>();
            for (int i = 0; i < STATEMENTS; i++) {
                counts.add(a.delivered.getOrDefault(i, 0) + b.delivered.getOrDefault(i, 0));
            }
            assertThat(Set.copyOf(counts)).as("each exactly once").containsExactly(1);
            assertThat(a.delivered).isNotEmpty();
            assertThat(b.delivered).isNotEmpty();
        }
    }

    @Test
    void shouldShareOneObjectInMemory() throws Exception {
        StatementHandleRepository shared = new MemoryStatementHandleRepository(InstantSource.system());
        shareTheWork(shared, shared);
    }

    @Test
    void shouldShareOneDatabase() throws Exception {
        JdbcConnectionPool database = database();
        try {
            shareTheWork(new JdbcStatementHandleRepository(database), new JdbcStatementHandleRepository(database));
        } finally {
            database.dispose();
        }
    }

    private JdbcConnectionPool database() {
        return JdbcConnectionPool.create(
                "jdbc:h2:file:" + directory.resolve("handles").toAbsolutePath() + ";WRITE_DELAY=0", "sa", "");
    }

    @Test
    void shouldDeliverWhatAnotherNodeHasSubmittedBeforeItLeft() throws Exception {
        StatementHandleRepository shared = new MemoryStatementHandleRepository(InstantSource.system());
        warehouse.script(Script.matching("SELECT 99")
                .takes(Duration.ofMinutes(5))
                .column("a", "INT")
                .row(1));
        try (Node b = new Node(shared)) {
            b.deliver(open());
            try (Node a = new Node(shared)) {
                a.submit(99);
                assertThat(shared.counts("reports")).containsEntry(HandleState.SUBMITTED, 1L);
            }
            warehouse.advanceClock(Duration.ofMinutes(6));
            ConsumerScenario.await().until(() -> b.delivered.containsKey(99));
            ConsumerScenario.await().until(() -> shared.counts("reports").getOrDefault(HandleState.DELIVERED, 0L) == 1);
        }
    }
}
