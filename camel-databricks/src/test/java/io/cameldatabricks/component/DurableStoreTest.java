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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.jdbc.EmbeddedHandleStore;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code durable=true} keeps handles in a directory, over a restart. */
@Timeout(120)
class DurableStoreTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @TempDir
    private Path directory;

    private final List<Integer> delivered = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        warehouse.clearFaults();
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(Script.matching("SELECT [0-9]+").column("a", "INT").row(1));
        warehouse.script(Script.statement("SELECT slow")
                .takes(Duration.ofMinutes(5))
                .column("a", "INT")
                .row(3));
    }

    private String uri(String options) {
        return "databricks:reports?" + warehouse.endpointOptions() + "&durable=true&dataDir=" + directory + options;
    }

    private void deliver(RunningContext camel) throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("")).process(exchange -> delivered.add(
                        exchange.getMessage().getHeader("order", Integer.class)));
            }
        });
    }

    private void submit(RunningContext camel, String query, int order) {
        Exchange exchange = camel.send(
                uri("&operation=SUBMIT&carryHeaders=order&query=" + query), null, Map.of("order", order));
        assertThat(exchange.getException()).isNull();
    }

    private Map<HandleState, Long> counts() {
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(directory)) {
            return store.repository().counts("reports");
        }
    }

    @Test
    void shouldDeliverAfterARestartWhatWasSubmittedBefore() throws Exception {
        try (RunningContext before = new RunningContext()) {
            submit(before, "SELECT slow", 7);
        }
        assertThat(counts()).containsExactly(Map.entry(HandleState.SUBMITTED, 1L));
        warehouse.advanceClock(Duration.ofMinutes(6));
        try (RunningContext after = new RunningContext()) {
            deliver(after);
            ConsumerScenario.await().until(() -> counts().containsKey(HandleState.DELIVERED));
        }
        assertThat(delivered).containsExactly(7);
    }

    @Test
    void shouldShareOneStoreAmongEndpointsAndContextsOfAProcess() throws Exception {
        try (RunningContext one = new RunningContext();
                RunningContext two = new RunningContext()) {
            submit(one, "SELECT 1", 1);
            submit(two, "SELECT 2", 2);
            deliver(two);
            ConsumerScenario.await().until(() -> counts().getOrDefault(HandleState.DELIVERED, 0L) == 2);
            submit(one, "SELECT 3", 3);
            ConsumerScenario.await().until(() -> counts().getOrDefault(HandleState.DELIVERED, 0L) == 3);
        }
        assertThat(delivered).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void shouldCloseTheStoreWithTheComponent() throws Exception {
        try (RunningContext camel = new RunningContext()) {
            submit(camel, "SELECT 1", 1);
        }
        // H2 keeps its file open, and locked, as long as one connection is
        try (var file = java.nio.channels.FileChannel.open(
                        directory.resolve("databricks-handles.mv.db"), java.nio.file.StandardOpenOption.WRITE);
                var lock = file.tryLock()) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void shouldNotStartBesideAnotherProcessThatUsesTheDirectory() throws Exception {
        Path said = directory.resolve("said");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreHolder.class.getName(),
                        directory.toString())
                .redirectOutput(said.toFile())
                .start();
        try (RunningContext camel = new RunningContext()) {
            ConsumerScenario.await().until(() -> Files.readString(said).contains("open"));
            assertThatThrownBy(() -> submit(camel, "SELECT 1", 1)).hasStackTraceContaining("another process uses it");
            assertThatThrownBy(() -> deliver(camel)).hasStackTraceContaining("another process uses it");
            assertThat(warehouse.requests()).noneMatch(request -> request.uri().contains("/statements"));
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** Has the store open until it is killed. */
    static final class StoreHolder {
        public static void main(String[] args) throws InterruptedException {
            StatementHandleRepository held =
                    EmbeddedHandleStore.open(Path.of(args[0])).repository();
            System.out.println("open " + held.counts("reports"));
            Thread.currentThread().join();
        }
    }
}
