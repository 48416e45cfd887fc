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
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.GregorianCalendar;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.cameldatabricks.component.TypeTables;
import io.cameldatabricks.component.result.ResultSetRows;
import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.result.Rows;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** One test for each row of the table of parameters in docs/types.adoc: bound by the driver, read back from real SQL. */
class ParameterTypesIT {

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

    private static List<Row> run(String sql, ParameterSource source) throws SQLException {
        BoundSql bound = ParsedSql.parse(sql).bind(source);
        try (PreparedStatement statement = connection.prepareStatement(bound.sql())) {
            ParameterBinder.bind(statement, bound.parameters());
            List<Row> list = new ArrayList<>();
            if (statement.execute()) {
                try (Rows rows = new ResultSetRows(statement.getResultSet(), () -> {})) {
                    rows.forEachRemaining(list::add);
                }
            }
            return list;
        }
    }

    private static final Instant INSTANT = Instant.parse("2026-03-29T02:30:00.123456Z");

    /** The value, the SQL type that the server sees, and the value that comes back. */
    static Stream<Arguments> values() {
        UUID id = UUID.fromString("5f9c1f0e-96a0-4b4e-a7a0-c2a5e3f6d8b1");
        return Stream.of(
                arguments(null, "void", null),
                arguments(Optional.empty(), "void", null),
                arguments(Optional.of(1), "int", 1),
                arguments(true, "boolean", true),
                arguments(Byte.MIN_VALUE, "tinyint", Byte.MIN_VALUE),
                arguments(Short.MIN_VALUE, "smallint", Short.MIN_VALUE),
                arguments(Integer.MIN_VALUE, "int", Integer.MIN_VALUE),
                arguments(Long.MIN_VALUE, "bigint", Long.MIN_VALUE),
                arguments(1.1f, "float", 1.1f),
                arguments(Float.MIN_VALUE, "float", Float.MIN_VALUE),
                arguments(Double.MIN_VALUE, "double", Double.MIN_VALUE),
                arguments(Double.NaN, "double", Double.NaN),
                arguments(Double.POSITIVE_INFINITY, "double", Double.POSITIVE_INFINITY),
                arguments(new BigInteger("-" + "9".repeat(38)), "decimal(38,0)", new BigDecimal("-" + "9".repeat(38))),
                arguments(new BigDecimal("12.340"), "decimal(5,3)", new BigDecimal("12.340")),
                arguments(new BigDecimal("0.00000001"), "decimal(8,8)", new BigDecimal("0.00000001")),
                arguments(new BigDecimal("1E+3"), "decimal(4,0)", new BigDecimal("1000")),
                arguments("it's ? :p \\ \" 😀 \n\t", "string", "it's ? :p \\ \" 😀 \n\t"),
                arguments("", "string", ""),
                arguments("NULL", "string", "NULL"),
                arguments(new StringBuilder("x"), "string", "x"),
                arguments('x', "string", "x"),
                arguments(TimeUnit.DAYS, "string", "DAYS"),
                arguments(id, "string", id.toString()),
                arguments(LocalDate.of(2026, 3, 29), "date", LocalDate.of(2026, 3, 29)),
                arguments(LocalDate.of(1, 1, 1), "date", LocalDate.of(1, 1, 1)),
                arguments(LocalDate.of(9999, 12, 31), "date", LocalDate.of(9999, 12, 31)),
                arguments(java.sql.Date.valueOf("2026-03-29"), "date", LocalDate.of(2026, 3, 29)),
                arguments(INSTANT, "timestamp", INSTANT),
                arguments(Instant.parse("0001-01-01T00:00:00Z"), "timestamp", Instant.parse("0001-01-01T00:00:00Z")),
                arguments(OffsetDateTime.parse("2026-03-29T04:30:00.123456+02:00"), "timestamp", INSTANT),
                arguments(ZonedDateTime.parse("2026-03-29T04:30:00.123456+02:00[Europe/Berlin]"), "timestamp", INSTANT),
                arguments(java.sql.Timestamp.from(INSTANT), "timestamp", INSTANT),
                arguments(java.util.Date.from(Instant.EPOCH), "timestamp", Instant.EPOCH),
                arguments(
                        GregorianCalendar.from(ZonedDateTime.parse("2026-03-29T04:30:00+02:00[Europe/Berlin]")),
                        "timestamp",
                        Instant.parse("2026-03-29T02:30:00Z")),
                arguments(
                        LocalDateTime.parse("2026-03-29T02:30:00.123456"),
                        "timestamp_ntz",
                        LocalDateTime.parse("2026-03-29T02:30:00.123456")),
                arguments(LocalTime.of(7, 5), "string", "07:05:00"),
                arguments(java.sql.Time.valueOf("07:05:00"), "string", "07:05:00"),
                arguments(Duration.parse("-PT1.5S"), "interval day to second", Duration.parse("-PT1.5S")),
                arguments(
                        Duration.parse("P3DT4H30M20.123456S"),
                        "interval day to second",
                        Duration.parse("P3DT4H30M20.123456S")),
                arguments(Period.of(1, 18, 0), "interval year to month", Period.of(2, 6, 0)),
                arguments(Period.ofDays(-2), "interval day to second", Duration.ofDays(-2)),
                arguments(Year.of(2026), "int", 2026),
                arguments(new byte[] {0, -1, 127}, "binary", new byte[] {0, -1, 127}),
                arguments(new byte[0], "binary", new byte[0]),
                arguments(ByteBuffer.wrap(new byte[] {5}), "binary", new byte[] {5}),
                arguments(new ByteArrayInputStream(new byte[] {5, 6}), "binary", new byte[] {5, 6}),
                arguments(TypedValue.of("BIGINT", 5), "bigint", 5L),
                arguments(TypedValue.of("BIGINT", null), "bigint", null),
                arguments(TypedValue.of("DECIMAL(18,2)", 5), "decimal(18,2)", new BigDecimal("5.00")),
                arguments(TypedValue.of("DECIMAL(18,2)", null), "decimal(18,2)", null),
                arguments(TypedValue.of("DATE", "2026-03-29"), "date", LocalDate.of(2026, 3, 29)),
                arguments(TypedValue.of("BINARY", null), "binary", null),
                arguments(TypedValue.of("TIMESTAMP_NTZ", null), "timestamp_ntz", null),
                arguments(TypedValue.of("INTERVAL DAY TO SECOND", null), "interval day to second", null),
                arguments(TypedValue.of("VARIANT", "{\"a\":[1]}"), "variant", "{\"a\":[1]}"),
                arguments(TypedValue.of("VARIANT", null), "variant", null));
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldComeBackAsItWasBound(Object value, String type, Object expected) throws SQLException {
        Row row = run("SELECT typeof(:p) AS t, :p AS v", FixedParameters.of("p", value))
                .get(0);

        assertThat(row.get("t")).isEqualTo(type);
        assertThat(row.get("v")).isEqualTo(expected);
    }

    static Stream<Arguments> lists() {
        List<Integer> list = List.of(7, 5);
        Iterable<Integer> iterable = list::iterator;
        return Stream.of(list, new TreeSet<>(list), new int[] {7, 5}, new Integer[] {7, 5}, iterable, list.iterator())
                .map(each -> arguments(each));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void shouldGiveEachValueOfAListAMarker(Object values) throws SQLException {
        assertThat(run("SELECT id FROM range(10) WHERE id IN (:#in:l) ORDER BY id", FixedParameters.of("l", values)))
                .extracting(row -> row.get("id"))
                .containsExactly(5L, 7L);
    }

    @Test
    void shouldHaveACaseForEachRowOfTheTableAndARowForEachCase() {
        Map<String, String> documented = new TreeMap<>(TypeTables.parameters());
        assertThat(documented.remove("anything else")).isEqualTo("–");
        assertThat(documented.remove("TypedValue.of")).isEqualTo("the type given");
        for (Object refused : List.of(Map.of("a", 1), new Bean())) {
            String name = refused instanceof Map ? "Map" : "beans";
            assertThat(documented.remove(name)).isEqualTo("–");
            assertThatThrownBy(() -> ParsedSql.parse("SELECT :p").bind(FixedParameters.of("p", refused)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'p'");
        }
        Map<String, String> tested = new TreeMap<>();
        lists().forEach(list -> tested.put(documentedName(list.get()[0]), "one marker each"));
        values().map(Arguments::get)
                .filter(each -> !(each[0] instanceof TypedValue))
                .forEach(each -> {
                    String type = ((String) each[1]).replaceAll("\\(.*", "").toUpperCase(Locale.ROOT);
                    String before = tested.put(documentedName(each[0]), type);
                    // days only
                    boolean daysOnly = each[0] instanceof Period period && period.toTotalMonths() == 0;
                    if (daysOnly) {
                        tested.put("Period", "INTERVAL YEAR TO MONTH");
                    } else if (before != null && !(each[0] instanceof Optional)) {
                        assertThat(type).as("type of %s", each[0]).isEqualTo(before);
                    }
                });

        assertThat(tested).isEqualTo(documented);
    }

    @Test
    void shouldHaveACaseForEachTypeThatAValueCanBeGiven() {
        Set<String> tested = new TreeSet<>();
        typedValues().map(each -> (String) each.get()[0]).forEach(type -> tested.add(type.replaceAll("\\(.*", "")));

        assertThat(tested).containsExactlyInAnyOrderElementsOf(TypeTables.typed());
    }

    static Stream<Arguments> typedValues() {
        return Stream.of(
                arguments("BOOLEAN", true, true),
                arguments("TINYINT", 5, (byte) 5),
                arguments("SMALLINT", 5, (short) 5),
                arguments("INT", 5L, 5),
                arguments("BIGINT", 5, 5L),
                arguments("FLOAT", 1.5, 1.5f),
                arguments("DOUBLE", 1.5f, 1.5),
                arguments("DECIMAL(18,2)", 5, new BigDecimal("5.00")),
                arguments("STRING", "5", "5"),
                arguments("DATE", LocalDate.of(2026, 3, 29), LocalDate.of(2026, 3, 29)),
                arguments("TIMESTAMP", INSTANT, INSTANT),
                arguments(
                        "TIMESTAMP_NTZ",
                        LocalDateTime.parse("2026-03-29T02:30"),
                        LocalDateTime.parse("2026-03-29T02:30")),
                arguments("BINARY", new byte[] {1}, new byte[] {1}),
                arguments("VARIANT", "{\"a\":[1]}", "{\"a\":[1]}"),
                arguments("INTERVAL YEAR TO MONTH", Period.ofMonths(18), Period.of(1, 6, 0)),
                arguments("INTERVAL DAY TO SECOND", Duration.ofMillis(1500), Duration.ofMillis(1500)));
    }

    @ParameterizedTest
    @MethodSource("typedValues")
    void shouldHaveTheTypeThatItIsGiven(String type, Object value, Object expected) throws SQLException {
        String sql = "SELECT typeof(:p) AS t, :p AS v, typeof(:n) AS tn, :n AS n";
        Map<String, Object> values = Map.of("p", TypedValue.of(type, value), "n", TypedValue.of(type, null));

        Row row = run(sql, FixedParameters.of(values)).get(0);

        assertThat((String) row.get("t")).isEqualToIgnoringCase(type);
        assertThat(row.get("v")).isEqualTo(expected);
        assertThat((String) row.get("tn")).isEqualToIgnoringCase(type);
        assertThat(row.get("n")).isNull();
    }

    /** As the first column of the table names what the value is. */
    private static String documentedName(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() ? "empty Optional" : documentedName(optional.get());
        }
        if (value.getClass().isArray()) {
            return value instanceof byte[] ? "byte[]" : "array";
        }
        Map<Class<?>, String> families = new LinkedHashMap<>();
        families.put(String.class, "String");
        families.put(Enum.class, "Enum");
        families.put(CharSequence.class, "CharSequence");
        families.put(Collection.class, "Collection");
        families.put(Iterator.class, "Iterator");
        families.put(Iterable.class, "Iterable");
        families.put(Calendar.class, "Calendar");
        families.put(ByteBuffer.class, "ByteBuffer");
        families.put(InputStream.class, "InputStream");
        families.put(java.sql.Date.class, "java.sql.Date");
        families.put(java.sql.Time.class, "java.sql.Time");
        families.put(java.sql.Timestamp.class, "java.sql.Timestamp");
        families.put(java.util.Date.class, "java.util.Date");
        return families.entrySet().stream()
                .filter(family -> family.getKey().isInstance(value))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(value.getClass().getSimpleName());
    }

    /** Something that no SQL type is for. */
    private static final class Bean {}

    @Test
    void shouldKeepEveryTypeInATable() throws SQLException {
        String table = "parameter_types_" + UUID.randomUUID().toString().replace('-', '_');
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("bo", true);
        values.put("ti", (byte) 1);
        values.put("bi", 5L);
        values.put("de", new BigDecimal("1.5"));
        values.put("da", LocalDate.of(2026, 3, 29));
        values.put("ts", INSTANT);
        values.put("nt", LocalDateTime.parse("2026-03-29T02:30"));
        values.put("by", new byte[] {0, -1});
        values.put("st", "'; DROP TABLE x; --");
        values.put("nu", null);
        try {
            run(
                    "CREATE TABLE " + table
                            + " (bo BOOLEAN, ti TINYINT, bi BIGINT, de DECIMAL(10,2), da DATE, ts TIMESTAMP, nt TIMESTAMP_NTZ,"
                            + " by BINARY, st STRING, nu INT)",
                    FixedParameters.of(Map.of()));
            run(
                    "INSERT INTO IDENTIFIER(:table) VALUES (:bo, :ti, :bi, :de, :da, :ts, :nt, :by, :st, :nu)",
                    FixedParameters.of(with(values, "table", table)));

            List<Row> rows = run(
                    "SELECT * FROM " + table
                            + " WHERE bo = :bo AND de = :de AND da = :da AND ts = :ts AND nt = :nt AND by = :by AND st = :st",
                    FixedParameters.of(values));

            assertThat(rows).hasSize(1);
            Map<String, Object> expected = new LinkedHashMap<>(values);
            expected.put("de", new BigDecimal("1.50"));
            assertThat(rows.get(0)).usingRecursiveComparison().isEqualTo(expected);
        } finally {
            run("DROP TABLE IF EXISTS " + table, FixedParameters.of(Map.of()));
        }
    }

    private static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put(name, value);
        return all;
    }

    @Test
    void shouldBindInEveryPlaceOfAStatement() throws SQLException {
        assertThat(run(
                        "SELECT id FROM range(10) WHERE id IN (:#in:ids) ORDER BY id LIMIT :n",
                        FixedParameters.of(Map.of("ids", List.of(7L, 3L, 5L), "n", 2))))
                .extracting(row -> row.get("id"))
                .containsExactly(3L, 5L);
        assertThat(run("SELECT :p::INT AS v", FixedParameters.of("p", "5"))
                        .get(0)
                        .get("v"))
                .isEqualTo(5);
        assertThat(run("SELECT ?::INT AS v", FixedParameters.list("5")).get(0).get("v"))
                .isEqualTo(5);
        assertThat(run("SELECT transform(array(1, 2), x -> x + :p) AS v", FixedParameters.of("p", 1))
                        .get(0)
                        .get("v"))
                .isEqualTo(List.of(2, 3));
        assertThat(run("SELECT /* :no ? */ ':no ?' AS `:no`, :p AS v -- :no ?", FixedParameters.of("p", 1))
                        .get(0))
                .isEqualTo(Map.of(":no", ":no ?", "v", 1));
    }

    @Test
    void shouldKeepTheOrderOfManyParameters() throws SQLException {
        List<Integer> values =
                IntStream.range(0, ParsedSql.MAX_PARAMETERS).boxed().toList();

        Row row = run("SELECT array(:#in:l) AS v", FixedParameters.of("l", values))
                .get(0);

        assertThat(row.get("v")).isEqualTo(values);
    }
}
