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
package io.cameldatabricks.testinfra;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.SlowStart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A warehouse that is cold, seen by plain HTTP and by the JDBC driver. */
class SlowStartTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final Sea sea = new Sea(warehouse);

    @BeforeEach
    @AfterEach
    void warm() {
        warehouse.clearFaults();
        warehouse.clearRequests();
        sea.send("POST", "/api/2.0/sql/warehouses/local/start", null);
    }

    @Test
    void shouldKeepStatementsPendingUntilItRuns() {
        ActiveFault fault = warehouse.inject(new SlowStart(Duration.ofMinutes(3)));
        assertThat(state()).isEqualTo("STOPPED");

        String id = sea.execute("SELECT 1", "\"wait_timeout\":\"0s\"").id();
        assertThat(state()).isEqualTo("STARTING");
        assertThat(sea.get(id).state()).isEqualTo("PENDING");
        warehouse.advanceClock(Duration.ofSeconds(179));
        assertThat(sea.get(id).state()).isEqualTo("PENDING");
        assertThat(state()).isEqualTo("STARTING");

        warehouse.advanceClock(Duration.ofSeconds(1));
        assertThat(state()).isEqualTo("RUNNING");
        await().until(() -> sea.get(id).state().equals("SUCCEEDED"));
        assertThat(fault.hits()).isEqualTo(1);
        assertThat(sea.execute("SELECT 1").state()).isEqualTo("SUCCEEDED");
        assertThat(fault.hits()).as("a warm warehouse").isEqualTo(1);
    }

    @Test
    void shouldStartWhenItIsToldTo() {
        warehouse.inject(new SlowStart(Duration.ofMinutes(3)));
        assertThat(sea.send("POST", "/api/2.0/sql/warehouses/local/start", null).status())
                .isEqualTo(200);
        assertThat(state()).isEqualTo("STARTING");
        warehouse.advanceClock(Duration.ofMinutes(3));
        assertThat(state()).isEqualTo("RUNNING");
    }

    @Test
    void shouldCancelAStatementThatWaitsForTheStart() {
        warehouse.inject(new SlowStart(Duration.ofMinutes(3)));
        String id = sea.execute("SELECT 1", "\"wait_timeout\":\"0s\"").id();
        sea.send("POST", Sea.STATEMENTS + "/" + id + "/cancel", null);
        assertThat(sea.get(id).state()).isEqualTo("CANCELED");
        warehouse.advanceClock(Duration.ofMinutes(3));
        assertThat(sea.get(id).state()).isEqualTo("CANCELED");
    }

    @Test
    void shouldRunAtOnceWhenTheFaultIsSwitchedOff() {
        ActiveFault fault = warehouse.inject(new SlowStart(Duration.ofHours(1)));
        String id = sea.execute("SELECT 1", "\"wait_timeout\":\"0s\"").id();
        fault.close();
        assertThat(state()).isEqualTo("RUNNING");
        await().until(() -> sea.get(id).state().equals("SUCCEEDED"));
        sea.send("POST", "/api/2.0/sql/warehouses/local/stop", null);
        assertThat(sea.execute("SELECT 1").state()).as("after a stop").isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldForgetTheSessionsOfBefore() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            warehouse.inject(new SlowStart(Duration.ofMinutes(1)));
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).hasMessageContaining("SessionHandle");
        }
    }

    @Test
    void shouldOpenSessionsAtOnceAndLetTheDriverWaitForItsStatement() throws Exception {
        warehouse.inject(new SlowStart(Duration.ofMinutes(3)));
        try (Connection connection = connect()) {
            assertThat(state()).isEqualTo("STARTING");
            CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> selectOne(connection));
            await().until(() -> warehouse.statements().stream()
                    .anyMatch(statement -> statement.state().equals("PENDING")));
            assertThat(one).isNotDone();
            warehouse.advanceClock(Duration.ofMinutes(3));
            assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void shouldLetSessionsWait() throws Exception {
        ActiveFault fault = warehouse.inject(new SlowStart(Duration.ofMinutes(3)).sessionsWait());
        CompletableFuture<Connection> connection = CompletableFuture.supplyAsync(this::connectUnchecked);
        await().until(() -> fault.hits() == 1);
        assertThat(warehouse.sessions()).isZero();
        warehouse.advanceClock(Duration.ofMinutes(3));
        try (Connection opened = connection.get(30, TimeUnit.SECONDS)) {
            assertThat(selectOne(opened)).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseSessionsUntilItRuns() throws SQLException {
        ActiveFault fault =
                warehouse.inject(new SlowStart(Duration.ofMinutes(3)).sessionsUnavailable(Duration.ofSeconds(1)));
        Sea.Answer answer = sea.send("POST", "/api/2.0/sql/warehouses/local/sessions", "{}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.errorCode()).isEqualTo("TEMPORARILY_UNAVAILABLE");
        assertThat(answer.response().headers().firstValue("Retry-After")).contains("1");
        assertThat(fault.requests()).singleElement().matches(request -> request.status() == 503);
        warehouse.advanceClock(Duration.ofMinutes(3));
        try (Connection connection = connect()) {
            assertThat(selectOne(connection)).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseASecondSlowStart() {
        warehouse.inject(new SlowStart(Duration.ofMinutes(3)));
        assertThatThrownBy(() -> warehouse.inject(new SlowStart(Duration.ofMinutes(1))))
                .hasMessageContaining("SlowStart already");
    }

    private String state() {
        return sea.send("GET", "/api/2.0/sql/warehouses/local", null)
                .json()
                .path("state")
                .asText();
    }

    private Connection connectUnchecked() {
        try {
            return connect();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(warehouse.jdbcUrl());
    }

    private static int selectOne(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
