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

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The texts, and what becomes of them. */
class SqlLexerTest {

    /** Gives every name and expression the number 7. */
    private static final ParameterSource SEVEN = new ParameterSource() {
        @Override
        public Lookup named(String name) {
            return Lookup.found(7);
        }

        @Override
        public Lookup expression(String text) {
            return Lookup.found(7);
        }

        @Override
        public List<?> positional() {
            return List.of();
        }

        @Override
        public Set<String> declaredNames() {
            return Set.of();
        }
    };

    /** The text, what the driver gets, and the parameters' names in order. */
    static Stream<Arguments> texts() {
        return Stream.of(
                // no markers
                arguments("", "", ""),
                arguments("SELECT 1", "SELECT 1", ""),
                arguments("-- only a comment :a ?", "-- only a comment :a ?", ""),
                // places of a named marker
                arguments("SELECT :a", "SELECT ?", "a"),
                arguments(":a", "?", "a"),
                arguments("SELECT :a, :b", "SELECT ?, ?", "a,b"),
                arguments("SELECT :a, :a", "SELECT ?, ?", "a,a"),
                arguments("SELECT * FROM t WHERE x=:a", "SELECT * FROM t WHERE x=?", "a"),
                arguments("x>:a AND y<=:b", "x>? AND y<=?", "a,b"),
                arguments("x<>:a", "x<>?", "a"),
                arguments("x!=:a", "x!=?", "a"),
                arguments("x<=>:a", "x<=>?", "a"),
                arguments("(:a)", "(?)", "a"),
                arguments("((:a)+:b)*:c", "((?)+?)*?", "a,b,c"),
                arguments("f(:a,:b)", "f(?,?)", "a,b"),
                arguments("x IN (:a,\n:b)", "x IN (?,\n?)", "a,b"),
                arguments("x\t:a", "x\t?", "a"),
                arguments("-:a", "-?", "a"),
                arguments("1+:a", "1+?", "a"),
                arguments("x||:a||y", "x||?||y", "a"),
                arguments("x/:a", "x/?", "a"),
                arguments("x%:a", "x%?", "a"),
                arguments("x&:a|:b^:c", "x&?|?^?", "a,b,c"),
                arguments("LIMIT :n", "LIMIT ?", "n"),
                arguments("LIMIT :n;", "LIMIT ?;", "n"),
                arguments("IDENTIFIER(:t)", "IDENTIFIER(?)", "t"),
                arguments(
                        "SELECT * FROM IDENTIFIER(:c || '.' || :t)", "SELECT * FROM IDENTIFIER(? || '.' || ?)", "c,t"),
                arguments("a[:i]", "a[?]", "i"),
                arguments("SELECT :Größe_1", "SELECT ?", "Größe_1"),
                arguments("SELECT :_a1", "SELECT ?", "_a1"),
                arguments("INTERVAL :d DAY", "INTERVAL ? DAY", "d"),
                arguments("CASE WHEN x THEN :a ELSE :b END", "CASE WHEN x THEN ? ELSE ? END", "a,b"),
                arguments("BETWEEN :a AND :b", "BETWEEN ? AND ?", "a,b"),
                arguments("VALUES (:a), (:b)", "VALUES (?), (?)", "a,b"),
                // casts
                arguments("x::INT", "x::INT", ""),
                arguments("'1'::INT", "'1'::INT", ""),
                arguments("x::DECIMAL(10,2)", "x::DECIMAL(10,2)", ""),
                arguments(":a::INT", "(?)::INT", "a"),
                arguments("(:a)::INT", "(?)::INT", "a"),
                arguments("x:: INT, :a", "x:: INT, ?", "a"),
                arguments("x::INT=:a", "x::INT=?", "a"),
                arguments("x?::INT", "x?::INT", ""),
                arguments("f(x)?::INT, :a", "f(x)?::INT, ?", "a"),
                arguments("'x'?::INT", "'x'?::INT", ""),
                arguments("a[0]?::INT", "a[0]?::INT", ""),
                arguments("`x`?::INT", "`x`?::INT", ""),
                arguments(":a?::INT", "??::INT", "a"),
                // JSON paths
                arguments("raw:owner", "raw:owner", ""),
                arguments("SELECT raw:store.price FROM t", "SELECT raw:store.price FROM t", ""),
                arguments("raw:a[0].b", "raw:a[0].b", ""),
                arguments("v:a[:i].b", "v:a[?].b", "i"),
                arguments("raw:['a b'].c", "raw:['a b'].c", ""),
                arguments("t.raw:owner::STRING", "t.raw:owner::STRING", ""),
                arguments("`my raw`:owner", "`my raw`:owner", ""),
                arguments("parse_json(x):owner", "parse_json(x):owner", ""),
                arguments("a[0]:owner", "a[0]:owner", ""),
                arguments("'{\"a\":1}':a", "'{\"a\":1}':a", ""),
                arguments("raw:a:b", "raw:a:b", ""),
                arguments(":doc:owner", "(?):owner", "doc"),
                arguments("raw:owner = :owner", "raw:owner = ?", "owner"),
                arguments("raw : owner", "raw : owner", ""),
                arguments("raw:`a b`", "raw:`a b`", ""),
                // literals
                arguments("':a'", "':a'", ""),
                arguments("\":a ?\"", "\":a ?\"", ""),
                arguments("'it''s :a'", "'it''s :a'", ""),
                arguments("'it\\'s :a', :b", "'it\\'s :a', ?", "b"),
                arguments("'\\\\', :a", "'\\\\', ?", "a"),
                arguments("'a' ':b' :c", "'a' ':b' ?", "c"),
                arguments("r'\\', :a", "r'\\', ?", "a"),
                arguments("R\"\\\", :a", "R\"\\\", ?", "a"),
                arguments("bar'\\', :a'", "bar'\\', :a'", ""),
                arguments("X'1F', :a", "X'1F', ?", "a"),
                arguments("DATE'2026-01-01', :a", "DATE'2026-01-01', ?", "a"),
                arguments("'--', :a", "'--', ?", "a"),
                arguments("'/*', :a, '*/'", "'/*', ?, '*/'", "a"),
                arguments("'line\nbreak :a'", "'line\nbreak :a'", ""),
                arguments("''", "''", ""),
                // quoted names
                arguments("`:a`", "`:a`", ""),
                arguments("`a``:b`, :c", "`a``:b`, ?", "c"),
                arguments("`a\\`, :c", "`a\\`, ?", "c"),
                // comments and hints
                arguments("SELECT 1 -- :a\n, :b", "SELECT 1 -- :a\n, ?", "b"),
                arguments("-- it's\n:a", "-- it's\n?", "a"),
                arguments("-- :a\r:b", "-- :a\r?", "b"),
                arguments("-- more\\\n:a\n:b", "-- more\\\n:a\n?", "b"),
                arguments("/* :a ' */ :b", "/* :a ' */ ?", "b"),
                arguments("/* /* :a */ :b */ :c", "/* /* :a */ :b */ ?", "c"),
                arguments("/**/:a", "/**/?", "a"),
                arguments("SELECT /*+ BROADCAST(t) */ :a", "SELECT /*+ BROADCAST(t) */ ?", "a"),
                arguments("x - -:a", "x - -?", "a"),
                arguments("x /:a", "x /?", "a"),
                // dollar quotes
                arguments("AS $$ return ':a' ? $$ :b", "AS $$ return ':a' ? $$ ?", "b"),
                arguments("AS $py$ x = $$ :a $$ $py$, :b", "AS $py$ x = $$ :a $$ $py$, ?", "b"),
                arguments("$ :a", "$ ?", "a"),
                arguments("${x} :a", "${x} ?", "a"),
                // other colons
                arguments("map('a', 1), :a", "map('a', 1), ?", "a"),
                arguments("a[1:2]", "a[1:2]", ""),
                arguments("SET VAR x := :a", "SET VAR x := ?", "a"),
                arguments("f(x => :a)", "f(x => ?)", "a"),
                arguments("transform(a, x -> x + :a)", "transform(a, x -> x + ?)", "a"),
                arguments(
                        "lbl: BEGIN DECLARE x INT; SET x = :a; END lbl",
                        "lbl: BEGIN DECLARE x INT; SET x = ?; END lbl",
                        "a"),
                arguments(
                        "lbl: WHILE x < :n DO ITERATE lbl; END WHILE",
                        "lbl: WHILE x < ? DO ITERATE lbl; END WHILE",
                        "n"),
                arguments("lbl:LOOP LEAVE lbl; END LOOP", "lbl:LOOP LEAVE lbl; END LOOP", ""),
                arguments(": a", ": a", ""),
                arguments(":", ":", ""),
                arguments(":1", ":1", ""),
                // camel-sql's markers
                arguments(":#a", "?", "a"),
                arguments("x=:#a AND y=:#b", "x=? AND y=?", "a,b"),
                arguments("LIKE:#a", "LIKE?", "a"),
                arguments("LIKE:#a::INT", "LIKE (?)::INT", "a"),
                arguments(":#in", "?", "in"),
                arguments(":#in::INT", "(?)::INT", "in"),
                arguments("x IN (:#in:ids)", "x IN (?)", "ids"),
                arguments("x IN (:#in:${body.ids})", "x IN (?)", "${body.ids}"),
                arguments(":#${body}", "?", "${body}"),
                arguments(":#${body[a].b} , :b", "? , ?", "${body[a].b},b"),
                arguments("f(:#${bean:x?method=y(${body})})", "f(?)", "${bean:x?method=y(${body})}"),
                arguments("':#a'", "':#a'", ""));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldFindTheMarkersAndLeaveTheRest(String text, String sql, String names) {
        ParsedSql parsed = ParsedSql.parse(text);

        BoundSql bound = parsed.bind(SEVEN);

        assertThat(bound.sql()).isEqualTo(sql);
        assertThat(bound.parameters().stream().map(SqlParameter::name).toList())
                .isEqualTo(names.isEmpty() ? List.of() : List.of(names.split(",")));
        assertThat(parsed.text()).isEqualTo(text);
    }

    static Stream<Arguments> positionalTexts() {
        return Stream.of(
                arguments("SELECT ?", "SELECT ?", 1),
                arguments("?", "?", 1),
                arguments("VALUES (?,?),(?, ?)", "VALUES (?,?),(?, ?)", 4),
                arguments("x = ? AND y LIKE '?'", "x = ? AND y LIKE '?'", 1),
                arguments("x = ? -- ?\n", "x = ? -- ?\n", 1),
                arguments("/* ? */ `?` \"?\" ?", "/* ? */ `?` \"?\" ?", 1),
                arguments("SELECT ?::INT", "SELECT (?)::INT", 1),
                arguments("SELECT x?::INT, ?", "SELECT x?::INT, ?", 1),
                arguments("SELECT ??::INT", "SELECT ??::INT", 1),
                arguments("SELECT raw:a, ?:b", "SELECT raw:a, (?):b", 1),
                arguments("LIKE?", "LIKE?", 1));
    }

    @ParameterizedTest
    @MethodSource("positionalTexts")
    void shouldFindPositionalMarkers(String text, String sql, int count) {
        ParsedSql parsed = ParsedSql.parse(text);

        assertThat(parsed.positionalCount()).isEqualTo(count);
        BoundSql bound =
                parsed.bind(FixedParameters.list(Collections.nCopies(count, 1).toArray()));
        assertThat(bound.sql()).isEqualTo(sql);
        assertThat(bound.parameters()).hasSize(count);
        assertThat(bound.parameters().get(count - 1).name()).isEqualTo("?" + count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a",
                "SELECT \"a",
                "SELECT `a",
                "SELECT 'a\\'",
                "SELECT r'a",
                "/* a",
                "/* /* a */",
                "$$ a",
                "$t$ a $$",
                ":#${body",
                ":#${body{}",
                "SELECT 1\n, 'a"
            })
    void shouldSayWhereWhatHasNoEndBegins(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParsedSql.parse(text))
                .withMessageMatching("The .* that begins at line \\d+, column \\d+ has no end\\.");
    }

    @Test
    void shouldCountLinesAndColumns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParsedSql.parse("SELECT 1,\n  'abc"))
                .withMessage("The string literal that begins at line 2, column 3 has no end.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT :a, ?", "SELECT ?, :#b", "SELECT ?, :#${c}", "SELECT ? :#in:d"})
    void shouldRefuseMixedMarkers(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParsedSql.parse(text))
                .withMessageContaining("mixes named and positional");
    }

    @Test
    void shouldRefuseACamelMarkerWithoutName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParsedSql.parse("SELECT :# FROM t"))
                .withMessageContaining("line 1, column 8");
    }
}
