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

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.repository.AesGcmStatementIdCipher;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.jdbc.EmbeddedHandleStore;
import io.cameldatabricks.component.repository.jdbc.JdbcStatementHandleRepository;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.Transport;
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
        warehouse.script(Script.matching("SELECT slow.*")
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
                from(uri(""))
                        .process(exchange -> delivered.add(exchange.getMessage().getHeader("order", Integer.class)));
            }
        });
    }

    private void submit(RunningContext camel, String query, int order) {
        Exchange exchange =
                camel.send(uri("&operation=SUBMIT&carryHeaders=order&query=" + query), null, Map.of("order", order));
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
        try (var file = FileChannel.open(directory.resolve("databricks-handles.mv.db"), StandardOpenOption.WRITE);
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

    private void deliverFrom(RunningContext camel, String uri) throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).process(exchange -> delivered.add(1));
            }
        });
    }

    @Test
    void shouldKeepHandlesInTheOnlyDataSourceForHandles() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:file:" + directory.resolve("app").toAbsolutePath() + ";WRITE_DELAY=0");
        String uri = "databricks:reports?" + warehouse.endpointOptions() + "&durable=true";
        try (RunningContext camel = new RunningContext()) {
            camel.context().getRegistry().bind("app", database);
            deliverFrom(camel, uri);
            Exchange exchange = camel.send(uri + "&operation=SUBMIT&query=SELECT 1");
            assertThat(exchange.getException()).isNull();
            StatementHandleRepository repository = new JdbcStatementHandleRepository(database);
            ConsumerScenario.await().until(() -> repository.counts("reports").containsKey(HandleState.DELIVERED));
        }
        assertThat(delivered).containsExactly(1);
        assertThat(Path.of("databricks-handles")).doesNotExist();
    }

    @Test
    void shouldRefuseADataSourceThatWouldLoseHandles() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:app");
        try (RunningContext camel = new RunningContext()) {
            camel.context().getRegistry().bind("app", database);
            assertThatThrownBy(() -> camel.send("databricks:reports?" + warehouse.endpointOptions()
                            + "&durable=true&operation=SUBMIT&query=SELECT 1"))
                    .hasStackTraceContaining("WRITE_DELAY=0");
            assertThat(warehouse.requests()).noneMatch(request -> request.uri().contains("/statements"));
        }
    }

    @Test
    void shouldRefuseStatementsOverThriftWithoutACipherWhenTheRouteStarts() throws Exception {
        String uri =
                "databricks:reports?host=host.example.com&httpPath=sql/protocolv1/o/123/0123-456789-abc&accessToken=secret&durable=true&dataDir="
                        + directory;
        try (RunningContext camel = new RunningContext()) {
            assertThatThrownBy(() -> camel.send(uri + "&operation=SUBMIT&query=SELECT 1"))
                    .hasStackTraceContaining("statementIdCipher");
            assertThatThrownBy(() -> deliverFrom(camel, uri)).hasStackTraceContaining("statementIdCipher");
        }
        try (RunningContext camel = new RunningContext()) {
            camel.context().getRegistry().bind("cipher", new AesGcmStatementIdCipher(new byte[16]));
            deliverFrom(camel, uri);
        }
    }

    /** Their ids hold a secret, with which the next process reads the rows. */
    @Test
    void shouldDeliverOverThriftAfterARestart() throws Exception {
        String uri = "databricks:reports?host=" + warehouse.httpUrl() + "&httpPath=" + warehouse.clusterHttpPath()
                + "&accessToken=" + warehouse.token() + "&durable=true&dataDir=" + directory;
        try (RunningContext before = new RunningContext()) {
            before.context().getRegistry().bind("cipher", new AesGcmStatementIdCipher(new byte[16]));
            Exchange submitted = before.send(uri + "&operation=SUBMIT&query=SELECT slowly");
            assertThat(submitted.getException()).isNull();
            assertThat(submitted
                            .getMessage()
                            .getBody(StatementReference.class)
                            .target()
                            .transport())
                    .isEqualTo(Transport.JDBC_THRIFT);
        }
        warehouse.advanceClock(Duration.ofMinutes(6));
        try (RunningContext wrong = new RunningContext()) {
            byte[] otherKey = new byte[16];
            otherKey[0] = 1;
            wrong.context().getRegistry().bind("cipher", new AesGcmStatementIdCipher(otherKey));
            assertThatThrownBy(() -> deliverFrom(wrong, uri))
                    .hasStackTraceContaining("1 handles that are not delivered yet")
                    .hasStackTraceContaining("encrypted with another key");
        }
        try (RunningContext after = new RunningContext()) {
            after.context().getRegistry().bind("cipher", new AesGcmStatementIdCipher(new byte[16]));
            MockEndpoint rows = after.context().getEndpoint("mock:rows", MockEndpoint.class);
            rows.expectedMessageCount(1);
            rows.setResultWaitTime(40_000);
            after.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri).to("mock:rows");
                }
            });
            rows.assertIsSatisfied();
            assertThat(rows.getExchanges().get(0).getMessage().getBody()).isEqualTo(List.of(Map.of("a", 3)));
            ConsumerScenario.await().until(() -> counts().containsKey(HandleState.DELIVERED));
        }
        assertThat(warehouse.statements())
                .filteredOn(statement -> statement.sql().startsWith("SELECT slowly"))
                .hasSize(1);
    }

    @Test
    void shouldNameTheArtifactThatIsMissing() throws Exception {
        URL[] withoutH2 = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("h2-"))
                .map(DurableStoreTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(withoutH2, ClassLoader.getPlatformClassLoader())) {
            Method open = loader.loadClass(EmbeddedHandleStore.class.getName()).getMethod("open", Path.class);
            assertThatThrownBy(() -> open.invoke(null, directory))
                    .hasStackTraceContaining("add com.h2database:h2 to the class path");
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldWarnWhenAConsumerLooksElsewhereForWhatIsSubmitted() throws Exception {
        try (LogCapture log = new LogCapture();
                RunningContext camel = new RunningContext()) {
            submit(camel, "SELECT 1", 1);
            deliverFrom(camel, "databricks:reports?" + warehouse.endpointOptions());
            assertThat(log.lines()).anyMatch(line -> line.contains("named reports keep their handles in different"));
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
