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
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Both forms of nested values: Arrow's own and that of JSON results. */
class NestedJsonTest {

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("ARRAY<INT>", "[1,null,3]", Arrays.asList(1, null, 3)),
                arguments("ARRAY<INT>", "[\"1\"]", List.of(1)),
                arguments("ARRAY<TINYINT>", "[1]", List.of((byte) 1)),
                arguments("ARRAY<SMALLINT>", "[1]", List.of((short) 1)),
                arguments("ARRAY<BIGINT>", "[9223372036854775807]", List.of(Long.MAX_VALUE)),
                arguments("ARRAY<DOUBLE>", "[1.5,\"NaN\"]", List.of(1.5, Double.NaN)),
                arguments("ARRAY<FLOAT>", "[1.5]", List.of(1.5f)),
                arguments("ARRAY<BOOLEAN>", "[true,\"false\"]", List.of(true, false)),
                arguments("ARRAY<STRING>", "[\"a\\\"b\",\"\"]", List.of("a\"b", "")),
                arguments(
                        "ARRAY<DECIMAL(38,18)>",
                        "[12345678901234567890.123456789012345678]",
                        List.of(new BigDecimal("12345678901234567890.123456789012345678"))),
                arguments("ARRAY<DECIMAL(10,2)>", "[1.5]", List.of(new BigDecimal("1.50"))),
                arguments("ARRAY<DATE>", "[20541,\"2026-03-29\",-1]", dates("2026-03-29", "2026-03-29", "1969-12-31")),
                arguments(
                        "ARRAY<TIMESTAMP>",
                        "[1774751400000000,\"2026-03-29T02:30:00Z\",\"2026-03-29T04:30:00+02:00\",\"2026-03-29 02:30:00\"]",
                        Collections.nCopies(4, Instant.parse("2026-03-29T02:30:00Z"))),
                arguments(
                        "ARRAY<TIMESTAMP_NTZ>",
                        "[[2026,3,29,2,30],\"2026-03-29T02:30\",1774751400000000]",
                        Collections.nCopies(3, LocalDateTime.parse("2026-03-29T02:30"))),
                arguments("ARRAY<ARRAY<INT>>", "[[1],[],null]", Arrays.asList(List.of(1), List.of(), null)),
                arguments("MAP<INT,STRING>", "{\"1\":\"a\"}", Map.of(1, "a")),
                arguments("MAP<STRING,STRING>", "[{\"key\":\"a\\\"b\",\"value\":\"c\"}]", Map.of("a\"b", "c")),
                arguments("MAP<DATE,INT>", "[{\"key\":20541,\"value\":1}]", Map.of(LocalDate.parse("2026-03-29"), 1)),
                arguments("MAP<STRING,INT>", "[{\"key\":\"a\"}]", ordered("a", null)),
                arguments("MAP<STRING,INT>", "[]", Map.of()),
                arguments("STRUCT<a:INT,b:STRING>", "{\"b\":\"x\"}", ordered("a", null, "b", "x")),
                arguments(
                        "STRUCT<m:MAP<STRING,ARRAY<DECIMAL(3,1)>>>",
                        "{\"m\":[{\"key\":\"k\",\"value\":[1]}]}",
                        Map.of("m", Map.of("k", List.of(new BigDecimal("1.0"))))),
                arguments("STRUCT<v:VARIANT>", "{\"v\":{\"x\":[1,2]}}", Map.of("v", "{\"x\":[1,2]}")),
                arguments("STRUCT<v:VARIANT>", "{\"v\":\"{\\\"x\\\":1}\"}", Map.of("v", "{\"x\":1}")),
                arguments("ARRAY<INT>", "null", null));
    }

    private static List<LocalDate> dates(String... dates) {
        return Stream.of(dates).map(LocalDate::parse).toList();
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
    void shouldGiveEveryLeafItsType(String type, String json, Object value) {
        assertThat(NestedJson.read(DataType.parse(type), json, ZoneOffset.UTC)).isEqualTo(value);
    }

    @Test
    void shouldKeepTheOrderOfFieldsAndEntries() {
        Map<?, ?> struct =
                (Map<?, ?>) NestedJson.read(DataType.parse("STRUCT<b:INT,a:INT>"), "{\"a\":1,\"b\":2}", ZoneOffset.UTC);
        Map<?, ?> map =
                (Map<?, ?>) NestedJson.read(DataType.parse("MAP<INT,INT>"), "{\"9\":1,\"1\":2}", ZoneOffset.UTC);

        assertThat(new ArrayList<Object>(struct.keySet())).isEqualTo(List.of("b", "a"));
        assertThat(new ArrayList<Object>(map.keySet())).isEqualTo(List.of(9, 1));
    }

    @Test
    void shouldReadBinary() {
        List<?> list = (List<?>) NestedJson.read(DataType.parse("ARRAY<BINARY>"), "[\"AP9/\"]", ZoneOffset.UTC);

        assertThat((byte[]) list.get(0)).containsExactly(0, -1, 127);
    }

    @Test
    void shouldReadATimestampWithoutZoneInTheSessionsZone() {
        assertThat(NestedJson.read(
                        DataType.parse("ARRAY<TIMESTAMP>"), "[\"2026-07-01 02:00:00\"]", ZoneId.of("Europe/Berlin")))
                .isEqualTo(List.of(Instant.parse("2026-07-01T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "5", "[1", "", "{\"a\":1}", "[s3cret"})
    void shouldRefuseOtherTextWithoutQuotingIt(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NestedJson.read(DataType.parse("ARRAY<INT>"), json, ZoneOffset.UTC))
                .withMessage("A value of the type ARRAY is not the JSON that was expected.")
                .withNoCause();
    }
}
