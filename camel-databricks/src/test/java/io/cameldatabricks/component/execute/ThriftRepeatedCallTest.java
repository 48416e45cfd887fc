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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.connect.WarehouseAddress;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.RefusedCall;
import io.cameldatabricks.testinfra.fault.SessionExpired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** As {@link RepeatedCallTest}, over Thrift, where the driver words its failures otherwise. */
@Timeout(60)
class ThriftRepeatedCallTest {

    private static final String SQL = "SELECT 1";

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile String token;
    private HikariConnectionPool pool;
    private StatementRunner runner;

    @BeforeEach
    void start() {
        token = warehouse.token();
        warehouse.clearScripts();
        warehouse.script(Script.statement(SQL).column("a", "INT").row(1));
        PoolSettings settings = new PoolSettings(
                3, 0, 10, Duration.ofSeconds(10), PoolSettings.IDLE_TIMEOUT, PoolSettings.MAX_LIFETIME);
        ConnectionSettings connection = new ConnectionSettings(
                WarehouseAddress.parse(warehouse.httpUrl()),
                HttpPath.ofWarehouse(warehouse.warehouseId()),
                new Login.WithBean(this::token),
                null,
                null,
                new ConnectionSettings.Extras(Map.of(), Map.of(), Map.of("UseThriftClient", "1")),
                false);
        pool = new HikariConnectionPool(connection, settings, "camel-databricks/test", timer, InstantSource.system());
        runner = new StatementRunner(pool, timer);
        run();
        accepted = warehouse.statements().size();
    }

    private int accepted;

    private AccessToken token() {
        return AccessToken.of(token, Instant.now().plus(Duration.ofHours(tokens.incrementAndGet())));
    }

    @AfterEach
    void stop() {
        warehouse.clearFaults();
        pool.close();
        timer.shutdownNow();
    }

    @Test
    void shouldSendAStatementAgainThatADeadSessionRefused() {
        warehouse.dropSessions();

        assertThat(run().rows()).hasSize(1);

        assertThat(runner.repeats()).isEqualTo(1);
        assertThat(accepted()).isEqualTo(1);
    }

    @Test
    void shouldLetTheSecondFailureStand() {
        warehouse.inject(new SessionExpired());

        assertThat(failure()).isInstanceOf(RecoverableDatabricksException.class);

        assertThat(runner.repeats()).isEqualTo(1);
        assertThat(accepted()).isZero();
        assertThat(pool.stats().inUse()).isZero();
    }

    @Test
    void shouldNotRepeatWhatMayHaveRun() {
        for (CutPoint point : List.of(CutPoint.UNEXECUTED, CutPoint.UNANSWERED, CutPoint.HALF_ANSWERED)) {
            int before = accepted();
            warehouse.inject(ConnectionReset.during(CallKind.SUBMIT).at(point).times(1));

            assertThat(failure()).as("cut at %s", point).isInstanceOf(SubmitOutcomeUnknownException.class);

            assertThat(accepted() - before).isEqualTo(point == CutPoint.UNEXECUTED ? 0 : 1);
        }
        assertThat(runner.repeats()).isZero();
    }

    @Test
    void shouldSendAStatementAgainWithAnotherTokenOnceOneIsRefused() {
        int before = tokens.get();
        warehouse.inject(RefusedCall.tokenExpired().times(1));

        assertThat(run().rows()).hasSize(1);

        assertThat(runner.repeats()).isEqualTo(1);
        assertThat(accepted()).isEqualTo(1);
        assertThat(tokens.get()).isEqualTo(before + 1);
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

    private int accepted() {
        return warehouse.statements().size() - accepted;
    }
}
