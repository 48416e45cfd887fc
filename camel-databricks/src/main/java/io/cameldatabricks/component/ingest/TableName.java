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
package io.cameldatabricks.component.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The name of a table: {@code table}, {@code schema.table} or {@code catalog.schema.table}. Immutable.
 *
 * @param parts without quotes
 */
public record TableName(List<String> parts) {

    private static final int MAX_PARTS = 3;

    public TableName {
        parts = List.copyOf(parts);
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw new IllegalArgumentException(
                    "a table has a name of one to three parts, such as catalog.schema.table, not of " + parts.size());
        }
        parts.forEach(SqlIdentifier::quote);
    }

    /**
     * @param text parts with dots between them; a part in backticks may hold any character, with {@code ``} for a backtick
     * @throws IllegalArgumentException when it is no such name
     */
    public static TableName parse(String text) {
        return new TableName(split(text.strip(), '.'));
    }

    /**
     * Names with a separator between them, each as it is or in backticks.
     *
     * @throws IllegalArgumentException when one of them is none
     */
    static List<String> split(String text, char separator) {
        List<String> names = new ArrayList<>();
        int position = 0;
        while (true) {
            StringBuilder name = new StringBuilder();
            position = skipBlanks(text, position);
            if (position < text.length() && text.charAt(position) == '`') {
                position = skipBlanks(text, quoted(text, position + 1, name));
            } else {
                position = plain(text, position, separator, name);
            }
            names.add(name.toString());
            if (position == text.length()) {
                return names;
            }
            if (text.charAt(position) != separator) {
                throw new IllegalArgumentException("there is more after the closing backtick of a name");
            }
            position++;
        }
    }

    private static int skipBlanks(String text, int from) {
        int position = from;
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
        return position;
    }

    /** Returns where the text goes on after the closing backtick. */
    private static int quoted(String text, int from, StringBuilder name) {
        int position = from;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c != '`') {
                name.append(c);
            } else if (position < text.length() && text.charAt(position) == '`') {
                name.append(c);
                position++;
            } else {
                return position;
            }
        }
        throw new IllegalArgumentException("a name in backticks has no end");
    }

    private static int plain(String text, int from, char separator, StringBuilder name) {
        int end = text.indexOf(separator, from);
        int position = end < 0 ? text.length() : end;
        String plain = text.substring(from, position).strip();
        boolean simple = !plain.isEmpty()
                && plain.chars().allMatch(c -> c == '_' || c == '-' || c == '$' || Character.isLetterOrDigit(c));
        if (!simple) {
            throw new IllegalArgumentException(
                    "a name has other characters than letters, digits, _, - and $, or none: put it in backticks");
        }
        name.append(plain);
        return position;
    }

    /** As SQL text. */
    public String sql() {
        return parts.stream().map(SqlIdentifier::quote).collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
        return sql();
    }
}
