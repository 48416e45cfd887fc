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
package io.cameldatabricks.testinfra.server.engine.spark.parser;

import java.util.function.Predicate;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.information.KeyConstraint;
import io.cameldatabricks.testinfra.server.engine.spark.information.Patterns;
import io.cameldatabricks.testinfra.server.engine.spark.information.TableDetails;
import io.cameldatabricks.testinfra.server.engine.spark.information.WarehouseContents;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/**
 * The statements behind JDBC's DatabaseMetaData: SHOW … IN CATALOG, SHOW KEYS and their like. The driver reads sizes,
 * digits and positions as INT.
 */
final class MetadataShows {

    private final TokenReader reader;
    private final SessionNames names;

    private MetadataShows(TokenReader reader, SessionNames names) {
        this.reader = reader;
        this.names = names;
    }

    /** @return the command, or null when the statement is none of these */
    static LogicalPlan parse(TokenReader reader, SessionNames names) {
        return new MetadataShows(reader, names).parse();
    }

    private LogicalPlan parse() {
        if (reader.accept("SHOW", "SCHEMAS", "IN", "ALL", "CATALOGS")) {
            return schemas();
        }
        if (reader.accept("SHOW", "TABLES", "IN", "CATALOG")) {
            return tables(reader.name());
        }
        if (reader.accept("SHOW", "TABLES", "IN", "ALL", "CATALOGS")) {
            return tables(null);
        }
        if (reader.accept("SHOW", "COLUMNS", "IN", "CATALOG")) {
            return columns(reader.name());
        }
        if (reader.accept("SHOW", "COLUMNS", "IN", "ALL", "CATALOGS")) {
            return columns(null);
        }
        if (reader.accept("SHOW", "FUNCTIONS", "IN", "CATALOG")) {
            return functions(reader.name());
        }
        if (reader.accept("SHOW", "FUNCTIONS", "IN", "ALL", "CATALOGS")) {
            return functions(null);
        }
        if (reader.accept("SHOW", "KEYS", "IN", "CATALOG")) {
            return primaryKey(table());
        }
        if (reader.accept("SHOW", "FOREIGN", "KEYS", "IN", "CATALOG")) {
            return foreignKeys(table());
        }
        if (reader.accept("SHOW", "TABLE_TYPES")) {
            reader.end();
            return new LocalCommand(
                    "ShowTableTypes",
                    Rows.columns("tableType"),
                    session -> new Rows().add("TABLE").add("VIEW").list());
        }
        return null;
    }

    private WarehouseContents contents(org.apache.spark.sql.classic.SparkSession session) {
        return new WarehouseContents(session, names.metastore());
    }

    private Predicate<String> pattern(String... words) {
        return Patterns.like(reader.stringOrNull(reader.accept(words)));
    }

    private LogicalPlan schemas() {
        Predicate<String> schemas = pattern("LIKE");
        reader.end();
        return new LocalCommand("ShowSchemas", Rows.columns("databaseName", "catalog"), session -> {
            Rows rows = new Rows();
            for (SchemaName schema : contents(session).schemas(null)) {
                if (schemas.test(schema.schema())) {
                    rows.add(schema.schema(), schema.catalog());
                }
            }
            return rows.list();
        });
    }

    private LogicalPlan tables(String catalog) {
        requireCatalog(catalog);
        Predicate<String> schemas = pattern("SCHEMA", "LIKE");
        Predicate<String> tables = pattern("LIKE");
        reader.end();
        StructType columns =
                Rows.columns("namespace", "tableName", "isTemporary:BOOLEAN", "catalogName", "tableType", "remarks");
        return new LocalCommand("ShowTables", columns, session -> {
            Rows rows = new Rows();
            contents(session)
                    .details(catalog, schema -> schemas.test(schema.schema()), tables)
                    .forEach(table -> rows.add(
                            table.name().schema().schema(),
                            table.name().name(),
                            false,
                            table.name().schema().catalog(),
                            table.isView() ? "VIEW" : "TABLE",
                            table.comment()));
            return rows.list();
        });
    }

    private LogicalPlan columns(String catalog) {
        requireCatalog(catalog);
        Predicate<String> schemas = pattern("SCHEMA", "LIKE");
        Predicate<String> tables = pattern("TABLE", "LIKE");
        Predicate<String> columns = pattern("LIKE");
        reader.end();
        StructType schema = Rows.columns(
                "col_name",
                "catalogName",
                "namespace",
                "tableName",
                "columnType",
                "columnSize:INT",
                "bufferLength:INT",
                "decimalDigits:INT",
                "radix:INT",
                "ordinalPosition:INT",
                "isNullable",
                "remarks",
                "isAutoIncrement",
                "isGenerated");
        return new LocalCommand("ShowColumns", schema, session -> {
            Rows rows = new Rows();
            contents(session)
                    .details(catalog, each -> schemas.test(each.schema()), tables)
                    .forEach(table -> addColumns(rows, table, columns));
            return rows.list();
        });
    }

    private static void addColumns(Rows rows, TableDetails table, Predicate<String> columns) {
        int position = 0;
        for (StructField field : table.schema().fields()) {
            position++;
            if (!columns.test(field.name())) {
                continue;
            }
            DataType type = field.dataType();
            boolean nested = type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
            rows.add(
                    field.name(),
                    table.name().schema().catalog(),
                    table.name().schema().schema(),
                    table.name().name(),
                    type.sql(),
                    type instanceof DecimalType decimal ? (Integer) decimal.precision() : size(type, nested),
                    null,
                    type instanceof DecimalType decimal ? (Integer) decimal.scale() : null,
                    type instanceof NumericType ? (Integer) 10 : null,
                    position,
                    String.valueOf(field.nullable()),
                    field.getComment().isDefined() ? field.getComment().get() : null,
                    field.metadata().contains("delta.identity.start") ? "YES" : "NO",
                    field.metadata().contains("delta.generationExpression") ? "YES" : "NO");
        }
    }

    private static Integer size(DataType type, boolean nested) {
        return nested ? null : (Integer) type.defaultSize();
    }

    private LogicalPlan functions(String catalog) {
        requireCatalog(catalog);
        Predicate<String> schemas = pattern("SCHEMA", "LIKE");
        Predicate<String> functions = pattern("LIKE");
        reader.end();
        StructType columns =
                Rows.columns("functionName", "namespace", "catalogName", "remarks", "functionType:INT", "specificName");
        return new LocalCommand("ShowFunctions", columns, session -> {
            Rows rows = new Rows();
            WarehouseContents contents = contents(session);
            for (SchemaName schema : contents.schemas(catalog)) {
                if (!schemas.test(schema.schema())) {
                    continue;
                }
                for (ObjectName function : contents.functions(schema)) {
                    if (functions.test(function.name())) {
                        rows.add(function.name(), schema.schema(), schema.catalog(), "", 1, function.name());
                    }
                }
            }
            return rows.list();
        });
    }

    private ObjectName table() {
        String catalog = reader.name();
        reader.require("IN", "SCHEMA");
        String schema = reader.name();
        reader.require("IN", "TABLE");
        ObjectName table = new ObjectName(new SchemaName(catalog, schema), reader.name());
        reader.end();
        return table;
    }

    private static LogicalPlan primaryKey(ObjectName name) {
        StructType columns =
                Rows.columns("catalogName", "namespace", "tableName", "col_name", "keySeq:INT", "constraintName");
        return new LocalCommand("ShowKeys", columns, session -> {
            Rows rows = new Rows();
            TableDetails.find(session, name).ifPresent(table -> table.keys().stream()
                    .filter(KeyConstraint::primary)
                    .forEach(key -> {
                        for (int i = 0; i < key.columns().size(); i++) {
                            rows.add(
                                    name.schema().catalog(),
                                    name.schema().schema(),
                                    name.name(),
                                    key.columns().get(i),
                                    i + 1,
                                    key.name());
                        }
                    }));
            return rows.list();
        });
    }

    private static LogicalPlan foreignKeys(ObjectName name) {
        StructType columns = Rows.columns(
                "parentCatalogName",
                "parentNamespace",
                "parentTableName",
                "parentColName",
                "catalogName",
                "namespace",
                "tableName",
                "col_name",
                "keySeq:INT",
                "updateRule:INT",
                "deleteRule:INT",
                "constraintName",
                "parentKeyName",
                "deferrability:INT");
        return new LocalCommand("ShowForeignKeys", columns, session -> {
            Rows rows = new Rows();
            TableDetails.find(session, name).ifPresent(table -> table.keys().stream()
                    .filter(key -> !key.primary())
                    .forEach(key -> addForeignKey(rows, name, key)));
            return rows.list();
        });
    }

    private static void addForeignKey(Rows rows, ObjectName name, KeyConstraint key) {
        int noAction = 3;
        int notDeferrable = 7;
        for (int i = 0; i < key.columns().size(); i++) {
            rows.add(
                    key.parent().get(0),
                    key.parent().get(1),
                    key.parent().get(2),
                    i < key.parentColumns().size() ? key.parentColumns().get(i) : null,
                    name.schema().catalog(),
                    name.schema().schema(),
                    name.name(),
                    key.columns().get(i),
                    i + 1,
                    noAction,
                    noAction,
                    key.name(),
                    null,
                    notDeferrable);
        }
    }

    private void requireCatalog(String catalog) {
        if (catalog != null) {
            names.metastore().requireCatalog(catalog);
        }
    }
}
