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
package io.cameldatabricks.testinfra.driver;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every scalar SQL type: its value, NULL, edge values, metadata, by every transport. */
class TypesIT extends DriverTest {

    /** @param value what getObject gives; null for SQL NULL */
    record Cell(String sql, String typeName, int jdbcType, Object value) {
        @Override
        public String toString() {
            return sql;
        }
    }

    static final List<Cell> CELLS = List.of(
            new Cell("CAST(-128 AS TINYINT)", "TINYINT", Types.TINYINT, (byte) -128),
            new Cell("CAST(32767 AS SMALLINT)", "SMALLINT", Types.SMALLINT, (short) 32767),
            new Cell("-2147483648", "INT", Types.INTEGER, Integer.MIN_VALUE),
            new Cell("9223372036854775807L", "BIGINT", Types.BIGINT, Long.MAX_VALUE),
            new Cell("CAST(1.5 AS FLOAT)", "FLOAT", Types.FLOAT, 1.5f),
            new Cell("CAST('Infinity' AS FLOAT)", "FLOAT", Types.FLOAT, Float.POSITIVE_INFINITY),
            new Cell("2.25D", "DOUBLE", Types.DOUBLE, 2.25),
            new Cell("CAST('NaN' AS DOUBLE)", "DOUBLE", Types.DOUBLE, Double.NaN),
            new Cell("CAST('-Infinity' AS DOUBLE)", "DOUBLE", Types.DOUBLE, Double.NEGATIVE_INFINITY),
            new Cell("-0.0D", "DOUBLE", Types.DOUBLE, -0.0),
            new Cell("4.9E-324D", "DOUBLE", Types.DOUBLE, Double.MIN_VALUE),
            new Cell("CAST(1.20 AS DECIMAL(10,2))", "DECIMAL(10,2)", Types.DECIMAL, new BigDecimal("1.20")),
            new Cell(
                    "CAST(-99999999999999999999999999999999999999 AS DECIMAL(38,0))",
                    "DECIMAL(38,0)",
                    Types.DECIMAL,
                    new BigDecimal("-99999999999999999999999999999999999999")),
            new Cell(
                    "CAST(0.1 AS DECIMAL(38,37))",
                    "DECIMAL(38,37)",
                    Types.DECIMAL,
                    new BigDecimal("0.1000000000000000000000000000000000000")),
            new Cell("true", "BOOLEAN", Types.BOOLEAN, true),
            new Cell("false", "BOOLEAN", Types.BOOLEAN, false),
            new Cell("'it\\'s \"x\" \\\\ ü€😀'", "STRING", Types.VARCHAR, "it's \"x\" \\ ü€😀"),
            new Cell("'line\\nnext\\ttab'", "STRING", Types.VARCHAR, "line\nnext\ttab"),
            new Cell("''", "STRING", Types.VARCHAR, ""),
            new Cell("repeat('x', 100000)", "STRING", Types.VARCHAR, "x".repeat(100_000)),
            new Cell("CAST('abc' AS VARCHAR(5))", "STRING", Types.VARCHAR, "abc"),
            new Cell("X'00FF10'", "BINARY", Types.BINARY, new byte[] {0, -1, 16}),
            new Cell("X''", "BINARY", Types.BINARY, new byte[0]),
            new Cell("CAST('ü' AS BINARY)", "BINARY", Types.BINARY, "ü".getBytes(StandardCharsets.UTF_8)),
            new Cell("DATE'2026-02-28'", "DATE", Types.DATE, Date.valueOf("2026-02-28")),
            new Cell("DATE'1970-01-01'", "DATE", Types.DATE, Date.valueOf("1970-01-01")),
            new Cell("DATE'1582-10-15'", "DATE", Types.DATE, Date.valueOf(LocalDate.of(1582, 10, 15))),
            new Cell("DATE'9999-12-31'", "DATE", Types.DATE, Date.valueOf("9999-12-31")),
            new Cell(
                    "TIMESTAMP'2026-02-03 04:05:06.789012Z'",
                    "TIMESTAMP",
                    Types.TIMESTAMP,
                    utc(2026, 2, 3, 4, 5, 6, 789_012_000)),
            new Cell(
                    "TIMESTAMP'2026-06-01 12:00:00+05:30'", "TIMESTAMP", Types.TIMESTAMP, utc(2026, 6, 1, 6, 30, 0, 0)),
            new Cell(
                    "TIMESTAMP'1969-12-31 23:59:59.999999Z'",
                    "TIMESTAMP",
                    Types.TIMESTAMP,
                    utc(1969, 12, 31, 23, 59, 59, 999_999_000)),
            new Cell(
                    "TIMESTAMP_NTZ'2026-02-03 04:05:06.789'",
                    "TIMESTAMP_NTZ",
                    Types.TIMESTAMP,
                    Timestamp.valueOf("2026-02-03 04:05:06.789")),
            new Cell("INTERVAL '100-1' YEAR TO MONTH", "INTERVAL YEAR TO MONTH", Types.VARCHAR, "100-1"),
            new Cell("INTERVAL '-3' MONTH", "INTERVAL MONTH", Types.VARCHAR, "-0-3"),
            new Cell(
                    "INTERVAL '3 04:30:20.123' DAY TO SECOND",
                    "INTERVAL DAY TO SECOND",
                    Types.VARCHAR,
                    "3 04:30:20.123000000"),
            new Cell("INTERVAL '-1' HOUR", "INTERVAL HOUR", Types.VARCHAR, "-0 01:00:00.000000000"),
            new Cell("parse_json('{\"a\":[1,{\"b\":null}]}')", "VARIANT", Types.OTHER, "{\"a\":[1,{\"b\":null}]}"),
            new Cell("parse_json('null')", "VARIANT", Types.OTHER, "null"),
            new Cell("parse_json('\"text\"')", "VARIANT", Types.OTHER, "\"text\""));

    static final List<Cell> NULLS = List.of(
            new Cell("TINYINT", "TINYINT", Types.TINYINT, null),
            new Cell("SMALLINT", "SMALLINT", Types.SMALLINT, null),
            new Cell("INT", "INT", Types.INTEGER, null),
            new Cell("BIGINT", "BIGINT", Types.BIGINT, null),
            new Cell("FLOAT", "FLOAT", Types.FLOAT, null),
            new Cell("DOUBLE", "DOUBLE", Types.DOUBLE, null),
            new Cell("DECIMAL(10,2)", "DECIMAL(10,2)", Types.DECIMAL, null),
            new Cell("BOOLEAN", "BOOLEAN", Types.BOOLEAN, null),
            new Cell("STRING", "STRING", Types.VARCHAR, null),
            new Cell("BINARY", "BINARY", Types.BINARY, null),
            new Cell("DATE", "DATE", Types.DATE, null),
            new Cell("TIMESTAMP", "TIMESTAMP", Types.TIMESTAMP, null),
            new Cell("TIMESTAMP_NTZ", "TIMESTAMP_NTZ", Types.TIMESTAMP, null),
            new Cell("INTERVAL YEAR TO MONTH", "INTERVAL YEAR TO MONTH", Types.VARCHAR, null),
            new Cell("INTERVAL DAY TO SECOND", "INTERVAL DAY TO SECOND", Types.VARCHAR, null),
            new Cell("VARIANT", "VARIANT", Types.OTHER, null),
            new Cell("ARRAY<INT>", "ARRAY<INT>", Types.ARRAY, null),
            new Cell("MAP<STRING, INT>", "MAP<STRING, INT>", Types.VARCHAR, null),
            new Cell("STRUCT<a: INT>", "STRUCT<a: INT>", Types.STRUCT, null));

    @ParameterizedTest
    @FieldSource("CELLS")
    void shouldReadTheValue(Cell cell) throws SQLException {
        check(cell, "SELECT " + cell.sql() + " AS c");
    }

    @ParameterizedTest
    @FieldSource("NULLS")
    void shouldReadNull(Cell cell) throws SQLException {
        check(cell, "SELECT CAST(NULL AS " + cell.sql() + ") AS c");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldReadAllTypesInOneRow(Transport transport) throws SQLException {
        StringBuilder select = new StringBuilder("SELECT 0 AS first");
        CELLS.forEach(cell -> select.append(", ").append(cell.sql()).append(" AS c"));
        NULLS.forEach(
                cell -> select.append(", CAST(NULL AS ").append(cell.sql()).append(") AS n"));
        try (SqlClient client = connectInLocalZone(transport.parameters());
                Statement statement = client.connection().createStatement();
                ResultSet rows = statement.executeQuery(select.toString())) {
            assertThat(rows.next()).isTrue();
            List<Cell> cells = Stream.concat(CELLS.stream(), NULLS.stream()).toList();
            for (int i = 0; i < cells.size(); i++) {
                checkCell(cells.get(i), rows, i + 2);
            }
            assertThat(rows.next()).isFalse();
        }
    }

    /** The first row is NULL, so that nothing can be guessed from it; many rows, so that batches are crossed. */
    @ParameterizedTest
    @MethodSource("transports")
    void shouldReadNullsBetweenValues(Transport transport) throws SQLException {
        try (SqlClient client = connect(transport.parameters())) {
            List<List<Object>> rows = client.rows(
                    "SELECT CASE WHEN id % 2 = 1 THEN id END, CASE WHEN id % 3 = 1 THEN CAST(id AS STRING) END,"
                            + " CASE WHEN id % 5 = 1 THEN CAST(id AS DECIMAL(20,2)) END FROM range(3000) ORDER BY id");
            assertThat(rows).hasSize(3000);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).get(0)).isEqualTo(i % 2 == 1 ? (Object) (long) i : null);
                assertThat(rows.get(i).get(1)).isEqualTo(i % 3 == 1 ? String.valueOf(i) : null);
                assertThat(rows.get(i).get(2)).isEqualTo(i % 5 == 1 ? new BigDecimal(i + ".00") : null);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldReadAResultWithoutRows(Transport transport) throws SQLException {
        try (SqlClient client = connect(transport.parameters());
                Statement statement = client.connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id, CAST(id AS STRING) AS s, array(id) AS a FROM range(5) WHERE id > 9")) {
            ResultSetMetaData meta = rows.getMetaData();
            assertThat(meta.getColumnCount()).isEqualTo(3);
            assertThat(meta.getColumnName(1)).isEqualTo("id");
            assertThat(meta.getColumnTypeName(2)).isEqualTo("STRING");
            assertThat(meta.getColumnTypeName(3)).isEqualTo("ARRAY<BIGINT>");
            assertThat(rows.next()).isFalse();
        }
    }

    /**
     * A defect of the driver: it takes the wall clock of the session's zone for one of the JVM's zone, so that the instant
     * is another one, unless both zones are the same.
     */
    @ParameterizedTest
    @MethodSource("transports")
    void driverShouldBeKnownToShiftTimestampsByTheZoneOfTheSession(Transport transport) throws SQLException {
        Map<String, String> parameters = new HashMap<>(transport.parameters());
        // a zone that no test machine is in
        parameters.put("TIMEZONE", "Pacific/Chatham");
        try (SqlClient client = connect(parameters)) {
            assertThat(client.row(
                            "SELECT TIMESTAMP'2026-01-01 00:00:00Z', unix_seconds(TIMESTAMP'2026-01-01 00:00:00Z')"))
                    .containsExactly(
                            Timestamp.valueOf("2026-01-01 13:45:00"),
                            utc(2026, 1, 1, 0, 0, 0, 0).getTime() / 1000);
        }
    }

    private SqlClient connectInLocalZone(Map<String, String> more) throws SQLException {
        Map<String, String> parameters = new HashMap<>(more);
        parameters.put("TIMEZONE", ZoneId.systemDefault().getId());
        return connect(parameters);
    }

    private void check(Cell cell, String select) throws SQLException {
        try (SqlClient client = connectInLocalZone(Map.of());
                Statement statement = client.connection().createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("c");
            checkCell(cell, rows, 1);
            assertThat(rows.next()).isFalse();
        }
    }

    private static void checkCell(Cell cell, ResultSet rows, int column) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        assertThat(meta.getColumnTypeName(column)).as(cell.sql()).isEqualTo(cell.typeName());
        assertThat(meta.getColumnType(column)).as(cell.sql()).isEqualTo(cell.jdbcType());
        assertThat(rows.getObject(column)).as(cell.sql()).isEqualTo(cell.value());
        assertThat(rows.wasNull()).as(cell.sql()).isEqualTo(cell.value() == null);
        if (cell.value() instanceof BigDecimal decimal) {
            assertThat(meta.getScale(column)).isEqualTo(decimal.scale());
        }
    }

    private static Timestamp utc(int year, int month, int day, int hour, int minute, int second, int nanos) {
        return Timestamp.from(
                LocalDateTime.of(year, month, day, hour, minute, second, nanos).toInstant(ZoneOffset.UTC));
    }
}
