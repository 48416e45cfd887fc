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
package io.cameldatabricks.component.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.databricks.jdbc.api.IDatabricksConnection;
import com.databricks.jdbc.api.IDatabricksStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.FaultRelay;
import io.cameldatabricks.component.FaultRelay.Spoiled;
import io.cameldatabricks.component.LogCapture;
import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.connect.WarehouseAddress;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class HikariConnectionPoolTest {

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "tokens");
        thread.setDaemon(true);
        return thread;
    });

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @Test
    void shouldOpenNothingBeforeItIsAsked() {
        warehouse.clearRequests();
        try (HikariConnectionPool pool = pool(settings(warehouse.httpUrl()), Duration.ofSeconds(10))) {
            assertThat(pool.stats()).isEqualTo(new PoolStats(0, 0, 0));
        }
        assertThat(warehouse.requests()).isEmpty();
    }

    @Test
    void shouldLendTheSameConnectionAgainWithoutTestingIt() throws Exception {
        try (HikariConnectionPool pool = pool(settings(warehouse.httpUrl()), Duration.ofSeconds(10))) {
            pool.borrow().close();
            warehouse.clearRequests();
            pool.borrow().close();

            assertThat(pool.stats().open()).isEqualTo(1);
            assertThat(warehouse.requests()).isEmpty();
        }
    }

    @Test
    void shouldEndTheSessionWhenItIsClosed() throws Exception {
        HikariConnectionPool pool = pool(settings(warehouse.httpUrl()), Duration.ofSeconds(10));
        pool.borrow().close();
        warehouse.clearRequests();

        pool.close();

        assertThat(warehouse.requests())
                .anyMatch(request ->
                        request.method().equals("DELETE") && request.uri().contains("/sessions/"));
    }

    @Test
    void shouldCloseWithoutAWarning() throws Exception {
        HikariConnectionPool pool = pool(settings(warehouse.httpUrl()), Duration.ofSeconds(10));
        // a second connection: the thread that opens it is what a close waits for
        try (Connection first = pool.borrow();
                Connection second = pool.borrow()) {
            assertThat(first).isNotSameAs(second);
        }

        try (LogCapture log = new LogCapture()) {
            pool.close();

            assertThat(log.lines()).noneMatch(line -> line.startsWith("Timed-out waiting"));
        }
    }

    @Test
    void shouldNotLendAnEvictedConnectionAgain() throws Exception {
        try (HikariConnectionPool pool = pool(settings(warehouse.httpUrl()), Duration.ofSeconds(10))) {
            Connection evicted = pool.borrow();
            Connection physical = evicted.unwrap(com.databricks.jdbc.api.internal.IDatabricksConnectionInternal.class)
                    .getConnection();
            pool.evict(evicted);
            evicted.close();

            try (Connection next = pool.borrow();
                    Statement statement = next.createStatement()) {
                assertThat(statement.execute("SELECT 1")).isTrue();
                assertThat(physical.isClosed()).isTrue();
            }
        }
    }

    /** HikariCP alone would keep the place for ever. */
    @Test
    void shouldNotLoseAConnectionThatCannotBeGivenBackInOrder() throws Exception {
        try (FaultRelay relay = new FaultRelay(warehouse.httpUrl());
                HikariConnectionPool pool = pool(settings(relay.url()), Duration.ofSeconds(10))) {
            relay.fault((method, path) ->
                    method.equals("DELETE") && path.contains("/statements/") ? new Spoiled(400, false) : null);
            for (int i = 0; i < 5; i++) {
                Connection connection = pool.borrow();
                // not closed, so that the pool has to, and running, so that the driver closes it on the server
                Statement statement = connection.createStatement();
                statement.unwrap(IDatabricksStatement.class).executeAsync("SELECT 1");
                pool.giveBack(connection);

                assertThat(pool.stats().inUse()).isZero();
            }
            assertThat(relay.requests())
                    .filteredOn(request -> request.startsWith("DELETE") && request.contains("/statements/"))
                    .hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void shouldNotLendWhatWasOpenedBeforeASessionWasLost() throws Exception {
        try (HikariConnectionPool pool = pool(settings(warehouse.httpUrl()), Duration.ofSeconds(10))) {
            Connection one = pool.borrow();
            Connection two = pool.borrow();
            Connection physical = two.unwrap(IDatabricksConnection.class);
            pool.giveBack(two);

            pool.sessionLost(one);
            pool.giveBack(one);

            Connection next = pool.borrow();
            assertThat(next.unwrap(IDatabricksConnection.class)).isNotSameAs(physical);
            // known already, so that the new one is not suspect
            Connection opened = next.unwrap(IDatabricksConnection.class);
            pool.giveBack(next);
            Connection again = pool.borrow();
            assertThat(again.unwrap(IDatabricksConnection.class)).isSameAs(opened);
            pool.giveBack(again);
        }
    }

    @Test
    void shouldSayWhyAServerThatIsDownCannotBeReached() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port;
        try (HikariConnectionPool pool = pool(settings(url), Duration.ofMillis(700))) {
            assertThatThrownBy(pool::borrow)
                    .isInstanceOf(TransientDatabricksException.class)
                    .hasMessage("No connection to " + url + warehouse.httpPath()
                            + " within 700 ms (connectionTimeout): The server could not be reached: ConnectException");
        }
    }

    @Test
    void shouldGiveUpOnAServerThatSaysNothing() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                HikariConnectionPool pool =
                        pool(withoutFlags("http://127.0.0.1:" + mute.getLocalPort()), Duration.ofMillis(700))) {
            assertThatThrownBy(pool::borrow)
                    .isInstanceOf(TransientDatabricksException.class)
                    .hasMessageEndingWith("within 700 ms (connectionTimeout): the server has not answered");
        }
    }

    @Test
    void shouldNotWaitWhenTheTokenIsWrong() {
        ConnectionSettings wrong = settings(warehouse.httpUrl(), "dapiwrong", warehouse.warehouseId());
        try (HikariConnectionPool pool = pool(wrong, Duration.ofMinutes(10))) {
            assertThatThrownBy(pool::borrow)
                    .isInstanceOfSatisfying(RecoverableDatabricksException.class, e -> assertThat(e.getHttpStatus())
                            .isEqualTo(401))
                    .hasMessage(
                            "The server does not accept the token (HTTP 401 UNAUTHENTICATED); give a valid one with accessToken");
        }
    }

    @Test
    void shouldNotWaitWhenTheWarehouseDoesNotExist() {
        ConnectionSettings wrong = settings(warehouse.httpUrl(), warehouse.token(), "nowhere");
        try (HikariConnectionPool pool = pool(wrong, Duration.ofMinutes(10))) {
            assertThatThrownBy(pool::borrow)
                    .isInstanceOf(PermanentDatabricksException.class)
                    .hasMessage(
                            "The server does not know this warehouse (HTTP 404 RESOURCE_DOES_NOT_EXIST); check warehouseId or httpPath");
        }
    }

    @Test
    void shouldSayThatAllConnectionsAreInUse() throws Exception {
        try (HikariConnectionPool pool = pool(settings(warehouse.httpUrl()), Duration.ofMillis(500));
                Connection one = pool.borrow();
                Connection two = pool.borrow()) {
            assertThat(one).isNotSameAs(two);
            assertThatThrownBy(pool::borrow)
                    .isInstanceOf(TransientDatabricksException.class)
                    .hasMessageEndingWith("(connectionTimeout): all 2 connections are in use (maxPoolSize)");
        }
    }

    private static HikariConnectionPool pool(ConnectionSettings settings, Duration connectionTimeout) {
        PoolSettings pool =
                new PoolSettings(2, 0, 10, connectionTimeout, PoolSettings.IDLE_TIMEOUT, PoolSettings.MAX_LIFETIME);
        return new HikariConnectionPool(settings, pool, "camel-databricks/test", TIMER, InstantSource.system());
    }

    private static ConnectionSettings settings(String url) {
        return settings(url, warehouse.token(), warehouse.warehouseId());
    }

    /** The driver asks for the flags of a host under a lock, which would hold up the next test. */
    private static ConnectionSettings withoutFlags(String url) {
        Map<String, String> properties =
                Map.of("UseThriftClient", "0", "UseBoundedSeaApi", "0", "EnableThriftNativeMetadata", "0");
        return settings(
                url,
                warehouse.token(),
                warehouse.warehouseId(),
                new ConnectionSettings.Extras(Map.of(), Map.of(), properties));
    }

    private static ConnectionSettings settings(String url, String token, String warehouseId) {
        return settings(url, token, warehouseId, ConnectionSettings.Extras.none());
    }

    private static ConnectionSettings settings(
            String url, String token, String warehouseId, ConnectionSettings.Extras extras) {
        return new ConnectionSettings(
                WarehouseAddress.parse(url),
                HttpPath.ofWarehouse(warehouseId),
                new Login.WithToken(AccessToken.of(token)),
                null,
                null,
                extras,
                false);
    }
}
