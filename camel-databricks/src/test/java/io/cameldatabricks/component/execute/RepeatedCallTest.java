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

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.FaultRelay;
import io.cameldatabricks.component.FaultRelay.Spoiled;
import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.connect.WarehouseAddress;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Which failures are followed by a second attempt, counted by the warehouse. */
@Timeout(60)
class RepeatedCallTest {

    private static final String SQL = "SELECT 'a' AS a";

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final AtomicInteger tokens = new AtomicInteger();
    private FaultRelay relay;
    private HikariConnectionPool pool;
    private StatementRunner runner;

    @BeforeEach
    void start() {
        warehouse.clearScripts();
        warehouse.script(Script.statement(SQL).column("a", "STRING").row("a"));
        warehouse.script(Script.matching("SELECT wrong.*").fails("42703", "[UNRESOLVED_COLUMN] `wrong`"));
        relay = new FaultRelay(warehouse.httpUrl());
        open(new Login.WithBean(this::token), false);
    }

    /** A new one each time it is asked for, all of them good. */
    private AccessToken token() {
        tokens.incrementAndGet();
        return AccessToken.of(warehouse.token(), Instant.now().plus(Duration.ofHours(tokens.get())));
    }

    private void open(Login login, boolean cancelsPromptly) {
        if (pool != null) {
            pool.close();
        }
        PoolSettings settings = new PoolSettings(
                3, 0, 10, Duration.ofSeconds(10), PoolSettings.IDLE_TIMEOUT, PoolSettings.MAX_LIFETIME);
        ConnectionSettings connection = new ConnectionSettings(
                WarehouseAddress.parse(relay.url()),
                HttpPath.ofWarehouse(warehouse.warehouseId()),
                login,
                null,
                null,
                ConnectionSettings.Extras.none(),
                cancelsPromptly);
        pool = new HikariConnectionPool(connection, settings, "camel-databricks/test", timer, InstantSource.system());
        runner = new StatementRunner(pool, timer);
        warehouse.clearRequests();
    }

    @AfterEach
    void stop() {
        relay.fault((method, path) -> null);
        pool.close();
        relay.close();
        timer.shutdownNow();
    }

    @Test
    void shouldSendAStatementAgainThatADeadSessionRefused() {
        run();
        warehouse.dropSessions();

        assertThat(run().rows()).hasSize(1);

        assertThat(runner.repeats()).isEqualTo(1);
        assertThat(submits()).containsExactly(200, 404, 200);
    }

    @Test
    void shouldNotTryTheNextDeadSession() throws Exception {
        try (Connection one = pool.borrow();
                Connection two = pool.borrow();
                Connection three = pool.borrow()) {
            assertThat(List.of(one, two, three)).doesNotHaveDuplicates();
        }
        warehouse.dropSessions();

        for (int i = 0; i < 4; i++) {
            assertThat(run().rows()).hasSize(1);
        }

        assertThat(runner.repeats()).isEqualTo(1);
        assertThat(submits()).containsExactly(404, 200, 200, 200, 200);
    }

    @Test
    void shouldSendAStatementAgainWithAnotherTokenOnceOneIsRefused() {
        run();
        int before = tokens.get();
        AtomicInteger refusals = new AtomicInteger();
        relay.fault((method, path) -> isSubmit(method, path) && refusals.getAndIncrement() == 0
                ? new Spoiled(401, false, "{\"error_code\":\"UNAUTHENTICATED\",\"message\":\"expired\"}")
                : null);

        assertThat(run().rows()).hasSize(1);

        assertThat(runner.repeats()).isEqualTo(1);
        assertThat(tokens.get()).isEqualTo(before + 1);
        assertThat(submits()).containsExactly(200, 200);
    }

    @Test
    void shouldTakeTheWordsForARefusedTokenAsOne() {
        run();
        AtomicInteger refusals = new AtomicInteger();
        relay.fault((method, path) -> isSubmit(method, path) && refusals.getAndIncrement() == 0
                ? new Spoiled(403, false, "{\"error_code\":\"403\",\"message\":\"Invalid access token.\"}")
                : null);

        assertThat(run().rows()).hasSize(1);
        assertThat(runner.repeats()).isEqualTo(1);
    }

    @Test
    void shouldNotRepeatWhenThereIsNoOtherToken() {
        open(new Login.WithToken(AccessToken.of(warehouse.token())), false);
        run();
        relay.fault((method, path) -> isSubmit(method, path) ? new Spoiled(401, false) : null);

        DatabricksException failure = failure(SQL);

        assertThat(failure).isInstanceOf(RecoverableDatabricksException.class);
        assertThat(failure.getHttpStatus()).isEqualTo(401);
        assertThat(runner.repeats()).isZero();
        assertThat(tries()).isEqualTo(2);
    }

    @Test
    void shouldNotRepeatWhatWasAcceptedWhenALookAtItIsRefused() {
        open(new Login.WithBean(this::token), true);
        relay.fault((method, path) ->
                method.equals("GET") && path.contains("/statements/") ? new Spoiled(401, false) : null);

        DatabricksException failure = failure(SQL);

        assertThat(failure.getHttpStatus()).isEqualTo(401);
        assertThat(failure.getStatementId()).isNotBlank();
        assertThat(runner.repeats()).isZero();
        assertThat(submits()).containsExactly(200);
    }

    @Test
    void shouldLetTheSecondFailureStand() {
        relay.fault((method, path) -> isSubmit(method, path)
                ? new Spoiled(404, false, "{\"error_code\":\"NOT_FOUND\",\"message\":\"Invalid SessionHandle: [x]\"}")
                : null);

        DatabricksException failure = failure(SQL);

        assertThat(failure).isInstanceOf(RecoverableDatabricksException.class);
        assertThat(failure.getCause()).isNotInstanceOf(NotRunException.class);
        assertThat(tries()).isEqualTo(2);
        assertThat(runner.repeats()).isEqualTo(1);
        assertThat(pool.stats().inUse()).isZero();
    }

    @ParameterizedTest(name = "HTTP {0}, delivered {1}")
    @CsvSource({"0,true", "0,false", "500,true", "500,false", "502,true", "504,true", "504,false"})
    void shouldNotRepeatWhatMayHaveRun(int status, boolean delivered) {
        run();
        relay.fault((method, path) -> isSubmit(method, path) ? new Spoiled(status, delivered) : null);

        assertThat(failure(SQL)).isInstanceOf(SubmitOutcomeUnknownException.class);

        assertThat(runner.repeats()).isZero();
        assertThat(tries()).isEqualTo(2);
        assertThat(submits()).hasSize(delivered ? 2 : 1);
        assertThat(pool.stats().inUse()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT wrong", "SELECT wrong /* Invalid SessionHandle */"})
    void shouldNotRepeatWhatIsWrong(String sql) {
        assertThat(failure(sql)).isInstanceOf(PermanentDatabricksException.class);

        assertThat(runner.repeats()).isZero();
        assertThat(submits()).containsExactly(200);
    }

    private StatementResult run() {
        return RunOnce.of(runner, request(SQL));
    }

    private DatabricksException failure(String sql) {
        return catchThrowableOfType(DatabricksException.class, () -> RunOnce.of(runner, request(sql)));
    }

    private static StatementRequest request(String sql) {
        return new StatementRequest(
                new BoundSql(sql, List.of()),
                StatementRequest.Limits.none(),
                ResultSettings.of(OutputType.SELECT_LIST));
    }

    private static boolean isSubmit(String method, String path) {
        return method.equals("POST") && path.replaceAll("/$", "").endsWith("/statements");
    }

    /** What came to the relay. */
    private long tries() {
        return relay.requests().stream()
                .map(request -> request.split(" ", 2))
                .filter(request -> isSubmit(request[0], request[1]))
                .count();
    }

    /** What came to the warehouse, with its answers. */
    private static List<Integer> submits() {
        return warehouse.requests().stream()
                .filter(request -> isSubmit(request.method(), request.uri()))
                .map(request -> request.status())
                .toList();
    }
}
