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
import java.util.ArrayList;
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
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What becomes of connections, whatever becomes of statements. */
@Timeout(60)
class StatementRunnerTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private FaultRelay relay;
    private HikariConnectionPool pool;
    private StatementRunner runner;

    @BeforeEach
    void start() {
        warehouse.clearScripts();
        warehouse.script(Script.matching("SELECT 'a' .*").column("a", "STRING").row("a"));
        warehouse.script(Script.matching("SELECT wrong.*").fails("42703", "[UNRESOLVED_COLUMN] `wrong`"));
        warehouse.script(Script.matching("SELECT slow.*")
                .takes(Duration.ofHours(1))
                .column("a", "INT")
                .row(1));
        relay = new FaultRelay(warehouse.httpUrl());
        open(false);
    }

    private void open(boolean cancelsPromptly) {
        PoolSettings settings = new PoolSettings(
                2, 0, 10, Duration.ofSeconds(10), PoolSettings.IDLE_TIMEOUT, PoolSettings.MAX_LIFETIME);
        ConnectionSettings connection = new ConnectionSettings(
                WarehouseAddress.parse(relay.url()),
                HttpPath.ofWarehouse(warehouse.warehouseId()),
                new Login.WithToken(AccessToken.of(warehouse.token())),
                null,
                null,
                ConnectionSettings.Extras.none(),
                cancelsPromptly);
        pool = new HikariConnectionPool(connection, settings, "camel-databricks/test", timer, InstantSource.system());
        runner = new StatementRunner(pool, timer);
    }

    @AfterEach
    void stop() {
        relay.fault((method, path) -> null);
        pool.close();
        relay.close();
        timer.shutdownNow();
    }

    @Test
    void shouldKeepItsConnectionsWhenStatementsCannotBeClosed() {
        open(true);
        relay.fault((method, path) ->
                method.equals("DELETE") && path.contains("/statements/") ? new Spoiled(400, false) : null);

        for (int i = 0; i < 20; i++) {
            assertThat(run("SELECT 'a' /* " + i + " */").rows()).hasSize(1);
        }

        assertThat(relay.requests())
                .anyMatch(request -> request.startsWith("DELETE") && request.contains("statements"));
        assertThat(pool.stats().inUse()).isZero();
        assertThat(pool.stats().open()).isBetween(1, 2);
    }

    @Test
    void shouldKeepItsConnectionWhenAStatementIsWrong() {
        for (int i = 0; i < 5; i++) {
            assertThat(failure("SELECT wrong")).isInstanceOf(PermanentDatabricksException.class);
        }

        assertThat(pool.stats().inUse()).isZero();
        assertThat(pool.stats().open()).isEqualTo(1);
        assertThat(run("SELECT 'a' AS a").rows()).hasSize(1);
    }

    @Test
    void shouldNotKnowWhatBecameOfAStatementWhoseAnswerIsLost() {
        run("SELECT 'a' AS a");
        List<String> before = relay.requests();
        relay.fault(
                (method, path) -> method.equals("POST") && path.endsWith("/statements/") ? new Spoiled(0, true) : null);

        assertThat(failure("SELECT 'a' AS a")).isInstanceOf(SubmitOutcomeUnknownException.class);

        List<String> after = new ArrayList<>(
                relay.requests().subList(before.size(), relay.requests().size()));
        assertThat(after.stream().filter(request -> request.startsWith("POST"))).hasSize(1);
    }

    @Test
    void shouldCancelOnTheServerWhatRunsTooLong() {
        open(true);

        long start = System.nanoTime();
        DatabricksException failure = catchThrowableOfType(
                DatabricksException.class,
                () -> RunOnce.of(
                        runner, request("SELECT slow", new StatementRequest.Limits(Duration.ofMillis(300), 0))));

        assertThat(failure)
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessage("The statement ran longer than queryTimeout=300ms and was cancelled");
        assertThat(failure.getState()).isEqualTo("CANCELED");
        assertThat(failure.getStatementId()).isNotBlank();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(relay.requests()).anyMatch(request -> request.matches("POST .*/statements/[^/]+/cancel"));
        assertThat(pool.stats().inUse()).isZero();
    }

    private StatementResult run(String sql) {
        return RunOnce.of(runner, request(sql, StatementRequest.Limits.none()));
    }

    private DatabricksException failure(String sql) {
        return catchThrowableOfType(DatabricksException.class, () -> run(sql));
    }

    private static StatementRequest request(String sql, StatementRequest.Limits limits) {
        return new StatementRequest(new BoundSql(sql, List.of()), limits, ResultSettings.of(OutputType.SELECT_LIST));
    }
}
