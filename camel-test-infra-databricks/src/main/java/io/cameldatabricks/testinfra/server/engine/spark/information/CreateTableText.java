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
package io.cameldatabricks.testinfra.server.engine.spark.information;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/** Writes the statement that would create a table or view again. */
public final class CreateTableText {

    private CreateTableText() {}

    public static String of(TableDetails table) {
        return table.isView() ? view(table) : table(table);
    }

    private static String view(TableDetails view) {
        List<String> columns = new ArrayList<>();
        for (StructField field : view.schema().fields()) {
            columns.add("  " + field.name()
                    + (field.getComment().isDefined()
                            ? " COMMENT " + quoted(field.getComment().get())
                            : ""));
        }
        StringBuilder text =
                new StringBuilder("CREATE VIEW ").append(view.name().plain());
        text.append(" (\n").append(String.join(",\n", columns)).append(")\n");
        if (view.comment() != null) {
            text.append("COMMENT ").append(quoted(view.comment())).append('\n');
        }
        return text.append("AS ")
                .append(Scala.orNull(view.entry().viewText()))
                .append('\n')
                .toString();
    }

    private static String table(TableDetails table) {
        List<String> lines = new ArrayList<>();
        for (StructField field : table.schema().fields()) {
            lines.add("  " + column(field));
        }
        for (KeyConstraint key : table.keys()) {
            lines.add("  " + key(key));
        }
        StringBuilder text =
                new StringBuilder("CREATE TABLE ").append(table.name().plain());
        text.append(" (\n").append(String.join(",\n", lines)).append(")\n");
        text.append("USING ").append(table.provider()).append('\n');
        if (!table.partitionColumns().isEmpty()) {
            text.append("PARTITIONED BY (")
                    .append(String.join(", ", table.partitionColumns()))
                    .append(")\n");
        }
        if (table.comment() != null && !table.comment().isEmpty()) {
            text.append("COMMENT ").append(quoted(table.comment())).append('\n');
        }
        if (table.type().equals("EXTERNAL")) {
            text.append("LOCATION ")
                    .append(quoted(table.entry().location().toString()))
                    .append('\n');
        }
        List<String> properties = new ArrayList<>();
        for (Map.Entry<String, String> property : table.shownProperties().entrySet()) {
            properties.add("  " + quoted(property.getKey()) + " = " + quoted(property.getValue()));
        }
        if (!properties.isEmpty()) {
            text.append("TBLPROPERTIES (\n")
                    .append(String.join(",\n", properties))
                    .append(")\n");
        }
        return text.toString();
    }

    private static String column(StructField field) {
        Metadata metadata = field.metadata();
        StringBuilder text = new StringBuilder(name(field.name()))
                .append(' ')
                .append(field.dataType().sql());
        if (!field.nullable()) {
            text.append(" NOT NULL");
        }
        if (metadata.contains("delta.generationExpression")) {
            text.append(" GENERATED ALWAYS AS (")
                    .append(metadata.getString("delta.generationExpression"))
                    .append(')');
        }
        if (metadata.contains("delta.identity.start")) {
            boolean byDefault = metadata.contains("delta.identity.allowExplicitInsert")
                    && metadata.getBoolean("delta.identity.allowExplicitInsert");
            text.append(" GENERATED ")
                    .append(byDefault ? "BY DEFAULT" : "ALWAYS")
                    .append(" AS IDENTITY (START WITH ");
            text.append(metadata.getLong("delta.identity.start")).append(" INCREMENT BY ");
            text.append(metadata.getLong("delta.identity.step")).append(')');
        }
        if (metadata.contains("CURRENT_DEFAULT")) {
            text.append(" DEFAULT ").append(metadata.getString("CURRENT_DEFAULT"));
        }
        if (field.getComment().isDefined()) {
            text.append(" COMMENT ").append(quoted(field.getComment().get()));
        }
        return text.toString();
    }

    private static String key(KeyConstraint key) {
        String columns = "("
                + String.join(
                        ", ", key.columns().stream().map(CreateTableText::name).toList()) + ")";
        String head = "CONSTRAINT " + name(key.name());
        if (key.primary()) {
            return head + " PRIMARY KEY " + columns;
        }
        String parentColumns = key.parentColumns().isEmpty()
                ? ""
                : " ("
                        + String.join(
                                ", ",
                                key.parentColumns().stream()
                                        .map(CreateTableText::name)
                                        .toList()) + ")";
        return head + " FOREIGN KEY " + columns + " REFERENCES " + String.join(".", key.parent()) + parentColumns;
    }

    private static String name(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
