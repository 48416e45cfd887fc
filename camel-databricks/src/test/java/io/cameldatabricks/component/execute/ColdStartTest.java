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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.FaultRelay;
import io.cameldatabricks.component.FaultRelay.Spoiled;
import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.connect.WarehouseAddress;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.fault.SlowStart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A warehouse that has to start first is normal, and its time is nobody else's. */
@Timeout(60)
class ColdStartTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final FaultRelay relay = new FaultRelay(warehouse.httpUrl());
    private HikariConnectionPool pool;
    private StatementRunner runner;

    @BeforeEach
    void start() {
        warehouse.clearScripts();
        warehouse.script(Script.statement("SELECT 1").column("a", "INT").row(1));
        warehouse.script(
                Script.statement("SELECT slow").takes(HOUR).column("a", "INT").row(1));
        open(MINUTE, MINUTE);
        warehouse.clearRequests();
    }

    private void open(Duration connectionTimeout, Duration startTimeout) {
        if (pool != null) {
            pool.close();
        }
        PoolSettings settings = new PoolSettings(
                2, 0, 10, connectionTimeout, PoolSettings.IDLE_TIMEOUT, PoolSettings.MAX_LIFETIME, startTimeout);
        ConnectionSettings connection = new ConnectionSettings(
                WarehouseAddress.parse(relay.url()),
                HttpPath.ofWarehouse(warehouse.warehouseId()),
                new Login.WithToken(AccessToken.of(warehouse.token())),
                null,
                null,
                ConnectionSettings.Extras.none(),
                true);
        pool = new HikariConnectionPool(connection, settings, "camel-databricks/test", timer, InstantSource.system());
        runner = new StatementRunner(pool, timer);
    }

    @AfterEach
    void stop() {
        relay.fault((method, path) -> null);
        warehouse.clearFaults();
        pool.close();
        relay.close();
        timer.shutdownNow();
    }

    @Test
    void shouldNotCountTheStartForTheQueryTimeout() {
        warehouse.inject(new SlowStart(Duration.ofSeconds(2)));

        assertThat(run("SELECT 1", Duration.ofMillis(1500)).rows()).hasSize(1);

        assertThat(looks()).isBetween(2L, 12L);
    }

    @Test
    void shouldCountFromTheStartOn() {
        warehouse.inject(new SlowStart(Duration.ofSeconds(1)));
        long before = System.nanoTime();

        DatabricksException failure = failure("SELECT slow", Duration.ofMillis(400));

        assertThat(failure)
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessage("The statement ran longer than queryTimeout=400ms and was cancelled");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(1400));
    }

    @Test
    void shouldGiveUpOnAStartThatTakesTooLong() {
        open(MINUTE, Duration.ofSeconds(1));
        warehouse.inject(new SlowStart(HOUR));

        DatabricksException failure = failure("SELECT 1", MINUTE);

        assertThat(failure)
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage("The warehouse did not start within startTimeout=1000ms and the statement was cancelled");
        assertThat(failure.getState()).isEqualTo("CANCELED");
        assertThat(pool.stats().inUse()).isZero();
    }

    @Test
    void shouldGiveUpOnTheStartWithoutAQueryTimeoutToo() {
        open(MINUTE, Duration.ofSeconds(1));
        warehouse.inject(new SlowStart(HOUR));

        assertThat(failure("SELECT 1", Duration.ZERO))
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessageContaining("startTimeout");
    }

    @Test
    void shouldWaitForAConnectionWhileTheWarehouseStarts() {
        open(Duration.ofMillis(300), MINUTE);
        warehouse.inject(new SlowStart(Duration.ofSeconds(2)).sessionsWait());

        assertThat(run("SELECT 1", Duration.ZERO).rows()).hasSize(1);
    }

    @Test
    void shouldAskForAConnectionAgainWhileTheWarehouseRefusesSessions() {
        open(Duration.ofMillis(1_500), MINUTE);
        warehouse.inject(new SlowStart(Duration.ofSeconds(2)).sessionsUnavailable(Duration.ofSeconds(1)));

        assertThat(run("SELECT 1", Duration.ZERO).rows()).hasSize(1);
    }

    @Test
    void shouldNotWaitForAConnectionForLongerThanAStartMayTake() {
        open(Duration.ofMillis(300), Duration.ofSeconds(1));
        warehouse.inject(new SlowStart(HOUR).sessionsWait());

        assertThat(failure("SELECT 1", Duration.ZERO))
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessageEndingWith("within 1000 ms (startTimeout): the warehouse has not started");
    }

    /** Without the right to see the warehouse nobody knows why a statement takes its time. */
    @Test
    void shouldCountAllTimeWhenItMayNotLook() {
        warehouse.inject(new SlowStart(HOUR));
        relay.fault((method, path) ->
                path.contains("/sql/warehouses/") && method.equals("GET") ? new Spoiled(403, false) : null);

        assertThat(failure("SELECT 1", Duration.ofMillis(400)))
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("queryTimeout");

        assertThat(looks()).isEqualTo(1);
        failure("SELECT 1", Duration.ofMillis(400));
        assertThat(looks()).isEqualTo(1);
    }

    @Test
    void shouldNotLookForShortStatements() {
        for (int i = 0; i < 20; i++) {
            run("SELECT 1", MINUTE);
            run("SELECT 1", Duration.ZERO);
        }

        assertThat(looks()).isZero();
    }

    @Test
    void shouldLookOnceWhenTheWarehouseRuns() {
        failure("SELECT slow", Duration.ofSeconds(1));

        assertThat(looks()).isEqualTo(1);
    }

    private StatementResult run(String sql, Duration queryTimeout) {
        return RunOnce.of(
                runner,
                new StatementRequest(
                        new BoundSql(sql, List.of()),
                        new StatementRequest.Limits(queryTimeout, 0),
                        ResultSettings.of(OutputType.SELECT_LIST)));
    }

    private DatabricksException failure(String sql, Duration queryTimeout) {
        return catchThrowableOfType(DatabricksException.class, () -> run(sql, queryTimeout));
    }

    private long looks() {
        return relay.requests().stream()
                .filter(request -> request.startsWith("GET /api/2.0/sql/warehouses/"))
                .count();
    }
}
