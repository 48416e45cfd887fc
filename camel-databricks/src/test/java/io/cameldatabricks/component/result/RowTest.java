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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RowTest {

    private static final RowSchema SCHEMA = schema("id", "Name", "note");
    private static final Row ROW = Row.of(SCHEMA, 1, "Ann", null);

    private static RowSchema schema(String... names) {
        return RowSchema.of(
                Stream.of(names).map(name -> new Column(name, "STRING")).toList());
    }

    @Test
    void shouldBeAMapInColumnOrder() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("id", 1);
        expected.put("Name", "Ann");
        expected.put("note", null);

        assertThat(ROW).isEqualTo(expected).hasSameHashCodeAs(expected).hasToString("{id=1, Name=Ann, note=null}");
        assertThat(expected).isEqualTo(ROW);
        assertThat(ROW.keySet()).containsExactly("id", "Name", "note");
        assertThat(ROW.values()).containsExactly(1, "Ann", null);
        assertThat(ROW.size()).isEqualTo(3);
        assertThat(ROW.value(1)).isEqualTo("Ann");
        assertThat(new LinkedHashMap<>(ROW)).isEqualTo(expected);
        Map<String, Object> seen = new LinkedHashMap<>();
        ROW.forEach(seen::put);
        assertThat(seen.keySet()).containsExactly("id", "Name", "note");
    }

    @Test
    void shouldFindNamesInAnyLetterCase() {
        assertThat(ROW.get("NAME")).isEqualTo("Ann");
        assertThat(ROW.containsKey("nOtE")).isTrue();
        assertThat(ROW.containsKey("other")).isFalse();
        assertThat(ROW.get("other")).isNull();
        assertThat(ROW.get(5)).isNull();
        assertThat(ROW.getOrDefault("other", "-")).isEqualTo("-");
        assertThat(SCHEMA.indexOf("NOTE")).isEqualTo(2);
        assertThat(SCHEMA.indexOf("x")).isEqualTo(-1);
    }

    @Test
    void shouldNumberNamesThatOccurAgain() {
        assertThat(schema("a", "a", "A", "b").names()).containsExactly("a", "a_2", "A_3", "b");
        assertThat(schema("a", "a", "a_2").names()).containsExactly("a", "a_3", "a_2");
        assertThat(schema("a_2", "a", "a").names()).containsExactly("a_2", "a", "a_3");
        assertThat(Row.of(schema("a", "a"), 1, 2)).isEqualTo(Map.of("a", 1, "a_2", 2));
    }

    @Test
    void shouldBeReadOnly() {
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> ROW.put("id", 2));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> ROW.remove("id"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> ROW.remove("other"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(ROW::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ROW.entrySet().iterator().next().setValue(2));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ROW.keySet().remove("id"));
        var entries = schema().columns().iterator();
        assertThat(entries.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> Row.of(schema()).entrySet().iterator().next());
    }

    @Test
    void shouldNeedOneValueForEachColumn() {
        assertThatIllegalArgumentException().isThrownBy(() -> Row.of(SCHEMA, 1, 2));
    }

    @Test
    void shouldKeepItsOwnValues() {
        Object[] values = {1, 2, 3};
        Row row = Row.of(SCHEMA, values);

        values[0] = "changed";

        assertThat(row.get("id")).isEqualTo(1);
    }

    @Test
    void shouldBeSerializableAndShareTheSchema() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(List.of(ROW, Row.of(SCHEMA, 2, "Bob", "x")));
        }

        List<?> copies;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copies = (List<?>) in.readObject();
        }

        Row first = (Row) copies.get(0);
        Row second = (Row) copies.get(1);
        assertThat(first).isEqualTo(ROW);
        assertThat(second.get("NAME")).isEqualTo("Bob");
        assertThat(first.schema()).isSameAs(second.schema()).isEqualTo(SCHEMA);
    }
}
