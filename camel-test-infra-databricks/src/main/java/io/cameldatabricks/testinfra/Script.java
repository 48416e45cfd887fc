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
package io.cameldatabricks.testinfra;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the scripted engine answers to a statement. The newest script that fits a statement wins.
 *
 * <pre>{@code
 * warehouse.script(Script.statement("SELECT id, name FROM t")
 *         .column("id", "INT").column("name", "STRING")
 *         .row(1, "one").row(2, null)
 *         .takes(Duration.ofSeconds(3)));
 * warehouse.script(Script.matching("INSERT INTO .*").updateCount(2));
 * warehouse.script(Script.matching(".*missing.*").fails("42P01", "[TABLE_OR_VIEW_NOT_FOUND] ..."));
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Script {

    private final List<String> fields = new ArrayList<>();

    private Script(String field, String value) {
        add(field, value);
    }

    /** Answers this very text. */
    public static Script statement(String sql) {
        return new Script("statement", sql);
    }

    /** @param regex matches the whole text, whatever its case; the dot matches line ends too */
    public static Script matching(String regex) {
        return new Script("pattern", regex);
    }

    /** @param type SQL type such as {@code INT} or {@code DECIMAL(10,2)} */
    public Script column(String name, String type) {
        return add("column", name + ":" + type);
    }

    /** @param values one for each column, written as their text; null is SQL NULL */
    public Script row(Object... values) {
        List<String> cells = new ArrayList<>();
        for (Object value : values) {
            cells.add(value == null ? "~" : encode(value.toString()));
        }
        return add("row", String.join(",", cells));
    }

    /** Makes a large result: all rows so many times over. */
    public Script repeat(long times) {
        return add("repeat", String.valueOf(times));
    }

    /** The result of a statement that changed so many rows. */
    public Script updateCount(long rows) {
        return column("num_affected_rows", "BIGINT").row(rows);
    }

    /** How long the statement runs, on the warehouse's clock. */
    public Script takes(Duration duration) {
        return add("duration", duration.toString());
    }

    /** @param sqlState five characters; @param message as the server words it */
    public Script fails(String sqlState, String message) {
        return fails("BAD_REQUEST", sqlState, message);
    }

    /** @param errorCode such as {@code INTERNAL_ERROR}; @param sqlState or null; @param message as the server words it */
    public Script fails(String errorCode, String sqlState, String message) {
        add("errorCode", errorCode);
        if (sqlState != null) {
            add("sqlState", sqlState);
        }
        return add("message", message);
    }

    /** Ends in state CANCELED, as if somebody else had canceled it. */
    public Script canceled() {
        return add("canceled", "true");
    }

    /** The result is marked as cut off. */
    public Script truncated() {
        return add("truncated", "true");
    }

    /** Serves so many statements, then is no more. */
    public Script times(int statements) {
        return add("times", String.valueOf(statements));
    }

    String form() {
        return String.join("&", fields);
    }

    private Script add(String field, String value) {
        fields.add(field + "=" + encode(value));
        return this;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
