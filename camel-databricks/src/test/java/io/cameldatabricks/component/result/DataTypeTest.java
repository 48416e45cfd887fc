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

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DataTypeTest {

    private static final DataType INT = scalar("INT", 0);
    private static final DataType STRING = scalar("STRING", 0);
    private static final DataType DECIMAL = scalar("DECIMAL", 2);

    private static DataType scalar(String name, int scale) {
        return new DataType(name, scale, List.of(), List.of());
    }

    private static DataType array(DataType element) {
        return new DataType("ARRAY", 0, List.of(), List.of(element));
    }

    private static DataType map(DataType key, DataType value) {
        return new DataType("MAP", 0, List.of(), List.of(key, value));
    }

    private static DataType struct(List<String> names, DataType... types) {
        return new DataType("STRUCT", 0, names, List.of(types));
    }

    static Stream<Arguments> types() {
        return Stream.of(
                arguments("INT", INT),
                arguments("int", INT),
                arguments("DECIMAL(10,2)", DECIMAL),
                arguments("DECIMAL(10, 2)", DECIMAL),
                arguments("DECIMAL(10)", scalar("DECIMAL", 0)),
                arguments("DECIMAL", scalar("DECIMAL", 0)),
                arguments("STRING COLLATE UTF8_LCASE", STRING),
                arguments("VARCHAR(10)", scalar("VARCHAR", 0)),
                arguments("INTERVAL DAY TO SECOND", scalar("INTERVAL DAY TO SECOND", 0)),
                arguments("ARRAY<INT>", array(INT)),
                arguments("ARRAY<ARRAY<DECIMAL(10,2)>>", array(array(DECIMAL))),
                arguments("MAP<STRING,INT>", map(STRING, INT)),
                arguments("MAP<STRING, ARRAY<MAP<INT, DECIMAL(10,2)>>>", map(STRING, array(map(INT, DECIMAL)))),
                arguments("STRUCT<>", struct(List.of())),
                arguments("STRUCT<a:INT>", struct(List.of("a"), INT)),
                arguments("STRUCT<a: INT, b: STRING>", struct(List.of("a", "b"), INT, STRING)),
                arguments(
                        "STRUCT<a: INT NOT NULL, b: ARRAY<STRING> COMMENT 'it\\'s, <b>', c: DECIMAL(10,2) NOT NULL COMMENT ''>",
                        struct(List.of("a", "b", "c"), INT, array(STRING), DECIMAL)),
                arguments(
                        "STRUCT<`odd: ``name`: INT, Größe: STRUCT<x: INT>>",
                        struct(List.of("odd: `name", "Größe"), INT, struct(List.of("x"), INT))));
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldReadTheTextOfATypeAsATree(String text, DataType type) {
        assertThat(DataType.parse(text)).isEqualTo(type);
    }
}
