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
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** ARRAY, MAP, STRUCT and VARIANT: JSON text by default, Java objects with EnableComplexDatatypeSupport. */
class NestedTypesIT extends DriverTest {

    private static final Map<String, String> OBJECTS = Map.of("EnableComplexDatatypeSupport", "1");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        array(1, 2, NULL)                              | [1,2,null]
        array()                                        | []
        array('a"b', 'c\\\\d', '')                     | ["a\\"b","c\\\\d",""]
        array(array(1), array(), NULL)                 | [[1],[],null]
        array(true, NULL, false)                       | [true,null,false]
        array(1.10BD)                                  | [1.10]
        array(2.5D, -0.5D)                             | [2.5,-0.5]
        array(DATE'2026-01-01')                        | ["2026-01-01"]
        array(X'01')                                   | ["AQ=="]
        map('k', 1, 'n', NULL)                         | {"k":1,"n":null}
        map()                                          | {}
        map(1, 'x')                                    | {"1":"x"}
        map('a', struct(1.50BD AS p))                  | {"a":{"p":1.50}}
        map('a', map('b', array(1)))                   | {"a":{"b":[1]}}
        struct(1 AS x, 'y' AS y)                       | {"x":1,"y":"y"}
        named_struct('a', CAST(NULL AS INT))           | {"a":null}
        named_struct('n', array(struct(1 AS i)))       | {"n":[{"i":1}]}
        named_struct('d', DATE'2026-01-01')            | {"d":"2026-01-01"}
        struct(parse_json('{"a":[1]}') AS v)           | {"v":{"a":[1]}}
        array(parse_json('1'), parse_json('"s"'))      | [1,"s"]
        struct(TIMESTAMP_NTZ'2026-01-01 01:02:03' AS n) | {"n":"2026-01-01T01:02:03.000"}
        """)
    void shouldReadNestedValuesAsJson(String expression, String json) throws SQLException {
        assertThat(sql.value("SELECT " + expression)).isEqualTo(json);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldReadTheSameJsonByEveryTransport(Transport transport) throws SQLException {
        try (SqlClient client = connect(transport.parameters())) {
            assertThat(client.row("SELECT array(1, NULL), map('k', array('v')), struct(1 AS a, array(true) AS b),"
                            + " array(), CAST(NULL AS ARRAY<INT>)"))
                    .containsExactly("[1,null]", "{\"k\":[\"v\"]}", "{\"a\":1,\"b\":[true]}", "[]", null);
        }
    }

    @Test
    void shouldReadArraysAsObjects() throws SQLException {
        try (SqlClient client = connect(OBJECTS)) {
            List<Object> row = client.row("SELECT array(1, NULL), array('a\"b', ''), array(), array(array(1), array()),"
                    + " array(DATE'2026-01-01'), array(TIMESTAMP_NTZ'2026-01-01 01:02:03'), array(2.5D),"
                    + " array(true, NULL), CAST(NULL AS ARRAY<INT>)");
            assertThat(elements(row.get(0))).containsExactly(1, null);
            assertThat(elements(row.get(1))).containsExactly("a\"b", "");
            assertThat(elements(row.get(2))).isEmpty();
            assertThat(elements(elements(row.get(3))[0])).containsExactly(1);
            assertThat(elements(elements(row.get(3))[1])).isEmpty();
            assertThat(elements(row.get(4))).containsExactly(Date.valueOf("2026-01-01"));
            assertThat(elements(row.get(5))).containsExactly(Timestamp.valueOf("2026-01-01 01:02:03"));
            assertThat(elements(row.get(6))).containsExactly(2.5);
            assertThat(elements(row.get(7))).containsExactly(true, null);
            assertThat(row.get(8)).isNull();
        }
    }

    @Test
    void shouldReadMapsAsObjects() throws SQLException {
        try (SqlClient client = connect(OBJECTS)) {
            List<Object> row =
                    client.row("SELECT map('k', 1, 'n', NULL), map(1, 'x'), map(), CAST(NULL AS MAP<INT, INT>)");
            assertThat(row.get(0)).isInstanceOfSatisfying(Map.class, map -> {
                assertThat(map.size()).isEqualTo(2);
                assertThat(map.get("k")).isEqualTo(1);
                assertThat(map.get("n")).isNull();
            });
            assertThat(row.get(1)).isInstanceOfSatisfying(Map.class, map -> assertThat(map.get(1))
                    .isEqualTo("x"));
            assertThat(row.get(2)).isInstanceOfSatisfying(Map.class, map -> assertThat(map.isEmpty())
                    .isTrue());
            assertThat(row.get(3)).isNull();
        }
    }

    @Test
    void shouldReadStructsAsObjects() throws SQLException {
        try (SqlClient client = connect(OBJECTS)) {
            List<Object> row = client.row("SELECT struct(1 AS x, 'y' AS y, CAST(NULL AS INT) AS n),"
                    + " struct(struct(DATE'2026-01-01' AS d) AS s, array(1) AS a), CAST(NULL AS STRUCT<a: INT>)");
            assertThat(attributes(row.get(0))).containsExactly(1, "y", null);
            assertThat(attributes(attributes(row.get(1))[0])).containsExactly(Date.valueOf("2026-01-01"));
            assertThat(elements(attributes(row.get(1))[1])).containsExactly(1);
            assertThat(row.get(2)).isNull();
        }
    }

    /** A defect of the driver: a decimal inside a nested value becomes a text that has lost its scale. */
    @Test
    void driverShouldBeKnownToMakeTextsOfNestedDecimals() throws SQLException {
        try (SqlClient client = connect(OBJECTS)) {
            List<Object> row = client.row("SELECT array(1.10BD), 1.10BD");
            assertThat(elements(row.get(0))).containsExactly("1.1");
            assertThat(row.get(1)).isEqualTo(new BigDecimal("1.10"));
        }
    }

    /** A defect of the driver: a VARIANT inside a STRUCT is no attribute for it. */
    @Test
    void driverShouldBeKnownToLoseVariantsInStructs() throws SQLException {
        try (SqlClient client = connect(OBJECTS)) {
            assertThat(String.valueOf(client.value("SELECT struct(parse_json('{\"a\":1}') AS v)")))
                    .doesNotContain("1");
        }
    }

    /** A defect of the driver: it parses correct JSON of the server and writes text that is none. */
    @Test
    @InMode(DriverMode.SEA)
    void driverShouldBeKnownToBreakNestedJsonOfTheJsonTransport() throws SQLException {
        try (SqlClient client = connect(Transport.JSON.parameters())) {
            assertThat(client.row("SELECT map(1, 'x'), struct(parse_json('{\"a\":1}') AS v), array(1.10BD)"))
                    .containsExactly("{1:\"x\"}", "{\"v\":}", "[\"1.1\"]");
        }
        assertThat(sql.row("SELECT map(1, 'x'), struct(parse_json('{\"a\":1}') AS v), array(1.10BD)"))
                .containsExactly("{\"1\":\"x\"}", "{\"v\":{\"a\":1}}", "[1.10]");
    }

    private static Object[] elements(Object array) throws SQLException {
        assertThat(array).isInstanceOf(Array.class);
        return (Object[]) ((Array) array).getArray();
    }

    private static Object[] attributes(Object struct) throws SQLException {
        assertThat(struct).isInstanceOf(Struct.class);
        return ((Struct) struct).getAttributes();
    }
}
