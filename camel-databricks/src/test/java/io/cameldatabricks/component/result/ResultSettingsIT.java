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
package io.cameldatabricks.component.result;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The same values whatever the zones and the settings of the driver. */
@Isolated("turns the JVM's time zone")
class ResultSettingsIT {

    @RegisterExtension
    static final LocalWarehouse WAREHOUSE = LocalWarehouse.create();

    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        connection = DriverManager.getConnection(WAREHOUSE.jdbcUrl());
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    private static List<Row> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                Rows rows = new ResultSetRows(statement.executeQuery(sql), () -> {})) {
            List<Row> list = new ArrayList<>();
            rows.forEachRemaining(list::add);
            return list;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Kiritimati"})
    void shouldNotDependOnTheZoneOfTheJvm(String zone) throws SQLException {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            // in the hour that daylight saving skips in Berlin, and on a day without midnight in Sao Paulo
            Row row = query(
                            connection,
                            "SELECT TIMESTAMP'2026-03-29T02:30:00Z' AS t, TIMESTAMP_NTZ'2026-03-29T02:30:00' AS n,"
                                    + " DATE'2018-11-04' AS d, TIMESTAMP'1500-02-28T00:00:00Z' AS old,"
                                    + " named_struct('t', TIMESTAMP'2026-03-29T02:30:00Z') AS s")
                    .get(0);

            assertThat(row.get("t")).isEqualTo(Instant.parse("2026-03-29T02:30:00Z"));
            assertThat(row.get("n")).isEqualTo(LocalDateTime.parse("2026-03-29T02:30"));
            assertThat(row.get("d")).isEqualTo(LocalDate.of(2018, 11, 4));
            assertThat(row.get("old")).isEqualTo(Instant.parse("1500-02-28T00:00:00Z"));
            assertThat(row.get("s")).isEqualTo(Map.of("t", Instant.parse("2026-03-29T02:30:00Z")));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void shouldNotDependOnTheZoneOfTheSession() throws SQLException {
        try (Connection newYork =
                DriverManager.getConnection(WAREHOUSE.jdbcUrl(Map.of("TIMEZONE", "America/New_York")))) {
            Row row = query(newYork, "SELECT TIMESTAMP'2026-07-01T02:00:00' AS t, current_timezone() AS zone")
                    .get(0);

            assertThat(row.get("zone")).isEqualTo("America/New_York");
            assertThat(row.get("t")).isEqualTo(Instant.parse("2026-07-01T06:00:00Z"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"EnableComplexDatatypeSupport=1", "EnableQueryResultDownload=0", "EnableSQLExecHybridResults=0"})
    void shouldGiveTheSameValuesWithOtherSettingsOfTheDriver(String setting) throws SQLException {
        String[] property = setting.split("=");
        try (Connection other = DriverManager.getConnection(WAREHOUSE.jdbcUrl(Map.of(property[0], property[1])))) {
            Row row = query(
                            other,
                            "SELECT TIMESTAMP'2026-03-29T02:30:00Z' AS t, TIMESTAMP_NTZ'2026-03-29T02:30:00' AS n,"
                                    + " DATE'2026-03-29' AS d, map('a\"', 1.50BD) AS m, array(named_struct('x', 1Y)) AS a,"
                                    + " X'00FF' AS b, CAST(1.5 AS DECIMAL(5,2)) AS c")
                    .get(0);

            assertThat(row.get("t")).isEqualTo(Instant.parse("2026-03-29T02:30:00Z"));
            assertThat(row.get("n")).isEqualTo(LocalDateTime.parse("2026-03-29T02:30"));
            assertThat(row.get("d")).isEqualTo(LocalDate.of(2026, 3, 29));
            assertThat(row.get("m")).isEqualTo(Map.of("a\"", new BigDecimal("1.50")));
            assertThat(row.get("a")).isEqualTo(List.of(Map.of("x", (byte) 1)));
            assertThat((byte[]) row.get("b")).containsExactly(0, -1);
            assertThat(row.get("c")).isEqualTo(new BigDecimal("1.50"));
        }
    }

    /** What another version of the driver would leave: JDBC alone. */
    @Test
    void shouldReadThroughJdbcAlone() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet real = statement.executeQuery(
                    "SELECT TIMESTAMP'2026-07-01T02:30:00.123456Z' AS t, TIMESTAMP_NTZ'2026-07-01T02:30:00' AS n,"
                            + " DATE'2026-03-29' AS d, map('a', 1) AS m, array(named_struct('x', 1Y)) AS a, NULL AS v,"
                            + " CAST(NULL AS TIMESTAMP) AS nt");
            ResultSet closedInside = (ResultSet) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {ResultSet.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("isWrapperFor") ? false : method.invoke(real, arguments));
            try (Rows rows = new ResultSetRows(closedInside, () -> {})) {
                Row row = rows.next();

                assertThat(row.get("t")).isEqualTo(Instant.parse("2026-07-01T02:30:00.123456Z"));
                assertThat(row.get("n")).isEqualTo(LocalDateTime.parse("2026-07-01T02:30"));
                assertThat(row.get("d")).isEqualTo(LocalDate.of(2026, 3, 29));
                assertThat(row.get("m")).isEqualTo(Map.of("a", 1));
                assertThat(row.get("a")).isEqualTo(List.of(Map.of("x", (byte) 1)));
                assertThat(row.get("v")).isNull();
                assertThat(row.get("nt")).isNull();
            }
        }
    }

    @Test
    void shouldReachTheDriversInsideThroughAPool() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(WAREHOUSE.jdbcUrl());
        config.setMaximumPoolSize(1);
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection pooled = pool.getConnection()) {
            assertThat(query(pooled, "SELECT TIMESTAMP'2026-03-29T02:30:00Z' AS t")
                            .get(0)
                            .get("t"))
                    .isEqualTo(Instant.parse("2026-03-29T02:30:00Z"));
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
