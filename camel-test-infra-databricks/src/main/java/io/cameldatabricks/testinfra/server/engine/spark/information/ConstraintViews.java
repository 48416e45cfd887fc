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
import java.util.Optional;

import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** Fills the views of information_schema about keys and checks. */
final class ConstraintViews {

    static final String[] TABLE_CONSTRAINTS = {
        "constraint_catalog",
        "constraint_schema",
        "constraint_name",
        "table_catalog",
        "table_schema",
        "table_name",
        "constraint_type",
        "is_deferrable",
        "initially_deferred",
        "enforced",
        "comment"
    };
    static final String[] KEY_COLUMN_USAGE = {
        "constraint_catalog",
        "constraint_schema",
        "constraint_name",
        "table_catalog",
        "table_schema",
        "table_name",
        "column_name",
        "ordinal_position:INT",
        "position_in_unique_constraint:INT"
    };
    static final String[] REFERENTIAL_CONSTRAINTS = {
        "constraint_catalog",
        "constraint_schema",
        "constraint_name",
        "unique_constraint_catalog",
        "unique_constraint_schema",
        "unique_constraint_name",
        "match_option",
        "update_rule",
        "delete_rule"
    };
    static final String[] CONSTRAINT_COLUMN_USAGE = {
        "table_catalog",
        "table_schema",
        "table_name",
        "column_name",
        "constraint_catalog",
        "constraint_schema",
        "constraint_name"
    };

    private static final String CHECK_PREFIX = "delta.constraints.";

    private ConstraintViews() {}

    static void constraints(List<TableDetails> tables, Rows rows) {
        for (TableDetails table : tables) {
            for (KeyConstraint key : table.keys()) {
                constraint(table.name(), key.name(), key.primary() ? "PRIMARY KEY" : "FOREIGN KEY", "NO", rows);
            }
            for (Map.Entry<String, String> property : table.properties().entrySet()) {
                if (property.getKey().startsWith(CHECK_PREFIX)) {
                    String name = property.getKey().substring(CHECK_PREFIX.length());
                    constraint(table.name(), name, "CHECK", "YES", rows);
                }
            }
        }
    }

    private static void constraint(ObjectName table, String name, String type, String enforced, Rows rows) {
        String catalog = table.schema().catalog();
        String schema = table.schema().schema();
        rows.add(catalog, schema, name, catalog, schema, table.name(), type, "NO", "NO", enforced, null);
    }

    static void keyColumns(List<TableDetails> tables, Rows rows) {
        for (TableDetails table : tables) {
            for (KeyConstraint key : table.keys()) {
                for (int i = 0; i < key.columns().size(); i++) {
                    List<Object> row = new ArrayList<>(inSchema(table.name(), key.name()));
                    row.addAll(List.of((Object[]) InformationSchema.name(table.name())));
                    row.add(key.columns().get(i));
                    row.add(i + 1);
                    row.add(key.primary() ? null : (Integer) (i + 1));
                    rows.add(row.toArray());
                }
            }
        }
    }

    static void references(List<TableDetails> tables, WarehouseContents contents, Rows rows) {
        for (TableDetails table : tables) {
            for (KeyConstraint key : table.keys()) {
                if (!key.primary()) {
                    List<Object> row = new ArrayList<>(inSchema(table.name(), key.name()));
                    ObjectName parent = parent(key);
                    row.add(parent.schema().catalog());
                    row.add(parent.schema().schema());
                    row.add(primaryKey(parent, contents)
                            .map(KeyConstraint::name)
                            .orElse(null));
                    row.addAll(List.of("FULL", "NO ACTION", "NO ACTION"));
                    rows.add(row.toArray());
                }
            }
        }
    }

    static void columnUsage(List<TableDetails> tables, WarehouseContents contents, Rows rows) {
        for (TableDetails table : tables) {
            for (KeyConstraint key : table.keys()) {
                ObjectName used = key.primary() ? table.name() : parent(key);
                List<String> columns = key.primary() ? key.columns() : parentColumns(key, contents);
                for (String column : columns) {
                    List<Object> row = new ArrayList<>(List.of((Object[]) InformationSchema.name(used)));
                    row.add(column);
                    row.addAll(inSchema(table.name(), key.name()));
                    rows.add(row.toArray());
                }
            }
        }
    }

    private static List<String> parentColumns(KeyConstraint key, WarehouseContents contents) {
        return key.parentColumns().isEmpty()
                ? primaryKey(parent(key), contents).map(KeyConstraint::columns).orElse(List.of())
                : key.parentColumns();
    }

    private static Optional<KeyConstraint> primaryKey(ObjectName table, WarehouseContents contents) {
        return TableDetails.find(contents.session(), table).stream()
                .flatMap(details -> details.keys().stream())
                .filter(KeyConstraint::primary)
                .findFirst();
    }

    private static ObjectName parent(KeyConstraint key) {
        return new ObjectName(
                new SchemaName(key.parent().get(0), key.parent().get(1)),
                key.parent().get(2));
    }

    private static List<String> inSchema(ObjectName table, String constraint) {
        return List.of(table.schema().catalog(), table.schema().schema(), constraint);
    }
}
