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

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.databricks.jdbc.api.internal.IDatabricksConnectionInternal;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cameldatabricks.component.client.ContractPools;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.pool.DataSourcePool;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A statement survives whatever happens to the connection that submitted it. */
@Timeout(60)
class DetachedStatementIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private static final String SLOW = "SELECT slow";

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final List<AutoCloseable> opened = new ArrayList<>();

    private enum Mode {
        SEA(Transport.JDBC_SEA),
        THRIFT(Transport.JDBC_THRIFT);

        private final Transport transport;

        Mode(Transport transport) {
            this.transport = transport;
        }
    }

    @BeforeEach
    void script() {
        warehouse.clearScripts();
        warehouse.script(Script.statement(SLOW).column("x", "INT").row(7).takes(Duration.ofMinutes(5)));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        executor.shutdownNow();
    }

    private HikariConnectionPool pool(Mode mode) {
        HikariConnectionPool pool = ContractPools.open(
                warehouse.httpUrl(), warehouse.token(), warehouse.warehouseId(), mode == Mode.THRIFT, null, 2);
        opened.add(pool);
        return pool;
    }

    private HikariDataSource users(Mode mode) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(warehouse.jdbcUrl(Map.of("UseThriftClient", mode == Mode.THRIFT ? "1" : "0")));
        config.setDriverClassName("com.databricks.client.jdbc.Driver");
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        HikariDataSource users = new HikariDataSource(config);
        opened.add(users);
        return users;
    }

    /** The same, with every connection that it lends added to a list. */
    private static DataSource remembering(DataSource users, List<Connection> lent) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(users, arguments);
                    if (answer instanceof Connection connection) {
                        lent.add(connection);
                    }
                    return answer;
                });
    }

    private JdbcStatementClient client(ConnectionPool pool, Mode mode) {
        return new JdbcStatementClient(pool, mode.transport, executor, InstantSource.system());
    }

    private static StatementRequest request() {
        return StatementRequest.of(new WarehouseId(warehouse.warehouseId()), SLOW);
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private static StatementState state(JdbcStatementClient client, StatementId id) {
        return get(client.status(id, Urgency.now(Instant.now())))
                .map(StatementStatus::state)
                .orElse(null);
    }

    /** The statement runs on, and its rows can be read, by a process that knows its id alone. */
    private void assertAlive(StatementId id, Mode mode) {
        HikariConnectionPool other = pool(mode);
        JdbcStatementClient stranger = client(other, mode);
        assertThat(state(stranger, id)).isEqualTo(StatementState.RUNNING);
        warehouse.advanceClock(Duration.ofMinutes(6));
        assertThat(state(stranger, id)).isEqualTo(StatementState.SUCCEEDED);
        assertThat(ContractPools.rows(other, id)).containsExactly("7");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveThatThePoolIsClosed(Mode mode) {
        HikariConnectionPool pool = pool(mode);
        StatementId id = get(client(pool, mode).submit(request())).id();
        pool.close();
        assertAlive(id, mode);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveThatItsConnectionIsEvictedAndClosed(Mode mode) throws Exception {
        HikariConnectionPool pool = pool(mode);
        JdbcStatementClient client = client(pool, mode);
        StatementId id = get(client.submit(request())).id();
        Connection connection = pool.borrow();
        Connection physical = connection.unwrap(IDatabricksConnectionInternal.class);
        // as at the end of maxLifetime and of idleTimeout
        pool.evict(connection);
        pool.giveBack(connection);
        Awaitility.await().until(physical::isClosed);
        assertThat(state(client, id)).isEqualTo(StatementState.RUNNING);
        assertAlive(id, mode);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveTheRotationOfEveryConnectionUnderLoad(Mode mode) {
        HikariConnectionPool pool = pool(mode);
        JdbcStatementClient client = client(pool, mode);
        List<StatementId> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(get(client.submit(request())).id());
            Connection connection = pool.borrow();
            pool.evict(connection);
            pool.giveBack(connection);
        }
        warehouse.clearRequests();
        ids.forEach(id -> assertThat(state(client, id)).isEqualTo(StatementState.RUNNING));
        ids.forEach(id -> get(client.cancel(id)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndTheSessionThatWasLeftOpenWhenItIsNotNeededAnyMore(Mode mode) {
        HikariConnectionPool pool = pool(mode);
        JdbcStatementClient client = client(pool, mode);
        int before = warehouse.sessions();
        StatementId id = get(client.submit(request())).id();
        Connection connection = pool.borrow();
        pool.evict(connection);
        pool.giveBack(connection);
        assertThat(state(client, id)).isEqualTo(StatementState.RUNNING);
        // that of the statement and the one that asks
        assertThat(warehouse.sessions()).isEqualTo(before + 2);
        get(client.cancel(id));
        Awaitility.await().until(() -> state(client, id) == StatementState.CANCELED);
        Awaitility.await().until(() -> {
            state(client, id);
            return warehouse.sessions() == before + 1;
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndASessionWithItsConnectionWhenNothingRunsInIt(Mode mode) {
        HikariConnectionPool pool = pool(mode);
        JdbcStatementClient client = client(pool, mode);
        int before = warehouse.sessions();
        StatementId id = get(client.submit(request())).id();
        get(client.cancel(id));
        Awaitility.await().until(() -> state(client, id) == StatementState.CANCELED);
        pool.close();
        assertThat(warehouse.sessions()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldAConnectionOfAUsersDataSourceWhileAStatementRunsInItsSession(Mode mode) {
        HikariDataSource users = users(mode);
        JdbcStatementClient client = client(new DataSourcePool(users), mode);
        StatementId first = get(client.submit(request())).id();
        StatementId second = get(client.submit(request())).id();
        assertThat(users.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
        users.getHikariPoolMXBean().softEvictConnections();
        assertThat(state(client, first)).isEqualTo(StatementState.RUNNING);
        get(client.cancel(first));
        Awaitility.await().until(() -> state(client, first) == StatementState.CANCELED);
        assertThat(users.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
        // the client is closed before the data source, as Camel's context is
        client.close();
        users.close();
        assertAlive(second, mode);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveThatAUsersDataSourceIsClosedFirst(Mode mode) {
        HikariDataSource users = users(mode);
        JdbcStatementClient client = client(new DataSourcePool(users), mode);
        StatementId first = get(client.submit(request())).id();
        StatementId second = get(client.submit(request())).id();
        // closes what is idle, and aborts what is lent
        users.close();
        client.close();
        assertAlive(first, mode);
        assertThat(ContractPools.rows(pool(mode), second)).containsExactly("7");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveADataSourceThatTakesBackWhatItHasLent(Mode mode) throws Exception {
        List<Connection> lent = new ArrayList<>();
        HikariDataSource users = users(mode);
        JdbcStatementClient client = client(new DataSourcePool(remembering(users, lent)), mode);
        StatementId first = get(client.submit(request())).id();
        // as pools do that look for abandoned connections
        lent.get(lent.size() - 1).unwrap(IDatabricksConnectionInternal.class).close();
        assertThat(state(client, first)).isEqualTo(StatementState.RUNNING);
        StatementId second = get(client.submit(request())).id();
        assertThat(state(client, second)).isEqualTo(StatementState.RUNNING);
        assertAlive(first, mode);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveAUsableConnectionBackToAUsersDataSource(Mode mode) throws Exception {
        HikariDataSource users = users(mode);
        JdbcStatementClient client = client(new DataSourcePool(users), mode);
        StatementId id = get(client.submit(request())).id();
        get(client.cancel(id));
        Awaitility.await().until(() -> state(client, id) == StatementState.CANCELED);
        Awaitility.await().until(() -> {
            state(client, id);
            return users.getHikariPoolMXBean().getActiveConnections() == 0;
        });
        int total = users.getHikariPoolMXBean().getTotalConnections();
        try (Connection one = users.getConnection();
                Connection other = users.getConnection()) {
            assertThat(one.isClosed()).isFalse();
            assertThat(other.isClosed()).isFalse();
        }
        assertThat(users.getHikariPoolMXBean().getTotalConnections()).isEqualTo(total);
        int sessions = warehouse.sessions();
        users.close();
        assertThat(warehouse.sessions())
                .as("sessions end with their connections")
                .isEqualTo(sessions - total);
    }

    @Test
    void shouldRefuseADataSourceOfAnotherDriver() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:other");
        JdbcStatementClient client = client(new DataSourcePool(h2), Mode.SEA);
        assertThatThrownBy(() -> get(client.submit(request())))
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("need connections of the Databricks JDBC driver")
                .hasMessageContaining("org.h2");
        assertThatThrownBy(() -> get(client.cancel(StatementId.of("01f0-1"))))
                .isInstanceOf(PermanentDatabricksException.class);
    }

    @Test
    void shouldRefuseConnectionsInTheOtherMode() {
        JdbcStatementClient client = client(pool(Mode.THRIFT), Mode.SEA);
        assertThatThrownBy(() -> get(client.submit(request())))
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("UseThriftClient");
    }

    @Test
    void shouldSayThatItIsBusyWhenTheExecutorIsFull() {
        JdbcStatementClient client = new JdbcStatementClient(
                pool(Mode.SEA),
                Transport.JDBC_SEA,
                task -> {
                    throw new java.util.concurrent.RejectedExecutionException();
                },
                InstantSource.system());
        assertThatThrownBy(() -> get(client.submit(request())))
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessageContaining("queue is full");
    }
}
