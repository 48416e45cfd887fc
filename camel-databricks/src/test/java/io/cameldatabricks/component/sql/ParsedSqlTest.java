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

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ParsedSqlTest {

    @Test
    void shouldKnowItsNames() {
        ParsedSql parsed = ParsedSql.parse("SELECT :b, :a, :b, :#${body}, x IN (:#in:c)");

        assertThat(parsed.names()).containsExactly("b", "a", "c");
        assertThat(parsed.positionalCount()).isZero();
    }

    @Test
    void shouldExpandLists() {
        ParsedSql parsed = ParsedSql.parse("x IN (:#in:ids) AND y = :y");

        BoundSql bound = parsed.bind(FixedParameters.of(Map.of("ids", List.of(1, 2, 3), "y", "z")));

        assertThat(bound.sql()).isEqualTo("x IN (?, ?, ?) AND y = ?");
        assertThat(bound.parameters())
                .containsExactly(
                        new SqlParameter("ids", "INT", 1),
                        new SqlParameter("ids", "INT", 2),
                        new SqlParameter("ids", "INT", 3),
                        new SqlParameter("y", "STRING", "z"));
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                arguments(List.of(1, 2), List.of(1, 2)),
                arguments(new int[] {1, 2}, List.of(1, 2)),
                arguments(new Object[] {"a", "b"}, List.of("a", "b")),
                arguments((Iterable<Integer>) () -> List.of(1, 2).iterator(), List.of(1, 2)),
                arguments("a,b", List.of("a", "b")),
                arguments("a", List.of("a")),
                arguments(5L, List.of(5L)));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void shouldTakeAnyKindOfList(Object list, List<Object> values) {
        BoundSql bound = ParsedSql.parse("x IN (:#in:l)").bind(FixedParameters.of("l", list));

        assertThat(bound.parameters().stream().map(SqlParameter::value).toList())
                .isEqualTo(values);
    }

    @Test
    void shouldReadAnIteratorOnceForANameThatOccursTwice() {
        Iterator<Integer> once = List.of(1, 2).iterator();

        BoundSql bound = ParsedSql.parse("x IN (:#in:l) OR y IN (:#in:l)").bind(FixedParameters.of("l", once));

        assertThat(bound.sql()).isEqualTo("x IN (?, ?) OR y IN (?, ?)");
        assertThat(bound.parameters()).extracting(SqlParameter::value).containsExactly(1, 2, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]"})
    void shouldRefuseAnEmptyList(String form) {
        Object empty = form.isEmpty() ? "" : new ArrayList<>();

        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ParsedSql.parse("x IN (:#in:l)").bind(FixedParameters.of("l", empty)))
                .withMessageContaining("'l' is empty");
    }

    @Test
    void shouldRefuseAMapAsList() {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ParsedSql.parse("x IN (:#in:l)").bind(FixedParameters.of("l", Map.of("a", 1))))
                .withMessageContaining("'l' is a Map");
    }

    @Test
    void shouldRefuseAMissingParameter() {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ParsedSql.parse("SELECT :a, :b").bind(FixedParameters.of("a", 1)))
                .withMessageContaining("'b' has no value")
                .satisfies(e -> assertThat(e.parameterName()).isEqualTo("b"));
    }

    @Test
    void shouldRefuseASurplusParameter() {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ParsedSql.parse("SELECT :a")
                        .bind(FixedParameters.of("a", 1).declaring("a", "b")))
                .withMessageContaining("no marker for the parameter 'b'");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void shouldRefuseAWrongNumberOfPositionalValues(int count) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ParsedSql.parse("SELECT ?, ?")
                        .bind(FixedParameters.list(Collections.nCopies(count, 1).toArray())))
                .withMessageContaining("2 positional markers (?) but " + count + " values");
    }

    @Test
    void shouldTakeAtMost255Parameters() {
        ParsedSql parsed = ParsedSql.parse("x IN (:#in:l)");

        assertThat(parsed.bind(FixedParameters.of("l", Collections.nCopies(255, 1)))
                        .parameters())
                .hasSize(255);
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> parsed.bind(FixedParameters.of("l", Collections.nCopies(256, 1))))
                .withMessageContaining("256 parameters")
                .withMessageContaining("at most 255");
    }

    @Test
    void shouldNotShowTextOrValues() {
        ParsedSql parsed = ParsedSql.parse("SELECT 'secret text', :a");
        BoundSql bound = parsed.bind(FixedParameters.of("a", "secret value"));

        assertThat(parsed + " " + bound + " " + bound.parameters() + " " + Lookup.found("secret") + " "
                        + TypedValue.of("STRING", "secret"))
                .doesNotContain("secret");
    }
}
