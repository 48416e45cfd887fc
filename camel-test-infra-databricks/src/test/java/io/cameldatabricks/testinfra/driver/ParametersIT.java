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
import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Values bound to {@code ?}: what arrives is what was set, as the type that was set, in the order that was set. */
class ParametersIT extends DriverTest {

    interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    static Stream<Arguments> setters() {
        return Stream.of(
                bound("setByte", s -> s.setByte(1, (byte) -7), "tinyint", (byte) -7),
                bound("setShort", s -> s.setShort(1, (short) 300), "smallint", (short) 300),
                bound("setInt", s -> s.setInt(1, Integer.MIN_VALUE), "int", Integer.MIN_VALUE),
                bound("setLong", s -> s.setLong(1, Long.MIN_VALUE), "bigint", Long.MIN_VALUE),
                bound("setFloat", s -> s.setFloat(1, 1.5f), "float", 1.5f),
                bound("setDouble", s -> s.setDouble(1, 0.1), "double", 0.1),
                bound("setDouble NaN", s -> s.setDouble(1, Double.NaN), "double", Double.NaN),
                bound("setBoolean", s -> s.setBoolean(1, true), "boolean", true),
                bound(
                        "setBigDecimal",
                        s -> s.setBigDecimal(1, new BigDecimal("-12.50")),
                        "decimal(4,2)",
                        new BigDecimal("-12.50")),
                bound("setString", s -> s.setString(1, "x"), "string", "x"),
                bound("setString empty", s -> s.setString(1, ""), "string", ""),
                bound("setString hostile", s -> s.setString(1, "'; DROP -- \\'"), "string", "'; DROP -- \\'"),
                bound("setString unicode", s -> s.setString(1, "ü€😀\n\t?"), "string", "ü€😀\n\t?"),
                bound("setString long", s -> s.setString(1, "y".repeat(50_000)), "string", "y".repeat(50_000)),
                bound("setDate", s -> s.setDate(1, Date.valueOf("2026-02-28")), "date", Date.valueOf("2026-02-28")),
                bound(
                        "setTimestamp",
                        s -> s.setTimestamp(1, Timestamp.valueOf("2026-02-28 01:02:03.456789")),
                        "timestamp",
                        Timestamp.valueOf("2026-02-28 01:02:03.456789")),
                bound("setObject Integer", s -> s.setObject(1, 5), "int", 5),
                bound("setObject Long", s -> s.setObject(1, 5L), "bigint", 5L),
                bound("setObject String", s -> s.setObject(1, "o"), "string", "o"),
                bound(
                        "setObject LocalDate",
                        s -> s.setObject(1, LocalDate.of(2026, 2, 28)),
                        "date",
                        Date.valueOf("2026-02-28")),
                bound("setObject Boolean as BOOLEAN", s -> s.setObject(1, false, Types.BOOLEAN), "boolean", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setters")
    void shouldBindTheValueWithItsType(String name, Setter setter, String type, Object value) throws SQLException {
        try (PreparedStatement statement =
                sql.connection().prepareStatement("SELECT v, typeof(v) FROM (SELECT ? AS v)")) {
            setter.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(SqlClient.rows(rows)).containsExactly(List.of(value, type));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Types.VARCHAR,
                Types.INTEGER,
                Types.BIGINT,
                Types.DOUBLE,
                Types.DECIMAL,
                Types.BOOLEAN,
                Types.DATE,
                Types.TIMESTAMP
            })
    void shouldBindNull(int type) throws SQLException {
        try (PreparedStatement statement = sql.connection().prepareStatement("SELECT ? IS NULL, coalesce(?, NULL)")) {
            statement.setNull(1, type);
            statement.setNull(2, type);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getBoolean(1)).isTrue();
                assertThat(rows.getObject(2)).isNull();
            }
        }
    }

    /** Spark itself mixes up five and more of them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 200})
    void shouldKeepTheOrder(int count) throws SQLException {
        String select =
                IntStream.range(0, count).mapToObj(i -> "? AS c" + i).collect(Collectors.joining(", ", "SELECT ", ""));
        try (PreparedStatement statement = sql.connection().prepareStatement(select)) {
            List<Object> expected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                // types that change, set from the last to the first
                int position = count - i;
                if (position % 2 == 0) {
                    statement.setString(position, "s" + position);
                } else {
                    statement.setLong(position, position);
                }
                expected.add(0, position % 2 == 0 ? "s" + position : (Object) (long) position);
            }
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(SqlClient.rows(rows)).containsExactly(expected);
            }
        }
    }

    @Test
    void shouldBindInEveryClause() throws SQLException {
        String select = "WITH r AS (SELECT id, id % ? AS g FROM range(?)) SELECT g, sum(id + ?) AS s FROM r"
                + " WHERE id >= ? AND id NOT IN (?, ?) GROUP BY g HAVING count(*) > ? ORDER BY g LIMIT ?";
        try (PreparedStatement statement = sql.connection().prepareStatement(select)) {
            int[] values = {3, 100, 1000, 10, 11, 12, 0, 2};
            for (int i = 0; i < values.length; i++) {
                statement.setInt(i + 1, values[i]);
            }
            long first = IntStream.range(10, 100)
                    .filter(i -> i != 12 && i % 3 == 0)
                    .mapToLong(i -> i + 1000)
                    .sum();
            long second = IntStream.range(10, 100)
                    .filter(i -> i % 3 == 1)
                    .mapToLong(i -> i + 1000)
                    .sum();
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(SqlClient.rows(rows)).containsExactly(List.of(0L, first), List.of(1L, second));
            }
        }
    }

    @Test
    void shouldNotTakeMarkersInLiteralsAndComments() throws SQLException {
        try (PreparedStatement statement = sql.connection()
                .prepareStatement("SELECT '?' AS a, ? AS b /* ? */ -- ?\n, `c?` FROM (SELECT 1 AS `c?`)")) {
            statement.setInt(1, 5);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(SqlClient.rows(rows)).containsExactly(List.of("?", 5, 1));
            }
        }
    }

    @Test
    void shouldRunAPreparedStatementAgainWithOtherValues() throws SQLException {
        try (PreparedStatement statement = sql.connection().prepareStatement("SELECT ? * 2")) {
            for (int i = 0; i < 5; i++) {
                statement.setInt(1, i);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(i * 2);
                }
            }
        }
    }

    @Test
    void shouldInsertAndFindBoundValues() throws SQLException {
        String table = table("bound");
        sql.run("CREATE OR REPLACE TABLE " + table
                + " (a INT, b STRING, c DECIMAL(10,2), d DATE, e TIMESTAMP, f BOOLEAN)");
        try (PreparedStatement insert =
                sql.connection().prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, 1);
            insert.setString(2, "it's");
            insert.setBigDecimal(3, new BigDecimal("9.99"));
            insert.setDate(4, Date.valueOf("2026-01-31"));
            insert.setTimestamp(5, Timestamp.valueOf("2026-01-31 10:11:12"));
            insert.setBoolean(6, true);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        try (PreparedStatement select = sql.connection()
                .prepareStatement("SELECT a FROM " + table + " WHERE b = ? AND c = ? AND d = ? AND e = ? AND f = ?")) {
            select.setString(1, "it's");
            select.setBigDecimal(2, new BigDecimal("9.99"));
            select.setDate(3, Date.valueOf("2026-01-31"));
            select.setTimestamp(4, Timestamp.valueOf("2026-01-31 10:11:12"));
            select.setBoolean(5, true);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(SqlClient.rows(rows)).containsExactly(List.of(1));
            }
        }
    }

    @Test
    void shouldFailOnAMissingValue() throws SQLException {
        try (PreparedStatement statement = sql.connection().prepareStatement("SELECT ?, ?")) {
            statement.setInt(1, 5);
            assertThatThrownBy(statement::executeQuery)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P02"))
                    .hasMessageContaining("UNBOUND_SQL_PARAMETER");
        }
    }

    @Test
    void shouldDescribeAPreparedStatement() throws SQLException {
        try (PreparedStatement statement = sql.connection().prepareStatement("SELECT ? AS a, 'x' AS b")) {
            ParameterMetaData parameters = statement.getParameterMetaData();
            assertThat(parameters.getParameterCount()).isEqualTo(1);
            statement.setInt(1, 5);
            try (ResultSet rows = statement.executeQuery()) {
                ResultSetMetaData columns = rows.getMetaData();
                assertThat(columns.getColumnName(1)).isEqualTo("a");
                assertThat(columns.getColumnTypeName(1)).isEqualTo("INT");
                assertThat(columns.getColumnLabel(2)).isEqualTo("b");
            }
        }
    }

    @Test
    void shouldInterpolateBytesWithManyParameters() throws SQLException {
        try (SqlClient client = connect(Map.of("supportManyParameters", "1"));
                PreparedStatement statement = client.connection().prepareStatement("SELECT ?")) {
            statement.setBytes(1, new byte[] {0, -1, 16});
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getBytes(1)).containsExactly(0, -1, 16);
            }
        }
    }

    /** Limits of the driver: the server never sees these values. */
    @Test
    void driverShouldBeKnownToRefuseBytesAndSomeObjects() throws SQLException {
        try (PreparedStatement statement = sql.connection().prepareStatement("SELECT ?")) {
            assertThatThrownBy(() -> statement.setBytes(1, new byte[] {1}))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
            assertThatThrownBy(() -> statement.setObject(1, true)).isInstanceOf(SQLFeatureNotSupportedException.class);
            assertThatThrownBy(() -> statement.setObject(1, BigDecimal.ONE))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }

    /** A defect of the driver: it sends the identity of the array instead of its bytes. */
    @Test
    void driverShouldBeKnownToSendTheNameOfAByteArray() throws SQLException {
        try (PreparedStatement statement = sql.connection().prepareStatement("SELECT CAST(? AS STRING)")) {
            statement.setObject(1, new byte[] {1}, Types.BINARY);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getString(1)).startsWith("[B@");
            }
        }
    }

    private static Arguments bound(String name, Setter setter, String type, Object value) {
        return Arguments.of(name, setter, type, value);
    }
}
