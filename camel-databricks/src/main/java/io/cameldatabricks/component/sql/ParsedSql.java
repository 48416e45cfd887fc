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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A statement's text and the parameter markers in it. Immutable and thread-safe; made once for a text that does not
 * change.
 *
 * <p>Markers:
 * <ul>
 * <li>{@code :name}, Databricks' named marker. The colon must not directly follow a name, number, literal, closing
 *     bracket or marker. There it is an operator, as in the JSON path {@code raw:store.price} and in the label
 *     {@code top:WHILE}; put a space before the colon if a marker is meant ({@code LIMIT :n}).
 * <li>{@code ?}, Databricks' positional marker, except in the {@code ?::} operator (try_cast) directly after its operand.
 * <li>{@code :#name}, <code>:#${expression}</code>, {@code :#in:name} and <code>:#in:${expression}</code>, as camel-sql
 *     has them. The last two stand for as many values as the list has.
 * </ul>
 * Named and positional markers cannot be mixed in one statement. String literals (with backslash escapes, doubled
 * quotes, or raw), quoted names, dollar-quoted bodies, comments and hints hide what is in them. See
 * <a href="https://docs.databricks.com/sql/language-manual/sql-ref-parameter-marker.html">parameter markers</a>,
 * <a href="https://docs.databricks.com/sql/language-manual/functions/colonsign.html">: operator</a> and
 * <a href="https://docs.databricks.com/sql/language-manual/functions/questiondoublecolonsign.html">?:: operator</a>.
 *
 * <p>{@link #bind} replaces each marker by {@code ?}, because the driver binds by position only, and {@link #bindByName}
 * by {@code :name}, as the Statement Execution API has it; every other character stays as it is. A value whose type the driver cannot send is sent as a string and converted around its marker,
 * as in {@code unbase64(?)}. A marker before a colon becomes {@code (?)}, because {@code ?::} is another operator.
 */
public final class ParsedSql {

    /** The most parameters that Databricks takes in one statement. */
    public static final int MAX_PARAMETERS = 255;

    private final String text;
    private final List<Marker> markers;
    private final Set<String> names;
    private final int positionalCount;
    private final boolean plainRead;

    private ParsedSql(String text, List<Marker> markers, boolean plainRead) {
        this.text = text;
        this.plainRead = plainRead;
        this.markers = markers;
        this.names = markers.stream()
                .filter(marker -> marker.name() != null && !marker.kind().isExpression())
                .map(Marker::name)
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
        this.positionalCount = (int) markers.stream()
                .filter(marker -> marker.kind() == Marker.Kind.POSITIONAL)
                .count();
    }

    /**
     * Reads a statement.
     *
     * @throws IllegalArgumentException if a literal, name, comment or expression has no end, or if markers are mixed
     */
    public static ParsedSql parse(String text) {
        ParsedSql parsed = SqlLexer.read(text, (markers, words) -> new ParsedSql(text, markers, words.readsOnly()));
        if (parsed.positionalCount > 0 && parsed.positionalCount < parsed.markers.size()) {
            throw new IllegalArgumentException(
                    "The query mixes named and positional parameter markers; Databricks takes either :name or ? in one statement.");
        }
        return parsed;
    }

    /** The original text. */
    public String text() {
        return text;
    }

    /**
     * Whether the statement certainly only reads, so that nobody is harmed when it runs for nothing: SELECT, VALUES, TABLE,
     * SHOW, DESCRIBE, EXPLAIN, LIST, and WITH unless a word in it might write.
     */
    public boolean isPlainRead() {
        return plainRead;
    }

    /** The names of the named markers in their first order, without expressions. */
    public Set<String> names() {
        return names;
    }

    /** The number of {@code ?} markers. */
    public int positionalCount() {
        return positionalCount;
    }

    /**
     * Gives every marker its value, for a client that binds by position.
     *
     * @throws InvalidParameterException if a value is missing, surplus or not bindable, or if there are too many
     */
    public BoundSql bind(ParameterSource source) {
        return bind(source, new PositionalMarkers());
    }

    /**
     * As {@link #bind}, for a client that binds by name: the markers of the text are {@code :name}, and the parameters have
     * their names. A name stays as it is where the Statement Execution API can take it.
     */
    public BoundSql bindByName(ParameterSource source) {
        return bind(source, new NamedMarkers(names));
    }

    private BoundSql bind(ParameterSource source, BoundMarkers bound) {
        Objects.requireNonNull(source, "source");
        rejectSurplus(source);
        List<?> positional = positionalCount > 0 ? positionalValues(source) : List.of();
        // a name that occurs twice is read once: its value may be a stream
        Map<List<Object>, List<ValueBinding>> values = new HashMap<>();
        StringBuilder sql = new StringBuilder(text.length() + 16 * markers.size());
        int copied = 0;
        int ordinal = 0;
        for (Marker marker : markers) {
            sql.append(text, copied, marker.start());
            copied = marker.end();
            String name = marker.name();
            List<ValueBinding> bindings;
            if (marker.kind() == Marker.Kind.POSITIONAL) {
                name = "?" + (ordinal + 1);
                bindings = List.of(ValueBinding.of(name, positional.get(ordinal++)));
            } else {
                bindings = values.computeIfAbsent(List.of(marker.kind(), name), key -> bindings(marker, source));
            }
            boolean beforeColon = copied < text.length() && text.charAt(copied) == ':';
            for (int i = 0; i < bindings.size(); i++) {
                String placeholder =
                        placeholder(bound.add(marker.kind(), name, i, bindings.get(i)), bindings.get(i), beforeColon);
                appendPlaceholder(sql, placeholder, i > 0);
            }
        }
        sql.append(text, copied, text.length());
        List<SqlParameter> parameters = bound.parameters();
        if (parameters.size() > MAX_PARAMETERS) {
            throw new InvalidParameterException(
                    null,
                    "The query has " + parameters.size() + " parameters, but Databricks takes at most " + MAX_PARAMETERS
                            + " in one statement; send the values in several statements or through a table.");
        }
        return new BoundSql(sql.toString(), parameters);
    }

    private void rejectSurplus(ParameterSource source) {
        for (String declared : source.declaredNames()) {
            if (!names.contains(declared)) {
                throw new InvalidParameterException(
                        declared,
                        "The query has no marker for the parameter '" + declared + "'; remove it or use :" + declared
                                + " in the query.");
            }
        }
    }

    private List<?> positionalValues(ParameterSource source) {
        List<?> values = source.positional();
        if (values.size() != positionalCount) {
            throw new InvalidParameterException(
                    null,
                    "The query has " + positionalCount + " positional markers (?) but " + values.size()
                            + " values were given as a List; give one value for each marker.");
        }
        return values;
    }

    private static List<ValueBinding> bindings(Marker marker, ParameterSource source) {
        String name = marker.name();
        Lookup lookup = marker.kind().isExpression() ? source.expression(name) : source.named(name);
        if (!lookup.isFound()) {
            throw new InvalidParameterException(
                    name,
                    "The query's parameter '" + name
                            + "' has no value; set it in the parameters header, in a Map body or as a message header.");
        }
        if (!marker.kind().isList()) {
            return List.of(ValueBinding.of(name, lookup.value()));
        }
        List<ValueBinding> bindings = ListValues.of(name, lookup.value()).stream()
                .map(value -> ValueBinding.of(name, value))
                .toList();
        if (bindings.isEmpty()) {
            throw new InvalidParameterException(
                    name,
                    "The list for the parameter '" + name
                            + "' is empty, and SQL has no empty IN list; do not send the query in this case.");
        }
        return bindings;
    }

    private static String placeholder(String marker, ValueBinding binding, boolean beforeColon) {
        boolean bare = binding.placeholder().equals("?");
        return bare && beforeColon ? "(" + marker + ")" : binding.placeholder().replace("?", marker);
    }

    private static void appendPlaceholder(StringBuilder sql, String placeholder, boolean further) {
        if (further) {
            sql.append(", ");
        } else if (!placeholder.equals("?") && sql.length() > 0 && isGlue(sql.charAt(sql.length() - 1))) {
            sql.append(' ');
        }
        sql.append(placeholder);
    }

    /** A name directly before a bracket would read as a function call, an operand before a colon as a path. */
    private static boolean isGlue(char c) {
        return SqlLexer.isNamePart(c) || "`)]'\"".indexOf(c) >= 0;
    }

    /** Without the text, which may hold literals. */
    @Override
    public String toString() {
        return "ParsedSql[" + text.length() + " characters, names=" + names + ", positional=" + positionalCount + "]";
    }
}
