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
package io.cameldatabricks.component.execute;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.connect.WarehouseAddress;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.NetworkRelay;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What the pool makes of a network that is lost, and of a warehouse that dies: it heals by itself. */
@Timeout(120)
class LostNetworkTest {

    private static final String SQL = "SELECT 1";
    private static final WarehouseOptions OPTIONS = WarehouseOptions.scripted().withToken("dapi-local");

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    /** Longer than anything takes here. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private LocalWarehouseProcess warehouse;
    private NetworkRelay network;
    private HikariConnectionPool pool;
    private StatementRunner runner;

    @BeforeEach
    void start() {
        warehouse = startWarehouse();
        network = new NetworkRelay(warehouse.port());
        PoolSettings settings =
                new PoolSettings(2, 0, 10, PATIENCE, PoolSettings.IDLE_TIMEOUT, PoolSettings.MAX_LIFETIME);
        ConnectionSettings connection = new ConnectionSettings(
                WarehouseAddress.parse(network.url()),
                HttpPath.ofWarehouse(warehouse.warehouseId()),
                new Login.WithToken(AccessToken.of(warehouse.token())),
                null,
                null,
                new ConnectionSettings.Extras(Map.of(), Map.of(), Map.of("socketTimeout", "2")),
                true);
        pool = new HikariConnectionPool(connection, settings, "camel-databricks/test", timer, InstantSource.system());
        runner = new StatementRunner(pool, timer);
    }

    private static LocalWarehouseProcess startWarehouse() {
        LocalWarehouseProcess started = LocalWarehouseProcess.start(OPTIONS);
        started.script(Script.statement(SQL).column("a", "INT").row(1));
        return started;
    }

    @AfterEach
    void stop() {
        pool.close();
        network.close();
        warehouse.close();
        timer.shutdownNow();
    }

    @Test
    void shouldHealWhenTheWarehouseWasKilledAndStartedAgain() {
        run();
        ProcessHandle process = ProcessHandle.of(warehouse.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        warehouse = startWarehouse();
        network.lead(warehouse.port());

        healed();

        assertThat(accepted()).isEqualTo(3);
    }

    @Test
    void shouldHealWhenAllConnectionsAreReset() {
        run();
        network.reset();

        healed();
    }

    @Test
    void shouldWaitForTheNetworkAndSendAStatementOnce() {
        run();
        network.cut();
        // not in the common pool, which may be busy
        CompletableFuture<StatementResult> answer = CompletableFuture.supplyAsync(this::run, timer);
        // the driver tries for some seconds by itself, and on a busy machine for more
        Awaitility.await().atMost(PATIENCE).until(() -> runner.repeats() == 1 || answer.isDone());
        assertThat(answer).isNotDone();

        network.restore();

        assertThat(answer.join().rows()).hasSize(1);
        assertThat(accepted()).isEqualTo(2);
        assertThat(pool.stats().inUse()).isZero();
    }

    @Test
    void shouldSayThatItIsNotKnownWhetherAStatementRanWhenAllFallsSilent() {
        run();
        network.freeze();

        assertThat(failure()).isInstanceOf(SubmitOutcomeUnknownException.class);

        network.thaw();
        network.reset();
        healed();
    }

    @Test
    void shouldNotRepeatAStatementWhoseAnswerWasReset() {
        run();
        for (CutPoint point :
                List.of(CutPoint.UNREAD, CutPoint.UNEXECUTED, CutPoint.UNANSWERED, CutPoint.HALF_ANSWERED)) {
            warehouse.inject(ConnectionReset.during(CallKind.SUBMIT).at(point).times(1));

            assertThat(failure()).as("cut at %s", point).isInstanceOf(SubmitOutcomeUnknownException.class);
            healed();
        }
        assertThat(runner.repeats()).isZero();
    }

    @Test
    void shouldOpenAConnectionAfterAResetOfTheFirstAttempt() {
        warehouse.inject(ConnectionReset.duringSession().times(1));

        assertThat(run().rows()).hasSize(1);
    }

    /** Nothing is wrong any more: three in a row. */
    private void healed() {
        int good = 0;
        for (int i = 0; good < 3; i++) {
            try {
                assertThat(run().rows()).hasSize(1);
                good++;
            } catch (SubmitOutcomeUnknownException | TransientDatabricksException e) {
                assertThat(good).as("once healed it stays so").isZero();
                assertThat(i).as("failures for each connection").isLessThan(2);
            }
        }
        assertThat(pool.stats().inUse()).isZero();
        assertThat(pool.stats().waiting()).isZero();
    }

    private StatementResult run() {
        return RunOnce.of(
                runner,
                new StatementRequest(
                        new BoundSql(SQL, List.of()),
                        StatementRequest.Limits.none(),
                        ResultSettings.of(OutputType.SELECT_LIST)));
    }

    private DatabricksException failure() {
        return catchThrowableOfType(DatabricksException.class, this::run);
    }

    private long accepted() {
        return warehouse.requests().stream()
                .filter(request -> request.method().equals("POST")
                        && request.uri().matches("/api/2.0/sql/statements/?")
                        && request.status() == 200)
                .count();
    }
}
