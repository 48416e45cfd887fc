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
package io.cameldatabricks.component.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.sql.CapturingServer.Sent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What reaches the server through the unmodified driver. */
@Isolated("turns the JVM's time zone")
class ParameterBinderTest {

    private static CapturingServer server;
    private static Connection connection;

    @BeforeAll
    static void connect() throws Exception {
        server = new CapturingServer();
        connection = server.connect();
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
        server.close();
    }

    private static CapturingServer.Statement send(BoundSql bound) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(bound.sql())) {
            ParameterBinder.bind(statement, bound.parameters());
            statement.execute();
        }
        return server.take();
    }

    /** The value, the statement that comes for {@code SELECT :p} and the parameter in it. */
    static Stream<Arguments> values() {
        return Stream.of(
                arguments(null, "SELECT ?", "NULL", null),
                arguments(true, "SELECT ?", "BOOLEAN", "true"),
                arguments((byte) -1, "SELECT ?", "TINYINT", "-1"),
                arguments((short) -1, "SELECT ?", "SHORT", "-1"),
                arguments(-1, "SELECT ?", "INT", "-1"),
                arguments(Long.MIN_VALUE, "SELECT ?", "LONG", "-9223372036854775808"),
                arguments(Float.MIN_VALUE, "SELECT ?", "FLOAT", "1.4E-45"),
                arguments(Double.MAX_VALUE, "SELECT ?", "DOUBLE", "1.7976931348623157E308"),
                arguments(Double.NEGATIVE_INFINITY, "SELECT ?", "DOUBLE", "-Infinity"),
                arguments(new BigDecimal("12.340"), "SELECT ?", "DECIMAL(5,3)", "12.340"),
                arguments(new BigInteger("9".repeat(38)), "SELECT ?", "DECIMAL(38,0)", "9".repeat(38)),
                arguments("' OR 1=1 -- ? :p", "SELECT ?", "STRING", "' OR 1=1 -- ? :p"),
                arguments(LocalDate.of(2026, 3, 29), "SELECT ?", "DATE", "2026-03-29"),
                arguments(
                        Instant.parse("2026-03-29T01:30:00.000001Z"),
                        "SELECT ?",
                        "TIMESTAMP",
                        "2026-03-29T01:30:00.000001Z"),
                arguments(
                        LocalDateTime.parse("2026-03-29T02:30"),
                        "SELECT CAST(? AS TIMESTAMP_NTZ)",
                        "STRING",
                        "2026-03-29T02:30:00"),
                arguments(
                        Duration.ofSeconds(90),
                        "SELECT CAST(? AS INTERVAL DAY TO SECOND)",
                        "STRING",
                        "0 00:01:30.000000"),
                arguments(new byte[] {0, -1, 127}, "SELECT unbase64(?)", "STRING", "AP9/"),
                arguments(TypedValue.of("BIGINT", null), "SELECT ?", "LONG", null),
                arguments(TypedValue.of("VARIANT", "[1]"), "SELECT parse_json(?)", "STRING", "[1]"),
                arguments(
                        TypedValue.of("DECIMAL(18,2)", 5), "SELECT CAST(? AS DECIMAL(18,2))", "DECIMAL(3,2)", "5.00"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldReachTheServerAsTypeAndText(Object value, String sql, String type, String text) throws Exception {
        CapturingServer.Statement statement = send(ParsedSql.parse("SELECT :p").bind(FixedParameters.of("p", value)));

        assertThat(statement.sql()).isEqualTo(sql);
        assertThat(statement.parameters()).containsExactly(new Sent(type, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Kiritimati"})
    void shouldNotDependOnTheZoneOfTheJvm(String zone) throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            CapturingServer.Statement statement = send(ParsedSql.parse("SELECT ?, ?, ?, ?")
                    .bind(FixedParameters.list(
                            Instant.parse("2026-03-29T02:30:00Z"),
                            LocalDateTime.parse("2026-03-29T02:30"),
                            LocalDate.of(2018, 11, 4),
                            new java.util.Date(0))));

            assertThat(statement.parameters())
                    .extracting(Sent::value)
                    .containsExactly(
                            "2026-03-29T02:30:00Z", "2026-03-29T02:30:00", "2018-11-04", "1970-01-01T00:00:00Z");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void shouldKeepTheOrderOf255Parameters() throws Exception {
        List<Integer> values =
                IntStream.range(0, ParsedSql.MAX_PARAMETERS).boxed().toList();

        CapturingServer.Statement statement =
                send(ParsedSql.parse("SELECT 1 IN (:#in:l)").bind(FixedParameters.of("l", values)));

        assertThat(statement.sql()).isEqualTo("SELECT 1 IN (" + String.join(", ", Collections.nCopies(255, "?")) + ")");
        assertThat(statement.parameters())
                .extracting(Sent::value)
                .containsExactlyElementsOf(values.stream().map(String::valueOf).toList());
    }
}
