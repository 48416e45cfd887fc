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

import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Properties of the rewriting that hold for every text. */
class LexerFuzzTest {

    /** Bound to each of the forms of a placeholder in turn. */
    private static final List<Object> VALUES = List.of(1, new byte[] {1}, LocalDateTime.of(2026, 1, 1, 0, 0));

    private static ParameterSource all(Object value) {
        return new ParameterSource() {
            @Override
            public Lookup named(String name) {
                return Lookup.found(value);
            }

            @Override
            public Lookup expression(String text) {
                return Lookup.found(value);
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
    }

    @Property(tries = 20_000)
    void shouldGiveTheSameMarkersWhenRewrittenTextIsReadAgain(@ForAll("texts") String text) {
        ParsedSql parsed = parseOrSkip(text);
        Assume.that(parsed.positionalCount() == 0);

        for (Object value : VALUES) {
            BoundSql bound = parsed.bind(all(value));
            ParsedSql again = ParsedSql.parse(bound.sql());

            assertThat(again.positionalCount()).isEqualTo(bound.parameters().size());
            assertThat(again.names()).isEmpty();
            BoundSql stable = again.bind(FixedParameters.list(
                    Collections.nCopies(again.positionalCount(), 1).toArray()));
            assertThat(stable.sql()).isEqualTo(bound.sql());
        }
    }

    @Property(tries = 20_000)
    void shouldChangeNothingButTheMarkers(@ForAll("texts") String text) {
        ParsedSql parsed = parseOrSkip(text);
        Assume.that(parsed.positionalCount() == 0);

        String sql = parsed.bind(all(1)).sql();

        int read = 0;
        int copied = 0;
        for (Marker marker : SqlLexer.markers(text)) {
            String before = text.substring(copied, marker.start());
            assertThat(sql.substring(read)).startsWith(before);
            read += before.length();
            copied = marker.end();
            String rest = sql.substring(read);
            String placeholder = Stream.of("?", "(?)", " (?)")
                    .filter(rest::startsWith)
                    .findFirst()
                    .orElseThrow();
            read += placeholder.length();
        }
        assertThat(sql.substring(read)).isEqualTo(text.substring(copied));
    }

    @Property(tries = 20_000)
    void shouldReadAnyTextOrSayWhyNot(@ForAll String text) {
        assertThatCode(() -> {
                    try {
                        ParsedSql.parse(text);
                    } catch (IllegalArgumentException e) {
                        assertThat(e).hasMessageEndingWith(".");
                    }
                })
                .doesNotThrowAnyException();
    }

    private static ParsedSql parseOrSkip(String text) {
        try {
            return ParsedSql.parse(text);
        } catch (IllegalArgumentException e) {
            Assume.that(false);
            throw e;
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "'", "''", "\"", "`", "\\", "--", "\n", "/*", "*/", "r'", "$$", "$a$", ":", "::", ":a", ":#a",
                        ":#in:b", ":#${x}", "?::", "a", "1", "_", "(", ")", "[", "]", "{", "}", ",", " ", "=", "->",
                        "=>", ":=", "x:y", "INT", ".")
                .list()
                .ofMaxSize(14)
                .map(list -> String.join("", list));
    }
}
