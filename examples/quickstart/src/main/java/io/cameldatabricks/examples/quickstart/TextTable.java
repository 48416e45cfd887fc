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
package io.cameldatabricks.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Renders rows as a table for people: a header, a rule, numbers to the right. */
public final class TextTable {

    private TextTable() {}

    public static String render(List<? extends Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return "(no rows)\n";
        }
        List<String> names = new ArrayList<>(rows.get(0).keySet());
        int[] widths = names.stream().mapToInt(String::length).toArray();
        for (Map<String, Object> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], text(row.get(names.get(i))).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            table.append(cell(names.get(i), widths[i], rows.get(0).get(names.get(i)) instanceof Number));
        }
        endLine(table);
        for (int width : widths) {
            table.append("-".repeat(width)).append("  ");
        }
        endLine(table);
        for (Map<String, Object> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                Object value = row.get(names.get(i));
                table.append(cell(text(value), widths[i], value instanceof Number));
            }
            endLine(table);
        }
        return table.toString();
    }

    private static String cell(String text, int width, boolean right) {
        String padding = " ".repeat(width - text.length());
        return (right ? padding + text : text + padding) + "  ";
    }

    private static void endLine(StringBuilder table) {
        int end = table.length();
        while (table.charAt(end - 1) == ' ') {
            end--;
        }
        table.setLength(end);
        table.append('\n');
    }

    private static String text(Object value) {
        return Objects.toString(value, "NULL");
    }
}
