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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ValueBindingTest {

    private static final UUID ID = UUID.fromString("5f9c1f0e-96a0-4b4e-a7a0-c2a5e3f6d8b1");

    /** Value, what stands for its marker, the type sent and the value sent. */
    static Stream<Arguments> values() {
        return Stream.of(
                arguments(null, "?", "VOID", null),
                arguments(Optional.empty(), "?", "VOID", null),
                arguments(Optional.of(5), "?", "INT", 5),
                arguments(true, "?", "BOOLEAN", true),
                arguments((byte) -128, "?", "TINYINT", (byte) -128),
                arguments((short) 300, "?", "SMALLINT", (short) 300),
                arguments(Integer.MIN_VALUE, "?", "INT", Integer.MIN_VALUE),
                arguments(Long.MAX_VALUE, "?", "BIGINT", Long.MAX_VALUE),
                arguments(1.5f, "?", "FLOAT", 1.5f),
                arguments(Double.NaN, "?", "DOUBLE", Double.NaN),
                arguments(BigInteger.TEN.pow(37), "?", "DECIMAL(38,0)", new BigDecimal(BigInteger.TEN.pow(37))),
                arguments(new BigDecimal("-1.50"), "?", "DECIMAL(3,2)", new BigDecimal("-1.50")),
                arguments(new BigDecimal("0.001"), "?", "DECIMAL(3,3)", new BigDecimal("0.001")),
                arguments(new BigDecimal("1E+3"), "?", "DECIMAL(4,0)", new BigDecimal("1000")),
                arguments(new BigDecimal("0E+99"), "?", "DECIMAL(1,0)", BigDecimal.ZERO),
                arguments("it's ? :a", "?", "STRING", "it's ? :a"),
                arguments("", "?", "STRING", ""),
                arguments(new StringBuilder("a"), "?", "STRING", "a"),
                arguments('c', "?", "STRING", "c"),
                arguments("😀", "?", "STRING", "😀"),
                arguments(TimeUnit.DAYS, "?", "STRING", "DAYS"),
                arguments(ID, "?", "STRING", ID.toString()),
                arguments(LocalDate.of(2026, 2, 3), "?", "DATE", "2026-02-03"),
                arguments(LocalDate.of(1, 1, 1), "?", "DATE", "0001-01-01"),
                arguments(java.sql.Date.valueOf("2026-02-03"), "?", "DATE", "2026-02-03"),
                arguments(Instant.parse("2026-03-29T01:30:00Z"), "?", "TIMESTAMP", "2026-03-29T01:30:00Z"),
                arguments(
                        Instant.parse("2026-01-01T00:00:00.123456789Z"),
                        "?",
                        "TIMESTAMP",
                        "2026-01-01T00:00:00.123456Z"),
                arguments(
                        Instant.parse("1969-12-31T23:59:59.999999999Z"),
                        "?",
                        "TIMESTAMP",
                        "1969-12-31T23:59:59.999999Z"),
                arguments(OffsetDateTime.parse("2026-01-01T01:00:00+01:00"), "?", "TIMESTAMP", "2026-01-01T00:00:00Z"),
                arguments(
                        ZonedDateTime.parse("2026-07-01T02:00:00+02:00[Europe/Berlin]"),
                        "?",
                        "TIMESTAMP",
                        "2026-07-01T00:00:00Z"),
                arguments(java.util.Date.from(Instant.EPOCH), "?", "TIMESTAMP", "1970-01-01T00:00:00Z"),
                arguments(
                        java.sql.Timestamp.from(Instant.parse("2026-01-01T00:00:00.123456Z")),
                        "?",
                        "TIMESTAMP",
                        "2026-01-01T00:00:00.123456Z"),
                arguments(calendar("America/New_York"), "?", "TIMESTAMP", "2026-01-01T05:00:00Z"),
                arguments(
                        LocalDateTime.parse("2026-03-29T02:30:00.1234567"),
                        "CAST(? AS TIMESTAMP_NTZ)",
                        "STRING",
                        "2026-03-29T02:30:00.123456"),
                arguments(
                        LocalDateTime.parse("2026-03-29T02:30"),
                        "CAST(? AS TIMESTAMP_NTZ)",
                        "STRING",
                        "2026-03-29T02:30:00"),
                arguments(LocalTime.of(7, 5), "?", "STRING", "07:05:00"),
                arguments(java.sql.Time.valueOf("07:05:00"), "?", "STRING", "07:05:00"),
                arguments(
                        Duration.ofMillis(-1_500), "CAST(? AS INTERVAL DAY TO SECOND)", "STRING", "-0 00:00:01.500000"),
                arguments(
                        Duration.ofDays(3).plusHours(4).plusNanos(1_999),
                        "CAST(? AS INTERVAL DAY TO SECOND)",
                        "STRING",
                        "3 04:00:00.000001"),
                arguments(Period.of(1, 18, 0), "CAST(? AS INTERVAL YEAR TO MONTH)", "STRING", "2-6"),
                arguments(Period.of(1, -18, 0), "CAST(? AS INTERVAL YEAR TO MONTH)", "STRING", "-0-6"),
                arguments(Period.ofDays(-2), "CAST(? AS INTERVAL DAY TO SECOND)", "STRING", "-2 00:00:00.000000"),
                arguments(Period.ZERO, "CAST(? AS INTERVAL YEAR TO MONTH)", "STRING", "0-0"),
                arguments(Year.of(2026), "?", "INT", 2026),
                arguments(new byte[] {0, -1, 127}, "unbase64(?)", "STRING", "AP9/"),
                arguments(new byte[0], "unbase64(?)", "STRING", ""),
                arguments(ByteBuffer.wrap(new byte[] {9, 0, -1, 127}, 1, 3), "unbase64(?)", "STRING", "AP9/"),
                arguments(new ByteArrayInputStream(new byte[] {0, -1, 127}), "unbase64(?)", "STRING", "AP9/"));
    }

    private static Calendar calendar(String zone) {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone));
        calendar.clear();
        calendar.set(2026, Calendar.JANUARY, 1);
        return calendar;
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldBindEveryJavaType(Object value, String placeholder, String type, Object sent) {
        assertThat(ValueBinding.of("p", value)).isEqualTo(new ValueBinding(placeholder, type, sent));
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                arguments(List.of(1), "is a list"),
                arguments(new int[] {1}, "write :#in:p"),
                arguments(new Object[0], "is a list"),
                arguments(Map.of("a", 1), "is a Map"),
                arguments(new Object(), "java.lang.Object"),
                arguments(YearMonth.of(2026, 1), "java.time.YearMonth"),
                arguments(new StringBuilder("\uD83D"), "surrogate"),
                arguments("\uDE00\uD83D", "surrogate"),
                arguments(BigInteger.TEN.pow(38), "38 digits"),
                arguments(new BigDecimal("1E-39"), "38 digits"),
                arguments(new BigDecimal("1E+2147483647"), "38 digits"),
                arguments(new BigDecimal("1E-2147483647"), "38 digits"),
                arguments(LocalDate.of(0, 1, 1), "years 1 to 9999"),
                arguments(LocalDate.of(10_000, 1, 1), "years 1 to 9999"),
                arguments(LocalDateTime.MAX, "years 1 to 9999"),
                arguments(Instant.MAX, "years 1 to 9999"),
                arguments(Instant.MIN, "years 1 to 9999"),
                arguments(Instant.parse("0000-12-31T23:59:59Z"), "years 1 to 9999"),
                arguments(Instant.parse("+10000-01-01T00:00:00Z"), "years 1 to 9999"),
                arguments(Duration.ofSeconds(Long.MAX_VALUE), "longer than"),
                arguments(Duration.ofSeconds(Long.MIN_VALUE), "longer than"),
                arguments(Period.of(0, 1, 1), "both months and days"),
                arguments(new byte[JavaTypes.MAX_BINARY_BYTES + 1], "more than 8 MiB"),
                arguments(new ByteArrayInputStream(new byte[JavaTypes.MAX_BINARY_BYTES + 1]), "more than 8 MiB"),
                arguments(new BrokenStream(), "cannot be read"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void shouldRefuseWhatCannotBeBoundAndNameTheParameter(Object value, String reason) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ValueBinding.of("p", value))
                .withMessageContaining("'p'")
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.parameterName()).isEqualTo("p"));
    }

    @Test
    void shouldTakeBinaryUpToItsLimit() {
        ValueBinding binding = ValueBinding.of("p", new ByteArrayInputStream(new byte[JavaTypes.MAX_BINARY_BYTES]));

        assertThat((String) binding.value()).hasSize((JavaTypes.MAX_BINARY_BYTES + 2) / 3 * 4);
    }

    @Test
    void shouldLeaveAByteBufferAsItIs() {
        ByteBuffer buffer = ByteBuffer.allocate(10);

        ValueBinding.of("p", buffer);

        assertThat(buffer.remaining()).isEqualTo(10);
    }

    @Test
    void shouldAdviseANamedMarkerForAPositionalList() {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ParsedSql.parse("SELECT ?").bind(FixedParameters.list(List.of(1))))
                .withMessageContaining("use a named marker :#in:name");
    }

    @Test
    void shouldNotShowTheValueInAnyMessage() {
        for (Object value : List.of(List.of("s3cret"), Map.of("s3cret", 1), new StringBuilder("s3cret\uD83D"))) {
            assertThatExceptionOfType(InvalidParameterException.class)
                    .isThrownBy(() -> ValueBinding.of("p", value))
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
        }
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ValueBinding.of("p", TypedValue.of("INT", "s3cret")))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("s3cret").hasNoCause());
    }

    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("broken");
        }
    }
}
