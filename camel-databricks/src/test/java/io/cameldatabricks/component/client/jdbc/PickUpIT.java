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
package io.cameldatabricks.component.client.jdbc;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cameldatabricks.component.client.ContractPools;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.sea.SeaClients;
import io.cameldatabricks.component.client.sea.SeaSettings;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.retry.RateLimits;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** A statement is picked up in another JVM, by the text of its handle. */
@Timeout(120)
class PickUpIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    private static String workspace() {
        return warehouse.host() + ":" + warehouse.port();
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadTheRowsInAnotherProcess(Transport transport) throws Exception {
        String text = submit(transport, "SELECT id, concat('row ', id) AS s FROM range(3) ORDER BY id");
        assertThat(inAnotherProcess(text, workspace(), transport))
                .contains("state: SUCCEEDED", "name=id, type=BIGINT", "rows: [0|row 0, 1|row 1, 2|row 2]");
    }

    @Test
    void shouldRefuseTheHandleOfAnotherWorkspaceOrTransport() throws Exception {
        String text = submit(Transport.JDBC_THRIFT, "SELECT 1");
        String secret = text.substring(text.indexOf('|') + 1);
        assertThat(inAnotherProcess(text, "adb-1.azuredatabricks.net", Transport.JDBC_THRIFT))
                .contains("refused: ", "belongs to workspace " + workspace(), "adb-1.azuredatabricks.net")
                .doesNotContain(secret);
        assertThat(inAnotherProcess(text, workspace(), Transport.REST))
                .contains("refused: ", "submitted over JDBC_THRIFT", "configured for REST")
                .doesNotContain(secret);
        // the handle is as good as before
        assertThat(inAnotherProcess(text, workspace(), Transport.JDBC_THRIFT)).contains("rows: [1]");
    }

    /** Submits, waits for the end, and closes all that belongs to it. */
    private static String submit(Transport transport, String sql) {
        WarehouseId id = new WarehouseId(warehouse.warehouseId());
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (HikariConnectionPool pool = ContractPools.open(
                        warehouse.httpUrl(),
                        warehouse.token(),
                        id.value(),
                        transport == Transport.JDBC_THRIFT,
                        null,
                        2);
                StatementClient client = transport == Transport.REST
                        ? rest()
                        : new JdbcStatementClient(pool, transport, executor, InstantSource.system())) {
            StatementId statement = client.submit(StatementRequest.of(id, sql))
                    .toCompletableFuture()
                    .join()
                    .id();
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> client.status(
                            statement, Urgency.now(Instant.now()))
                    .toCompletableFuture()
                    .join()
                    .map(StatementStatus::isTerminal)
                    .orElse(false));
            return new StatementReference(new StatementTarget(transport, workspace(), id), statement).text();
        } finally {
            executor.shutdownNow();
        }
    }

    private static StatementClient rest() {
        Delayer delayer = Delayer.on(ForkJoinPool.commonPool());
        InstantSource clock = InstantSource.system();
        return new SeaClients(ForkJoinPool.commonPool(), clock, delayer, new Random(), null)
                .create(
                        SeaSettings.of(URI.create(warehouse.httpUrl()), "camel-databricks/test"),
                        () -> CompletableFuture.completedFuture(warehouse.token()),
                        new RateLimiter(RateLimits.standard(), clock, delayer));
    }

    private static String inAnotherProcess(String text, String workspace, Transport transport)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PickUpProcess.class.getName(),
                        warehouse.httpUrl(),
                        workspace,
                        transport.name())
                // so that a failed test says why
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().write((warehouse.token() + "\n" + text + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
