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
import java.util.List;
import java.util.function.Function;

/**
 * A statement whose named markers were replaced by positional ones, for a driver that binds by position only. Immutable.
 *
 * @param sql the text with {@code ?} markers
 * @param names for each {@code ?}, the name of the marker that it replaces; a name that occurs twice is here twice
 */
public record PositionalSql(String sql, List<String> names) {

    public PositionalSql {
        names = List.copyOf(names);
    }

    /**
     * Replaces the {@code :name} markers that {@code placeholder} knows. What else is in the text stays as it is, also when
     * it makes no sense: the server says so better than we do.
     *
     * @param placeholder name to the SQL that stands for its value: {@code ?}, {@code ?} in a conversion, or a constant;
     *     null for a name without value
     */
    public static PositionalSql of(String text, Function<String, String> placeholder) {
        List<Marker> markers;
        try {
            markers = SqlLexer.markers(text);
        } catch (IllegalArgumentException e) {
            // a literal or a comment without end
            return new PositionalSql(text, List.of());
        }
        StringBuilder sql = new StringBuilder(text.length() + 16 * markers.size());
        List<String> names = new ArrayList<>(markers.size());
        int copied = 0;
        for (Marker marker : markers) {
            String replacement = marker.kind() == Marker.Kind.NAMED ? placeholder.apply(marker.name()) : null;
            if (replacement == null) {
                continue;
            }
            sql.append(text, copied, marker.start());
            copied = marker.end();
            append(sql, replacement, copied < text.length() && text.charAt(copied) == ':');
            if (replacement.indexOf('?') >= 0) {
                names.add(marker.name());
            }
        }
        sql.append(text, copied, text.length());
        return new PositionalSql(sql.toString(), names);
    }

    private static void append(StringBuilder sql, String replacement, boolean beforeColon) {
        if (replacement.equals("?")) {
            // ?:: is another operator
            sql.append(beforeColon ? "(?)" : "?");
            return;
        }
        char before = sql.length() == 0 ? ' ' : sql.charAt(sql.length() - 1);
        if (SqlLexer.isNamePart(before) || before == '`') {
            // a name directly before a bracket would read as a function call
            sql.append(' ');
        }
        sql.append(replacement);
    }

    /** Without the text, which may hold literals. */
    @Override
    public String toString() {
        return "PositionalSql[" + sql.length() + " characters, names=" + names + "]";
    }
}
