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
package io.cameldatabricks.testinfra.server.engine.scripted;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.ResultColumn;

/** What a statement answers. Immutable but for the number of times it may still be used. */
public final class ScriptedAnswer {

    private static final Pattern TYPE =
            Pattern.compile("([A-Z_]+)\\s*(?:\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\))?.*", Pattern.DOTALL);
    /** Stands for SQL NULL among the cells, which are URL-encoded and so never have one of these themselves. */
    private static final String NULL_CELL = "~";

    private final String exactly;
    private final Pattern pattern;
    private final List<ResultColumn> columns;
    private final List<List<String>> rows;
    private final long repeat;
    private final Duration duration;
    private final EngineException failure;
    private final boolean truncated;
    private final AtomicInteger remaining;

    private ScriptedAnswer(Map<String, List<String>> form) {
        String regex = first(form, "pattern", null);
        exactly = first(form, "statement", null);
        if ((exactly == null) == (regex == null)) {
            throw new IllegalArgumentException("A script needs either a statement or a pattern.");
        }
        try {
            pattern = regex == null ? null : Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
            duration = Duration.parse(first(form, "duration", "PT0S"));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("The pattern is not a regular expression: " + e.getDescription(), e);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("The duration must be one such as PT2.5S.", e);
        }
        columns = form.getOrDefault("column", List.of()).stream()
                .map(ScriptedAnswer::column)
                .toList();
        rows = form.getOrDefault("row", List.of()).stream()
                .map(ScriptedAnswer::cells)
                .toList();
        if (rows.stream().anyMatch(row -> row.size() != columns.size())) {
            throw new IllegalArgumentException("Each row needs as many values as there are columns.");
        }
        repeat = Long.parseLong(first(form, "repeat", "1"));
        truncated = Boolean.parseBoolean(first(form, "truncated", "false"));
        remaining = new AtomicInteger(Integer.parseInt(first(form, "times", String.valueOf(Integer.MAX_VALUE))));
        failure = failure(form);
    }

    /**
     * @param form the fields {@code statement} or {@code pattern}; {@code column} as {@code name:TYPE} and {@code row} as
     *     comma-separated URL-encoded values (~ is null), both any number of times; {@code repeat} (rows so many times over),
     *     {@code duration} (ISO), {@code errorCode}, {@code sqlState}, {@code message}, {@code canceled}, {@code truncated},
     *     {@code times} (after which the script is used up)
     * @throws IllegalArgumentException when it makes no sense
     */
    public static ScriptedAnswer parse(Map<String, List<String>> form) {
        return new ScriptedAnswer(form);
    }

    private static EngineException failure(Map<String, List<String>> form) {
        if (Boolean.parseBoolean(first(form, "canceled", "false"))) {
            return EngineException.ofCanceled();
        }
        String message = first(form, "message", null);
        return message == null
                ? null
                : EngineException.failed(
                        first(form, "errorCode", "BAD_REQUEST"), first(form, "sqlState", null), message, null);
    }

    private static ResultColumn column(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("A column must be name:TYPE, not " + text + ".");
        }
        String type = text.substring(colon + 1).trim();
        Matcher parts = TYPE.matcher(type.toUpperCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException("Unknown type " + type + ".");
        }
        String name = parts.group(1);
        boolean decimal = name.equals("DECIMAL");
        return new ResultColumn(
                text.substring(0, colon),
                type,
                wireName(name),
                decimal ? number(parts.group(2), 10) : 0,
                decimal ? number(parts.group(3), 0) : 0,
                name.equals("INTERVAL") ? type.substring("INTERVAL".length()).trim() : null);
    }

    private static String wireName(String type) {
        return switch (type) {
            case "TINYINT" -> "BYTE";
            case "SMALLINT" -> "SHORT";
            case "INTEGER" -> "INT";
            case "BIGINT" -> "LONG";
            case "VARCHAR" -> "STRING";
            default -> type;
        };
    }

    private static int number(String text, int whenAbsent) {
        return text == null ? whenAbsent : Integer.parseInt(text);
    }

    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row.split(",", -1)) {
            cells.add(cell.equals(NULL_CELL) ? null : URLDecoder.decode(cell, StandardCharsets.UTF_8));
        }
        return cells;
    }

    private static String first(Map<String, List<String>> form, String name, String whenAbsent) {
        List<String> values = form.get(name);
        return values == null ? whenAbsent : values.get(0);
    }

    static ScriptedAnswer ofOne() {
        return parse(Map.of(
                "pattern", List.of("\\s*SELECT\\s+1\\s*;?\\s*"), "column", List.of("1:INT"), "row", List.of("1")));
    }

    boolean matches(String sql) {
        return pattern == null ? exactly.equals(sql) : pattern.matcher(sql).matches();
    }

    /** @return false when it has been used as often as it may */
    boolean use() {
        return remaining.getAndUpdate(times -> Math.max(0, times - 1)) > 0;
    }

    Duration duration() {
        return duration;
    }

    /** Null when the statement succeeds. */
    EngineException failure() {
        return failure;
    }

    boolean truncated() {
        return truncated;
    }

    List<ResultColumn> columns() {
        return columns;
    }

    long rowCount() {
        return rows.size() * repeat;
    }

    List<String> row(long number) {
        return rows.get((int) (number % rows.size()));
    }

    @Override
    public String toString() {
        return "ScriptedAnswer[" + Arrays.asList(exactly, pattern) + "]";
    }
}
