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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.RefusedCall;
import io.cameldatabricks.testinfra.fault.ServerError;
import io.cameldatabricks.testinfra.fault.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Calls that the service refuses, or fails to answer, seen by plain HTTP and by the JDBC driver. */
class RefusalsTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final Sea sea = new Sea(warehouse);

    @BeforeEach
    void heal() {
        warehouse.clearFaults();
        warehouse.clearRequests();
    }

    @Test
    void shouldRefuseTheFirstCalls() {
        ActiveFault fault = warehouse.inject(TooManyRequests.first(2));
        for (int i = 0; i < 2; i++) {
            Sea.Answer answer = sea.execute("SELECT 1");
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.errorCode()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
            assertThat(answer.response().headers().firstValue("Retry-After")).isEmpty();
        }
        assertThat(sea.execute("SELECT 1").state()).isEqualTo("SUCCEEDED");
        assertThat(fault.hits()).isEqualTo(2);
        assertThat(fault.requests()).hasSize(2).allMatch(request -> request.status() == 429);
    }

    @Test
    void shouldSayWhenToComeBack() {
        warehouse.inject(TooManyRequests.first(1).retryAfter(Duration.ofSeconds(7)));
        warehouse.inject(TooManyRequests.first(1).retryAtDate(Duration.ofMinutes(5)));
        assertThat(sea.execute("SELECT 1").response().headers().firstValue("Retry-After"))
                .contains("7");
        String date = sea.execute("SELECT 1")
                .response()
                .headers()
                .firstValue("Retry-After")
                .orElseThrow();
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                .isAfter(ZonedDateTime.now().plusMinutes(3));
        assertThat(sea.execute("SELECT 1").status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseCallsAboveARate() {
        ActiveFault fault = warehouse.inject(TooManyRequests.above(3).on(CallKind.HISTORY));
        int passed = 0;
        for (int i = 0; i < 20; i++) {
            passed += history() == 200 ? 1 : 0;
        }
        // the clock runs meanwhile
        assertThat(passed).isBetween(3, 15);
        assertThat(fault.hits()).isEqualTo(20 - passed);
        warehouse.advanceClock(Duration.ofSeconds(1));
        assertThat(history()).isEqualTo(200);
        assertThat(sea.execute("SELECT 1").status()).as("another kind of call").isEqualTo(200);
    }

    @Test
    void shouldShowTheDriverTooManyRequestsWhichItSitsOut() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            ActiveFault fault = warehouse.inject(
                    TooManyRequests.first(1).on(CallKind.SUBMIT).retryAfter(Duration.ofSeconds(1)));
            statement.executeQuery("SELECT 1").close();
            assertThat(fault.hits()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void shouldFailWithoutExecuting(int status) {
        warehouse.inject(ServerError.status(status).times(1));
        int before = warehouse.statements().size();
        assertThat(sea.execute("SELECT 1").status()).isEqualTo(status);
        assertThat(warehouse.statements()).hasSize(before);
        assertThat(sea.execute("SELECT 1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void shouldFailAfterExecuting(int status) {
        warehouse.inject(ServerError.status(status).afterExecution().times(1).retryAfter(Duration.ofSeconds(3)));
        int before = warehouse.statements().size();
        Sea.Answer answer = sea.execute("SELECT 1");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Retry-After")).contains("3");
        assertThat(warehouse.statements()).hasSize(before + 1);
    }

    @Test
    void shouldShowTheDriverAServerError() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            ActiveFault fault = warehouse.inject(ServerError.status(500));
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).hasStackTraceContaining("InternalError");
            fault.close();
            statement.executeQuery("SELECT 1").close();
        }
    }

    @Test
    void shouldShowTheDriverARefusal() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            ActiveFault fault = warehouse.inject(RefusedCall.permissionDenied());
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).hasStackTraceContaining("PermissionDenied");
            fault.close();
            warehouse.inject(RefusedCall.tokenExpired().on(CallKind.OPEN_SESSION));
            assertThatThrownBy(RefusalsTest::connect).hasStackTraceContaining("Unauthenticated");
            statement.executeQuery("SELECT 1").close();
        }
    }

    @Test
    void shouldRefuseWithWordsOfTheTest() {
        warehouse.inject(RefusedCall.with(409, "INVALID_STATE", "Not & now: ü"));
        Sea.Answer answer = sea.execute("SELECT 1");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.errorCode()).isEqualTo("INVALID_STATE");
        assertThat(answer.message()).isEqualTo("Not & now: ü");
    }

    private int history() {
        return sea.send("GET", "/api/2.0/sql/history/queries", null).status();
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(warehouse.jdbcUrl());
    }
}
