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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One or more statements, with semicolons between them. A compound statement ({@code BEGIN … END}) is one. Immutable and
 * thread-safe.
 */
public final class ParsedScript {

    private final List<ParsedSql> statements;
    private final Set<String> names = new LinkedHashSet<>();
    private final int positionalCount;
    private final String text;

    private ParsedScript(List<ParsedSql> statements, String text) {
        this.text = text;
        this.statements = List.copyOf(statements);
        this.statements.forEach(statement -> names.addAll(statement.names()));
        this.positionalCount =
                this.statements.stream().mapToInt(ParsedSql::positionalCount).sum();
    }

    /**
     * Reads a text. One statement alone is left exactly as it is.
     *
     * @throws IllegalArgumentException if there is no statement, or one of them is malformed
     */
    public static ParsedScript parse(String text) {
        List<String> texts = SqlLexer.statements(text);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("The query holds no statement.");
        }
        return texts.size() == 1 ? new ParsedScript(List.of(ParsedSql.parse(text)), texts.get(0)) : of(texts);
    }

    /**
     * Reads statements that are apart already.
     *
     * @throws IllegalArgumentException if there is none, or one of them is malformed
     */
    public static ParsedScript of(List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("The list of statements is empty.");
        }
        return new ParsedScript(texts.stream().map(ParsedSql::parse).toList(), texts.size() == 1 ? texts.get(0) : null);
    }

    /** In the order in which they run. */
    public List<ParsedSql> statements() {
        return statements;
    }

    /** The text of the only statement, without the semicolon at its end; null when there are several. */
    public String text() {
        return text;
    }

    /** The {@code ?} markers of all statements. */
    public int positionalCount() {
        return positionalCount;
    }

    /**
     * Gives every marker its value. A named value serves all statements; the values for {@code ?} are used up in order.
     *
     * @return one for each statement
     * @throws InvalidParameterException if a value is missing, surplus or not bindable, or if there are too many
     */
    public List<BoundSql> bind(ParameterSource source) {
        if (statements.size() == 1) {
            return List.of(statements.get(0).bind(source));
        }
        for (String declared : source.declaredNames()) {
            if (!names.contains(declared)) {
                throw new InvalidParameterException(
                        declared,
                        "No statement of the query has a marker for the parameter '" + declared
                                + "'; remove it or use :" + declared + " in the query.");
            }
        }
        if (positionalCount > 0 && source.positional().size() != positionalCount) {
            throw new InvalidParameterException(
                    null,
                    "The statements of the query have " + positionalCount + " positional markers (?) but "
                            + source.positional().size()
                            + " values were given as a List; give one value for each marker.");
        }
        List<BoundSql> bound = new ArrayList<>(statements.size());
        int used = 0;
        for (ParsedSql statement : statements) {
            int until = used + statement.positionalCount();
            List<?> own = statement.positionalCount() == 0
                    ? List.of()
                    : source.positional().subList(used, until);
            bound.add(statement.bind(new Part(source, own)));
            used = until;
        }
        return bound;
    }

    /** What one statement of several takes; whether something is surplus was asked for all of them. */
    private record Part(ParameterSource whole, List<?> positional) implements ParameterSource {

        @Override
        public Lookup named(String name) {
            return whole.named(name);
        }

        @Override
        public Lookup expression(String text) {
            return whole.expression(text);
        }

        @Override
        public Set<String> declaredNames() {
            return Set.of();
        }

        @Override
        public String toString() {
            return "Part[" + positional.size() + " positional]";
        }
    }

    /** Without the texts, which may hold literals. */
    @Override
    public String toString() {
        return "ParsedScript" + statements;
    }
}
