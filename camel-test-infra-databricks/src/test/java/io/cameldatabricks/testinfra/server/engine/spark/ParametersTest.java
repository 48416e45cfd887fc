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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.testinfra.server.engine.BoundParameter;
import io.cameldatabricks.testinfra.server.engine.EngineException;

import static io.cameldatabricks.testinfra.server.engine.spark.TestSession.named;
import static io.cameldatabricks.testinfra.server.engine.spark.TestSession.positional;
import static org.assertj.core.api.Assertions.assertThat;

class ParametersTest {

    private static TestSession session;

    @BeforeAll
    static void open() {
        session = SharedEngine.session();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 60})
    void shouldBindAnyNumberOfPositionalParametersInOrder(int count) {
        String markers = IntStream.range(0, count).mapToObj(i -> "?").collect(Collectors.joining(", "));
        BoundParameter[] parameters = IntStream.rangeClosed(1, count)
                .mapToObj(i -> positional(i, "INT", String.valueOf(i * 10)))
                .toArray(BoundParameter[]::new);
        List<String> expected = IntStream.rangeClosed(1, count)
                .mapToObj(i -> String.valueOf(i * 10))
                .toList();
        assertThat(session.rows("SELECT " + markers, parameters)).containsExactly(expected);
    }

    @Test
    void shouldOrderPositionalParametersByTheirOrdinal() {
        assertThat(session.rows(
                        "SELECT ?, ?, ?",
                        positional(3, "STRING", "c"),
                        positional(1, "STRING", "a"),
                        positional(2, "STRING", "b")))
                .containsExactly(List.of("a", "b", "c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "TINYINT | -128 | -128 | tinyint",
                "SMALLINT | 32767 | 32767 | smallint",
                "INT | -2147483648 | -2147483648 | int",
                "BIGINT | -9223372036854775808 | -9223372036854775808 | bigint",
                "LONG | 5 | 5 | bigint",
                "FLOAT | 1.5 | 1.5 | float",
                "DOUBLE | NaN | NaN | double",
                "DECIMAL(18,2) | 12.5 | 12.50 | 'decimal(18,2)'",
                "BOOLEAN | true | true | boolean",
                "DATE | 2026-02-28 | 2026-02-28 | date",
                "TIMESTAMP | 2026-02-28 12:13:14.123456 | 2026-02-28T12:13:14.123456Z | timestamp",
                "TIMESTAMP | 2026-02-28T12:13:14+02:00 | 2026-02-28T10:13:14.000Z | timestamp",
                "TIMESTAMP_NTZ | 2026-02-28 12:13:14 | 2026-02-28T12:13:14.000 | timestamp_ntz",
                "STRING | it's a \\ :x ? ${y} | it's a \\ :x ? ${y} | string",
                "BINARY | abc | YWJj | binary",
                "INTERVAL DAY TO SECOND | 3 04:05:06 | 3 04:05:06.000000000 | interval day to second",
                "INTERVAL YEAR TO MONTH | 1-2 | 1-2 | interval year to month"
            })
    void shouldBindEachType(String type, String value, String shown, String typeOf) {
        assertThat(session.rows("SELECT :p, typeof(:p)", named("p", type, value)))
                .containsExactly(List.of(shown, typeOf.replace("'", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "STRING", "DECIMAL(10,2)", "TIMESTAMP", "BINARY", "VOID"})
    void shouldBindNull(String type) {
        assertThat(session.value("SELECT :p IS NULL", named("p", type, null))).isEqualTo("true");
    }

    @Test
    void shouldLeaveStringsCommentsAndPathsAlone() {
        assertThat(session.rows(
                        "SELECT ':p', \":p ?\", :p -- :p ?\n, /* :p */ parse_json('{\"p\": 7}'):p::int AS `:p`",
                        named("p", "INT", "3")))
                .containsExactly(List.of(":p", ":p ?", "3", "7"));
    }

    @Test
    void shouldNotMakeACommentOfANegativeNumber() {
        assertThat(session.value("SELECT 5 -:p", named("p", "INT", "-1"))).isEqualTo("6");
    }

    @Test
    void shouldBindInLimitIdentifierAndDml() {
        session.run("CREATE OR REPLACE TABLE bound_target (id INT, name STRING)");
        session.run(
                "INSERT INTO IDENTIFIER(:t) VALUES (:a, :b), (?, ?)".replace("?, ?", ":c, :d"),
                named("t", "STRING", "main.default.bound_target"),
                named("a", "INT", "1"),
                named("b", "STRING", "x"),
                named("c", "INT", "2"),
                named("d", "STRING", null));
        assertThat(session.rows(
                        "SELECT id, name FROM IDENTIFIER(:t) ORDER BY id LIMIT :n",
                        named("t", "STRING", "bound_target"),
                        named("n", "INT", "1")))
                .containsExactly(List.of("1", "x"));
    }

    @Test
    void shouldRefuseAMissingParameter() {
        EngineException failure = session.failure("SELECT :a, :b", named("a", "INT", "1"));
        assertThat(failure.sqlState()).isEqualTo("42P02");
        assertThat(failure.getMessage()).startsWith("[UNBOUND_SQL_PARAMETER]").contains("b");
        assertThat(session.failure("SELECT ?").getMessage()).startsWith("[UNBOUND_SQL_PARAMETER]");
    }

    @ParameterizedTest
    @CsvSource({"INT, abc", "INT, 3000000000", "DATE, 2026-13-01", "DECIMAL(3;1), 12345", "BOOLEAN, perhaps"})
    void shouldRefuseAValueThatDoesNotFitItsType(String type, String value) {
        EngineException failure = session.failure("SELECT :p", named("p", type.replace(';', ','), value));
        assertThat(failure.sqlState()).isEqualTo("22023");
        assertThat(failure.getMessage())
                .startsWith("[INVALID_PARAMETER_MARKER_VALUE.INVALID_VALUE_FOR_DATA_TYPE]")
                .contains("'p'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONSENSE", "ARRAY<INT>", "STRUCT<a: INT>"})
    void shouldRefuseATypeThatCannotBeBound(String type) {
        assertThat(session.failure("SELECT :p", named("p", type, "1")).getMessage())
                .startsWith("[INVALID_PARAMETER_MARKER_VALUE.INVALID_DATA_TYPE]");
    }

    @Test
    void shouldGiveBackEveryCharacter() {
        List<String> hostile = new ArrayList<>(
                List.of("'", "''", "\\", "\\'", "'; DROP TABLE x --", "\u0000\u001f", "\ud83d\ude00", "\n\r\t"));
        for (String text : hostile) {
            assertThat(session.value("SELECT :p", named("p", "STRING", text))).isEqualTo(text);
        }
    }
}
