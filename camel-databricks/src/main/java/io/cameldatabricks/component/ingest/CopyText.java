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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.volume.VolumePath;

/** The statements of a load. What stands in them comes from the endpoint, or is quoted. Stateless. */
final class CopyText {

    private CopyText() {}

    /** Asks for the types of columns: one row with one for each. It reads no row of the table. */
    static BoundSql types(TableName table, List<String> columns) {
        return sql("SELECT "
                + columns.stream()
                        .map(name -> "typeof(`camel_target`." + SqlIdentifier.quote(name) + ")")
                        .collect(Collectors.joining(", "))
                + " FROM (SELECT 1) AS `camel_one` LEFT JOIN " + table.sql() + " AS `camel_target` ON FALSE");
    }

    /**
     * Loads a file of rows that we wrote.
     *
     * @param types of the columns in the table, in the order of the file
     */
    static BoundSql rows(TableName table, RowFile rows, List<String> types, VolumePath file, LoadSettings settings) {
        List<String> columns = rows.columns();
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = SqlIdentifier.quote(columns.get(i));
            selected.add(rows.source(i).select(column, types.get(i)) + " AS " + column);
        }
        boolean csv = settings.format() == FileFormat.CSV;
        return copy(
                table.sql(),
                String.join(", ", selected),
                file,
                csv ? FileFormat.CSV : FileFormat.JSON,
                csv ? csvOptions() : Map.of("mode", "FAILFAST", "primitivesAsString", "true"),
                settings.copyOptions());
    }

    private static Map<String, String> csvOptions() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("escape", "\"");
        options.put("header", "true");
        options.put("mode", "FAILFAST");
        options.put("multiLine", "true");
        options.put("nullValue", CsvLines.NULL);
        return options;
    }

    /**
     * Loads a file that was given.
     *
     * @param types of the columns that are named, or null where they are not needed
     */
    static BoundSql file(
            TableName table, List<String> types, VolumePath file, FileFormat format, LoadSettings settings) {
        String target = table.sql();
        String select = settings.select();
        if (settings.rows().columns() != null) {
            List<String> columns = settings.rows().columns().names();
            if (types == null) {
                target += columns.stream().map(SqlIdentifier::quote).collect(Collectors.joining(", ", " (", ")"));
            } else {
                List<String> selected = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    selected.add(converted(SqlIdentifier.quote(columns.get(i)), types.get(i)));
                }
                select = String.join(", ", selected);
            }
        }
        return copy(target, select, file, format, new TreeMap<>(settings.formatOptions()), settings.copyOptions());
    }

    /** Whether the types of the table have to be known to load a file that was given. */
    static boolean needsTypes(FileFormat format, LoadSettings settings) {
        // lines without names are matched by position, which converts by itself
        boolean header = settings.formatOptions().entrySet().stream()
                .anyMatch(option -> option.getKey().equalsIgnoreCase("header")
                        && option.getValue().equalsIgnoreCase("true"));
        return settings.rows().columns() != null && (format != FileFormat.CSV || header);
    }

    private static String converted(String column, String type) {
        // fields of structs are converted by position, so they are left to COPY INTO, which takes them by name
        return type.indexOf('<') >= 0 || type.equals("variant")
                ? column
                : "CAST(" + column + " AS " + type + ") AS " + column;
    }

    private static BoundSql copy(
            String target,
            String select,
            VolumePath file,
            FileFormat format,
            Map<String, String> formatOptions,
            Map<String, String> copyOptions) {
        StringBuilder text = new StringBuilder("COPY INTO ").append(target).append(" FROM ");
        if (select == null) {
            text.append(literal(file.toString()));
        } else {
            text.append("(SELECT ")
                    .append(select)
                    .append(" FROM ")
                    .append(literal(file.toString()))
                    .append(')');
        }
        text.append(" FILEFORMAT = ").append(format);
        options(text, "FORMAT_OPTIONS", formatOptions);
        options(text, "COPY_OPTIONS", new TreeMap<>(copyOptions));
        return sql(text.toString());
    }

    private static void options(StringBuilder text, String clause, Map<String, String> options) {
        if (!options.isEmpty()) {
            text.append(' ')
                    .append(clause)
                    .append(options.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(option -> literal(option.getKey()) + " = " + literal(option.getValue()))
                            .collect(Collectors.joining(", ", " (", ")")));
        }
    }

    /** A text in quotes. */
    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static BoundSql sql(String text) {
        return new BoundSql(text, List.of());
    }
}
