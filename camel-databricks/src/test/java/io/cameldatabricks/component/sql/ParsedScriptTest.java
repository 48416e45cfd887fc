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

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ParsedScriptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT 1;",
                "SELECT 1 ; -- done; really\n",
                "SELECT ';' || \";\" || r';' FROM `a;b` /* ; */",
                "SELECT $$ ; $$",
                "BEGIN DECLARE x INT; SET x = 1; SELECT x; END",
                "begin select 1; end;",
                "top: BEGIN SELECT 1; END top;",
                "BEGIN IF a THEN SELECT 1; ELSE SELECT 2; END IF; SELECT if(a, 1, 2); END",
                "BEGIN WHILE a DO SELECT 1; END WHILE; LOOP LEAVE; END LOOP; SELECT 3; END",
                "BEGIN FOR r AS (SELECT 1) DO SELECT 1; END FOR; REPEAT SELECT 1; UNTIL a END REPEAT; SELECT 2; END",
                "BEGIN SELECT CASE WHEN a THEN 1 END; SELECT 2; END",
                "BEGIN CASE WHEN a THEN SELECT 1; END CASE; SELECT 2; END",
                "BEGIN SELECT CASE a WHEN 1 THEN CASE WHEN b THEN 2 END END; SELECT 2; END",
                "BEGIN SELECT (CASE WHEN a THEN 1 END), 2; SELECT 2; END",
                "BEGIN BEGIN SELECT 1; END; SELECT 2; END",
                "CREATE PROCEDURE p() LANGUAGE SQL AS BEGIN SELECT 1; SELECT 2; END",
                "create or replace procedure p() AS BEGIN SELECT 1; SELECT 2; END",
                "/* ; */ BEGIN SELECT 1; END"
            })
    void shouldLeaveOneStatementAsItIs(String text) {
        assertThat(ParsedScript.parse(text).statements())
                .extracting(ParsedSql::text)
                .containsExactly(text);
    }

    @Test
    void shouldFindTheStatementsOfAText() {
        ParsedScript script = ParsedScript.parse("""
                CREATE TABLE t AS SELECT begin; -- one; two
                ;;
                BEGIN INSERT INTO t VALUES (1); END;
                SELECT begin, CASE WHEN a = ';' THEN 1 END FROM t; SELECT 2
                """);

        assertThat(script.statements())
                .extracting(statement -> statement.text().strip())
                .containsExactly(
                        "CREATE TABLE t AS SELECT begin",
                        "BEGIN INSERT INTO t VALUES (1); END",
                        "SELECT begin, CASE WHEN a = ';' THEN 1 END FROM t",
                        "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", "-- nothing\n;", "/* ; */ ; ;"})
    void shouldRefuseATextWithoutStatement(String text) {
        assertThatThrownBy(() -> ParsedScript.parse(text)).hasMessage("The query holds no statement.");
    }

    @Test
    void shouldGiveNamedValuesToAllStatements() {
        ParsedScript script =
                ParsedScript.parse("DELETE FROM a WHERE id = :id; DELETE FROM b WHERE id = :id AND x = :x");

        List<BoundSql> bound = script.bind(new Given(Map.of("id", 7, "x", "y"), List.of()));

        assertThat(bound)
                .extracting(BoundSql::sql)
                .containsExactly("DELETE FROM a WHERE id = ?", " DELETE FROM b WHERE id = ? AND x = ?");
        assertThat(bound.get(1).parameters()).extracting(SqlParameter::value).containsExactly(7, "y");
    }

    @Test
    void shouldUsePositionalValuesUpInOrder() {
        ParsedScript script = ParsedScript.parse("INSERT INTO a VALUES (?, ?); SELECT 1; INSERT INTO b VALUES (?)");

        List<BoundSql> bound = script.bind(new Given(Map.of(), List.of(1, 2, 3)));

        assertThat(bound.get(0).parameters()).extracting(SqlParameter::value).containsExactly(1, 2);
        assertThat(bound.get(1).parameters()).isEmpty();
        assertThat(bound.get(2).parameters()).extracting(SqlParameter::value).containsExactly(3);
    }

    @Test
    void shouldRefuseWhatNoStatementUses() {
        ParsedScript script = ParsedScript.parse("SELECT :a; SELECT :b");

        assertThatThrownBy(() -> script.bind(new Given(Map.of("a", 1, "b", 2, "c", 3), List.of())))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("'c'");
    }

    @Test
    void shouldRefuseTooFewPositionalValues() {
        ParsedScript script = ParsedScript.parse("SELECT ?; SELECT ?");

        assertThatThrownBy(() -> script.bind(new Given(Map.of(), List.of(1))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("2 positional markers (?) but 1 values");
    }

    private record Given(Map<String, Object> values, List<Object> positional) implements ParameterSource {

        @Override
        public Lookup named(String name) {
            return values.containsKey(name) ? Lookup.found(values.get(name)) : Lookup.absent();
        }

        @Override
        public Set<String> declaredNames() {
            return values.keySet();
        }
    }
}
