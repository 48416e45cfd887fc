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

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.TypeTables;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** One test for each row of the table of results in docs/types.adoc: real SQL, the unmodified driver in SEA mode. */
class TypeMappingIT {

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

    private static Object value(String expression) throws SQLException {
        List<Row> rows = query(connection, "SELECT " + expression + " AS v");
        assertThat(rows).hasSize(1);
        return rows.get(0).get("v");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("BOOLEAN", "true", true),
                arguments("TINYINT", "-128Y", Byte.MIN_VALUE),
                arguments("SMALLINT", "-32768S", Short.MIN_VALUE),
                arguments("INT", "-2147483648", Integer.MIN_VALUE),
                arguments("BIGINT", "9223372036854775807L", Long.MAX_VALUE),
                arguments("FLOAT", "1.5F", 1.5f),
                arguments("DOUBLE", "1.7976931348623157E308D", Double.MAX_VALUE),
                arguments("DOUBLE", "CAST('NaN' AS DOUBLE)", Double.NaN),
                arguments("DOUBLE", "CAST('-Infinity' AS DOUBLE)", Double.NEGATIVE_INFINITY),
                arguments("DECIMAL(10,2)", "CAST(1.5 AS DECIMAL(10,2))", new BigDecimal("1.50")),
                arguments(
                        "DECIMAL(38,18)",
                        "-12345678901234567890.123456789012345678BD",
                        new BigDecimal("-12345678901234567890.123456789012345678")),
                arguments("DECIMAL(38,0)", "99999999999999999999999999999999999999BD", new BigDecimal("9".repeat(38))),
                arguments("STRING", "'it''s \"😀\" \\\\ \\n'", "it's \"😀\" \\ \n"),
                arguments("STRING", "''", ""),
                arguments("BINARY", "X'00FF7F'", new byte[] {0, -1, 127}),
                arguments("BINARY", "X''", new byte[0]),
                arguments("DATE", "DATE'2026-03-29'", LocalDate.of(2026, 3, 29)),
                arguments("DATE", "DATE'0001-01-01'", LocalDate.of(1, 1, 1)),
                arguments("DATE", "DATE'9999-12-31'", LocalDate.of(9999, 12, 31)),
                arguments(
                        "TIMESTAMP",
                        "TIMESTAMP'2026-03-29T02:30:00.123456Z'",
                        Instant.parse("2026-03-29T02:30:00.123456Z")),
                arguments("TIMESTAMP", "TIMESTAMP'2026-07-01T02:00:00+02:00'", Instant.parse("2026-07-01T00:00:00Z")),
                arguments(
                        "TIMESTAMP",
                        "TIMESTAMP'1969-12-31T23:59:59.999999Z'",
                        Instant.parse("1969-12-31T23:59:59.999999Z")),
                arguments(
                        "TIMESTAMP_NTZ",
                        "TIMESTAMP_NTZ'2026-03-29T02:30:00.123456'",
                        LocalDateTime.parse("2026-03-29T02:30:00.123456")),
                arguments("INTERVAL YEAR TO MONTH", "INTERVAL '-1-6' YEAR TO MONTH", Period.of(-1, -6, 0)),
                arguments(
                        "INTERVAL DAY TO SECOND",
                        "INTERVAL '3 04:30:20.123456' DAY TO SECOND",
                        Duration.parse("P3DT4H30M20.123456S")),
                arguments("INTERVAL DAY TO SECOND", "INTERVAL '-0 00:00:00.5' DAY TO SECOND", Duration.ofMillis(-500)),
                arguments("ARRAY<INT>", "array(1, NULL, 3)", Arrays.asList(1, null, 3)),
                arguments("ARRAY<INT>", "CAST(array() AS ARRAY<INT>)", List.of()),
                arguments("ARRAY<STRING>", "array('a\"b', '', '\\\\')", List.of("a\"b", "", "\\")),
                arguments(
                        "ARRAY<DECIMAL(38,18)>",
                        "array(12345678901234567890.123456789012345678BD)",
                        List.of(new BigDecimal("12345678901234567890.123456789012345678"))),
                arguments("ARRAY<TINYINT>", "array(1Y)", List.of((byte) 1)),
                arguments("ARRAY<DATE>", "array(DATE'2026-03-29')", List.of(LocalDate.of(2026, 3, 29))),
                arguments(
                        "ARRAY<TIMESTAMP>",
                        "array(TIMESTAMP'2026-03-29T02:30:00.000001Z')",
                        List.of(Instant.parse("2026-03-29T02:30:00.000001Z"))),
                arguments(
                        "ARRAY<TIMESTAMP_NTZ>",
                        "array(TIMESTAMP_NTZ'2026-03-29T02:30:00')",
                        List.of(LocalDateTime.parse("2026-03-29T02:30"))),
                arguments("MAP<STRING,INT>", "map('a', 1, 'b', NULL)", ordered("a", 1, "b", null)),
                arguments("MAP<INT,STRING>", "map(1, 'a\",\"2\":\"b')", Map.of(1, "a\",\"2\":\"b")),
                arguments(
                        "MAP<STRING,STRING>", "map('k\"1', 'v\"1', 'k\\\\2', '')", ordered("k\"1", "v\"1", "k\\2", "")),
                arguments(
                        "MAP<DATE,DECIMAL(2,1)>",
                        "map(DATE'2026-03-29', 1.5BD)",
                        Map.of(LocalDate.of(2026, 3, 29), new BigDecimal("1.5"))),
                arguments(
                        "STRUCT<a:INT,b:STRING>",
                        "named_struct('a', 1, 'b', CAST(NULL AS STRING))",
                        ordered("a", 1, "b", null)),
                arguments(
                        "STRUCT<d:DATE,t:TIMESTAMP,n:DECIMAL(3,2)>",
                        "named_struct('d', DATE'2026-03-29', 't', TIMESTAMP'2026-03-29T02:30:00Z', 'n', 1.50BD)",
                        ordered(
                                "d",
                                LocalDate.of(2026, 3, 29),
                                "t",
                                Instant.parse("2026-03-29T02:30:00Z"),
                                "n",
                                new BigDecimal("1.50"))),
                arguments(
                        "ARRAY<STRUCT<m:MAP<STRING,ARRAY<INT>>>>",
                        "array(named_struct('m', map('k', array(1, 2))))",
                        List.of(Map.of("m", Map.of("k", List.of(1, 2))))),
                arguments("VARIANT", "parse_json('{\"b\":[1,2.5],\"a\":\"x\"}')", "{\"a\":\"x\",\"b\":[1,2.5]}"),
                arguments(
                        "GEOMETRY(4326)",
                        "ST_GeomFromWKB(X'0101000000000000000000F03F0000000000000040', 4326)",
                        "SRID=4326;POINT(1 2)"),
                arguments(
                        "GEOGRAPHY(4326)",
                        "ST_GeogFromWKB(X'0101000000000000000000F03F0000000000000040')",
                        "SRID=4326;POINT(1 2)"),
                arguments("VOID", "NULL", null));
    }

    /** Types that only columns of tables can have. */
    static Stream<Arguments> columns() {
        return Stream.of(arguments("CHAR(3)", "'a'", "a  "), arguments("VARCHAR(3)", "'ab'", "ab"));
    }

    private static Map<Object, Object> ordered(Object... keysAndValues) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldGiveEverySqlTypeItsJavaType(String type, String expression, Object value) throws SQLException {
        Row row = query(connection, "SELECT " + expression + " AS v, typeof(" + expression + ") AS t")
                .get(0);

        assertThat((String) row.get("t")).isEqualToIgnoringCase(type);
        assertThat(row.get("v")).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("columns")
    void shouldGiveTheTypesOfColumnsTheirJavaType(String type, String expression, Object value) throws SQLException {
        String table = "type_mapping_" + type.replaceAll("\\W", "_");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE " + table + " (v " + type + ", w " + type + ")");
            statement.execute("INSERT INTO " + table + " VALUES (" + expression + ", NULL)");

            Row row = query(connection, "SELECT * FROM " + table).get(0);

            assertThat(row).isEqualTo(ordered("v", value, "w", null));
            statement.execute("DROP TABLE " + table);
        }
    }

    @Test
    void shouldHaveACaseForEachRowOfTheTableAndARowForEachCase() {
        Map<String, String> tested = new TreeMap<>();
        Stream.concat(values(), columns()).forEach(each -> {
            Object[] arguments = each.get();
            String type = ((String) arguments[0]).replaceAll("[<(].*", "");
            tested.merge(type, javaType(arguments[2]), (one, other) -> {
                assertThat(other).as(type).isEqualTo(one);
                return one;
            });
        });
        Map<String, String> documented = new TreeMap<>(TypeTables.results());
        assertThat(documented.remove("any NULL"))
                .as("see shouldGiveNullForEveryType")
                .isEqualTo("null");

        assertThat(tested).isEqualTo(documented);
    }

    private static String javaType(Object value) {
        if (value instanceof byte[]) {
            return "byte[]";
        }
        return value instanceof List
                ? "List"
                : value instanceof Map
                        ? "Map"
                        : value == null ? "null" : value.getClass().getSimpleName();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOLEAN",
                "TINYINT",
                "SMALLINT",
                "INT",
                "BIGINT",
                "FLOAT",
                "DOUBLE",
                "DECIMAL(10,2)",
                "STRING",
                "BINARY",
                "DATE",
                "TIMESTAMP",
                "TIMESTAMP_NTZ",
                "INTERVAL YEAR TO MONTH",
                "INTERVAL DAY TO SECOND",
                "ARRAY<INT>",
                "MAP<STRING,INT>",
                "STRUCT<a:INT>",
                "VARIANT",
                "GEOMETRY(4326)",
                "GEOGRAPHY(4326)"
            })
    void shouldGiveNullForEveryType(String type) throws SQLException {
        assertThat(value("CAST(NULL AS " + type + ")")).isNull();
    }

    @Test
    void shouldNumberColumnsOfTheSameName() throws SQLException {
        Row row = query(connection, "SELECT 1 AS a, 2 AS a, 3 AS A").get(0);

        assertThat(row).isEqualTo(ordered("a", 1, "a_2", 2, "A_3", 3));
    }

    @Test
    void shouldReadManyRowsAcrossChunks() throws SQLException {
        try (Statement statement = connection.createStatement();
                Rows rows = new ResultSetRows(
                        statement.executeQuery(
                                "SELECT id, timestamp_micros(id) AS t, array(id) AS a FROM range(250000)"),
                        () -> {})) {
            long sum = 0;
            long count = 0;
            while (rows.hasNext()) {
                Row row = rows.next();
                long id = (Long) row.get("id");
                sum += id;
                count++;
                if (id % 10_000 == 0) {
                    assertThat(row.get("t")).isEqualTo(Instant.EPOCH.plusNanos(id * 1_000));
                    assertThat(row.get("a")).isEqualTo(List.of(id));
                }
            }

            assertThat(count).isEqualTo(250_000);
            assertThat(sum).isEqualTo(249_999L * 250_000 / 2);
        }
    }
}
