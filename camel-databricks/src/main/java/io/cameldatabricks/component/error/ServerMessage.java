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
package io.cameldatabricks.component.error;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a server's or driver's message that can be shown. The message as a whole cannot: it quotes the SQL text,
 * literals and the values that could not be cast. So only what is known to be harmless is taken out of it.
 *
 * @param errorClass such as TABLE_OR_VIEW_NOT_FOUND, or null
 * @param object the quoted name of the missing or existing object, or null
 * @param position such as {@code line 1, pos 14}, or null
 * @param sqlState from the text of the message, or null
 */
public record ServerMessage(String errorClass, String object, String position, String sqlState) {

    private static final Pattern ERROR_CLASS = Pattern.compile("\\[([A-Z][A-Z0-9_]{2,79}(?:\\.[A-Z0-9_]{1,79})*)]");
    private static final Pattern OBJECT = Pattern.compile("`[\\w$ -]{1,255}`(?:\\.`[\\w$ -]{1,255}`){0,4}");
    private static final Pattern POSITION = Pattern.compile("\\(?(line \\d+,? pos(?:ition)? \\d+)\\)?");
    private static final Pattern SQLSTATE = Pattern.compile("SQLSTATE: ([0-9A-Z]{5})\\b");

    /** Only these name an object first, and never a value. */
    private static final Set<String> NAMES_AN_OBJECT = Set.of(
            "TABLE_OR_VIEW_NOT_FOUND",
            "TABLE_OR_VIEW_ALREADY_EXISTS",
            "UNRESOLVED_COLUMN",
            "UNRESOLVED_ROUTINE",
            "SCHEMA_NOT_FOUND",
            "SCHEMA_ALREADY_EXISTS",
            "CATALOG_NOT_FOUND",
            "NO_SUCH_CATALOG_EXCEPTION",
            "COLUMN_ALREADY_EXISTS",
            "AMBIGUOUS_REFERENCE");

    /**
     * @param message the message, may be null
     * @param sql the text that was executed, may be null; the driver quotes it before the server's own words
     */
    public static ServerMessage parse(String message, String sql) {
        if (message == null) {
            return new ServerMessage(null, null, null, null);
        }
        String text = sql == null || sql.isEmpty() ? message : message.replace(sql, "");
        Matcher errorClass = ERROR_CLASS.matcher(text);
        if (!errorClass.find()) {
            return new ServerMessage(null, null, find(POSITION, text), find(SQLSTATE, text));
        }
        String name = errorClass.group(1);
        String rest = text.substring(errorClass.end());
        String base = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        String object = NAMES_AN_OBJECT.contains(base) ? find(OBJECT, rest) : null;
        return new ServerMessage(name, object, find(POSITION, rest), find(SQLSTATE, rest));
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return null;
        }
        return matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, errorClass);
        append(text, object);
        append(text, position == null ? null : "at " + position);
        return text.toString();
    }

    private static void append(StringBuilder text, String part) {
        if (part != null) {
            text.append(text.length() == 0 ? "" : " ").append(part);
        }
    }
}
