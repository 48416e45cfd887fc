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

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NamedMarkersTest {

    @Test
    void shouldKeepNamesAndBindEachOnce() {
        BoundSql bound = bind("SELECT :a, :b, :a", Map.of("a", 1, "b", "x"));

        assertThat(bound.sql()).isEqualTo("SELECT :a, :b, :a");
        assertThat(bound.parameters())
                .containsExactly(new SqlParameter("a", "INT", 1), new SqlParameter("b", "STRING", "x"));
    }

    @Test
    void shouldNameQuestionMarks() {
        BoundSql bound = ParsedSql.parse("SELECT ?, ?").bindByName(new Given(Map.of(), List.of(1, 1)));

        assertThat(bound.sql()).isEqualTo("SELECT :p1, :p2");
        assertThat(bound.parameters()).extracting(SqlParameter::name).containsExactly("p1", "p2");
    }

    @Test
    void shouldNameWhatCamelSqlWrites() {
        BoundSql bound = bind(
                "SELECT :#a, :p1 WHERE b IN (:#in:b) AND c = :#${body}", Map.of("a", 1, "p1", 2, "b", List.of(3, 4)));

        assertThat(bound.sql()).isEqualTo("SELECT :a, :p1 WHERE b IN (:p3, :p4) AND c = :p5");
        assertThat(bound.parameters()).extracting(SqlParameter::value).containsExactly(1, 2, 3, 4, "evaluated");
    }

    @Test
    void shouldReplaceNamesThatTheServiceMayMistake() {
        BoundSql bound = bind("SELECT :id, :ID, :größe", Map.of("id", 1, "ID", 2, "größe", 3));

        assertThat(bound.sql()).isEqualTo("SELECT :id, :p2, :p3");
        assertThat(bound.parameters()).extracting(SqlParameter::value).containsExactly(1, 2, 3);
    }

    @Test
    void shouldConvertAroundTheMarker() {
        BoundSql bound = bind(
                "SELECT :t, :b, :j::STRING",
                Map.of("t", LocalDateTime.of(2026, 1, 2, 3, 4), "b", new byte[] {1}, "j", "x"));

        assertThat(bound.sql()).isEqualTo("SELECT CAST(:t AS TIMESTAMP_NTZ), unbase64(:b), (:j)::STRING");
    }

    @Test
    void shouldKeepMarkersApartFromWhatStandsBefore() {
        assertThat(bind("SELECT 1 WHERE a LIKE:#a AND b IN(1)AND(2)=:#a", Map.of("a", "x"))
                        .sql())
                .isEqualTo("SELECT 1 WHERE a LIKE :a AND b IN(1)AND(2)=:a");
    }

    @Test
    void shouldWriteValuesAsText() {
        assertThat(new SqlParameter("a", "DECIMAL(10,9)", new BigDecimal("1E-9")).text())
                .isEqualTo("0.000000001");
        assertThat(new SqlParameter("a", "BOOLEAN", true).text()).isEqualTo("true");
        assertThat(new SqlParameter("a", "VOID", null).text()).isNull();
    }

    private static BoundSql bind(String sql, Map<String, Object> values) {
        return ParsedSql.parse(sql).bindByName(new Given(values, List.of()));
    }

    private record Given(Map<String, Object> values, List<Object> positional) implements ParameterSource {

        @Override
        public Lookup named(String name) {
            return values.containsKey(name) ? Lookup.found(values.get(name)) : Lookup.absent();
        }

        @Override
        public Lookup expression(String text) {
            return Lookup.found("evaluated");
        }

        @Override
        public Set<String> declaredNames() {
            return Set.of();
        }
    }
}
