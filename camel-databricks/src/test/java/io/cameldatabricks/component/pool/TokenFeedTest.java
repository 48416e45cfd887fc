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

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.RequestTally;
import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.AuthAttribute;
import io.cameldatabricks.component.auth.AuthSettings;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.auth.SdkTokenSource;
import io.cameldatabricks.component.auth.TokenSource;
import io.cameldatabricks.component.auth.TokenTransport;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.connect.WarehouseAddress;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The driver as it is, against a warehouse that refuses tokens whose time is over. */
class TokenFeedTest {

    private static final Duration LIFE = Duration.ofSeconds(5);

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted().withOAuth("robot", "s3cr3t", LIFE);

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private RequestTally tally;
    private final InstantSource clock = InstantSource.system();
    private final AtomicInteger issued = new AtomicInteger();
    private final TokenSource tokens = source("robot");

    private TokenSource source(String clientId) {
        return new SdkTokenSource(
                new AuthSettings(
                        warehouse.httpUrl(),
                        null,
                        null,
                        Map.of(AuthAttribute.CLIENT_ID, clientId, AuthAttribute.CLIENT_SECRET, "s3cr3t")),
                new TokenTransport(Map.of()),
                clock);
    }

    @BeforeEach
    void script() {
        warehouse.clearScripts();
        tally = new RequestTally(warehouse);
        warehouse.script(Script.matching("SELECT .*").column("a", "INT").row(1));
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private AccessToken issue() {
        issued.incrementAndGet();
        return tokens.token();
    }

    private static ConnectionSettings settings(TokenSource source) {
        return new ConnectionSettings(
                WarehouseAddress.parse(warehouse.httpUrl()),
                HttpPath.ofWarehouse(warehouse.warehouseId()),
                new Login.WithBean(source),
                null,
                null,
                ConnectionSettings.Extras.none(),
                false);
    }

    private HikariConnectionPool pool(TokenSource source) {
        return pool(source, Duration.ofSeconds(10));
    }

    private HikariConnectionPool pool(TokenSource source, Duration connectionTimeout) {
        PoolSettings size =
                new PoolSettings(2, 0, 10, connectionTimeout, PoolSettings.IDLE_TIMEOUT, PoolSettings.MAX_LIFETIME);
        return new HikariConnectionPool(
                settings(source), size, "camel-databricks/test", scheduler, InstantSource.system());
    }

    private static int select(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    @Test
    void shouldKeepALentConnectionGoodOverManyTokens() throws Exception {
        try (HikariConnectionPool pool = pool(this::issue);
                Connection connection = pool.borrow()) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(200))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        assertThat(select(connection)).isEqualTo(1);
                        return issued.get() >= 4;
                    });
        }
        assertThat(tally.look().sessions()).isEqualTo(1);
        assertThat(tally.refused()).isZero();
    }

    @Test
    void shouldGiveANewTokenToAStatementThatRunsLongerThanItsOwnLives() throws Exception {
        warehouse.script(Script.matching("SELECT long")
                .takes(Duration.ofSeconds(8))
                .column("a", "INT")
                .row(7));
        try (HikariConnectionPool pool = pool(this::issue);
                Connection connection = pool.borrow();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT long")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(7);
        }
        assertThat(issued.get()).isGreaterThanOrEqualTo(3);
        assertThat(tally.look().sessions()).isEqualTo(1);
        assertThat(tally.refused()).isZero();
    }

    /** The driver keeps a JSON web token to itself unless it is told not to, whatever other token it is given. */
    @Test
    void shouldSendTheNewTokenAlthoughTheOldOneSeemsGood() throws Exception {
        warehouse.allowOAuth("minutes", "s3cr3t", Duration.ofMinutes(5));
        TokenSource ofMinutes = source("minutes");
        try (HikariConnectionPool pool = pool(ofMinutes)) {
            try (Connection connection = pool.borrow()) {
                assertThat(select(connection)).isEqualTo(1);
                warehouse.advanceClock(Duration.ofMinutes(6));
                pool.tokenRefused(connection);
            }
            try (Connection connection = pool.borrow()) {
                assertThat(select(connection)).isEqualTo(1);
            }
        }
        assertThat(tally.look().sessions()).isEqualTo(1);
        assertThat(tally.tokens()).isEqualTo(2);
        assertThat(tally.refused()).isZero();
    }

    @Test
    void shouldAskForAnotherTokenAfterOneThatIsRefused() throws Exception {
        AtomicInteger number = new AtomicInteger();
        AccessToken revoked = AccessToken.of("revoked", clock.instant().plus(Duration.ofHours(1)));
        ConnectionSettings settings = settings(() -> number.getAndIncrement() == 0 ? revoked : issue());
        try (TokenFeed feed = new TokenFeed(settings, scheduler, clock)) {
            WarehouseDataSource warehouses =
                    new WarehouseDataSource(settings, feed, new SessionAges(), "camel-databricks/test");
            try (Connection connection = warehouses.getConnection()) {
                assertThat(select(connection)).isEqualTo(1);
            }
        }
        assertThat(number).hasValue(2);
    }

    @Test
    void shouldNotAskForAThirdTokenAtOnce() {
        AtomicInteger number = new AtomicInteger();
        ConnectionSettings settings = settings(
                () -> AccessToken.of("revoked", clock.instant().plus(Duration.ofHours(number.incrementAndGet()))));
        try (TokenFeed feed = new TokenFeed(settings, scheduler, clock)) {
            WarehouseDataSource warehouses =
                    new WarehouseDataSource(settings, feed, new SessionAges(), "camel-databricks/test");
            assertThatThrownBy(warehouses::getConnection).hasCauseInstanceOf(RecoverableDatabricksException.class);
        }
        assertThat(number).hasValue(2);
    }

    @Test
    void shouldNotAskWhileNoConnectionIsOpen() throws Exception {
        try (HikariConnectionPool pool = pool(this::issue)) {
            Connection connection = pool.borrow();
            pool.evict(connection);
            connection.close();
            Awaitility.await().until(() -> pool.stats().open() == 0);
            int before = issued.get();
            // the timer may be set for the connection that was there
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> scheduler.getQueue().isEmpty());
            assertThat(issued.get()).isEqualTo(before);
        }
    }

    @Test
    void shouldSayWhyWhenThereIsNoToken() {
        TokenSource broken = () -> {
            throw new IllegalStateException("canary of the vault");
        };
        // it is asked again as long as there is time
        try (HikariConnectionPool pool = pool(broken, Duration.ofSeconds(1))) {
            assertThatThrownBy(pool::borrow)
                    .hasMessageContaining("No token could be had")
                    .hasMessageContaining("java.lang.IllegalStateException")
                    .hasMessageNotContaining("canary");
        }
        assertThat(tally.look().sessions()).isZero();
    }
}
