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
package io.cameldatabricks.testinfra.server.engine.spark.rule;

import java.util.List;
import java.util.function.Predicate;

import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.plans.logical.AnalyzeColumn;
import org.apache.spark.sql.catalyst.plans.logical.AnalyzeTable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ShowCreateTable;
import org.apache.spark.sql.catalyst.plans.logical.ShowFunctions;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.catalyst.plans.logical.ShowTablesExtended;
import org.apache.spark.sql.catalyst.plans.logical.ShowViews;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.command.ShowCatalogsCommand;
import org.apache.spark.sql.execution.command.ShowCurrentNamespaceCommand;
import org.apache.spark.sql.execution.command.ShowNamespacesCommand;
import org.apache.spark.sql.types.StructField;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.information.CreateTableText;
import io.cameldatabricks.testinfra.server.engine.spark.information.Patterns;
import io.cameldatabricks.testinfra.server.engine.spark.information.TableDetails;
import io.cameldatabricks.testinfra.server.engine.spark.information.WarehouseContents;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.CatalogEntry;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** Runs Spark's SHOW statements on the metastore, so that they know catalogs. */
final class ShowCommands {

    private ShowCommands() {}

    /** @return the command to run instead, or the plan itself */
    static LogicalPlan rewrite(LogicalPlan plan, SessionNames names) {
        if (plan instanceof ShowCatalogsCommand show) {
            return catalogs(Patterns.like(Scala.orNull(show.pattern())), names);
        }
        if (plan instanceof ShowNamespacesCommand show && NamespaceCommands.parts(show.child()) != null) {
            return schemas(NamespaceCommands.parts(show.child()), Patterns.like(Scala.orNull(show.pattern())), names);
        }
        if (plan instanceof ShowTables show && NamespaceCommands.parts(show.namespace()) != null) {
            SchemaName schema = names.existingSchema(NamespaceCommands.parts(show.namespace()));
            return tables(schema, Patterns.like(Scala.orNull(show.pattern())), names);
        }
        if (plan instanceof ShowTablesExtended show && NamespaceCommands.parts(show.namespace()) != null) {
            SchemaName schema = names.existingSchema(NamespaceCommands.parts(show.namespace()));
            return extended(schema, Patterns.like(show.pattern()), names);
        }
        if (plan instanceof ShowViews show && NamespaceCommands.parts(show.namespace()) != null) {
            SchemaName schema = names.existingSchema(NamespaceCommands.parts(show.namespace()));
            return views(schema, Patterns.like(Scala.orNull(show.pattern())), names);
        }
        if (plan instanceof ShowFunctions show
                && show.userScope()
                && !show.systemScope()
                && NamespaceCommands.parts(show.namespace()) != null) {
            SchemaName schema = names.existingSchema(NamespaceCommands.parts(show.namespace()));
            return functions(schema, Patterns.like(Scala.orNull(show.pattern())), names);
        }
        if (plan instanceof ShowCreateTable show && show.child() instanceof UnresolvedTableOrView table) {
            List<String> parts = Scala.list(table.multipartIdentifier());
            return names.isTemporaryView(parts) ? plan : createTable(names.resolvedObject(parts));
        }
        if (plan instanceof AnalyzeTable || plan instanceof AnalyzeColumn) {
            return analyze(plan, names);
        }
        if (plan instanceof ShowCurrentNamespaceCommand) {
            return new LocalCommand("ShowCurrentSchema", Rows.columns("catalog", "namespace"), session -> {
                SchemaName current = names.current();
                return new Rows().add(current.catalog(), current.schema()).list();
            });
        }
        return plan;
    }

    private static WarehouseContents contents(SparkSession session, SessionNames names) {
        return new WarehouseContents(session, names.metastore());
    }

    private static LogicalPlan catalogs(Predicate<String> pattern, SessionNames names) {
        return new LocalCommand("ShowCatalogs", Rows.columns("catalog"), session -> {
            Rows rows = new Rows();
            contents(session, names).catalogs().stream()
                    .map(CatalogEntry::name)
                    .filter(pattern)
                    .forEach(rows::add);
            return rows.list();
        });
    }

    private static LogicalPlan schemas(List<String> parts, Predicate<String> pattern, SessionNames names) {
        String catalog = parts.isEmpty() ? names.current().catalog() : parts.get(0);
        names.metastore().requireCatalog(catalog);
        return new LocalCommand("ShowSchemas", Rows.columns("databaseName"), session -> {
            Rows rows = new Rows();
            contents(session, names).schemas(catalog).stream()
                    .map(SchemaName::schema)
                    .filter(pattern)
                    .forEach(rows::add);
            return rows.list();
        });
    }

    private static LogicalPlan tables(SchemaName schema, Predicate<String> pattern, SessionNames names) {
        return new LocalCommand("ShowTables", Rows.columns("database", "tableName", "isTemporary:BOOLEAN"), session -> {
            Rows rows = new Rows();
            WarehouseContents contents = contents(session, names);
            for (ObjectName table : contents.tablesAndViews(schema)) {
                if (pattern.test(table.name())) {
                    rows.add(schema.schema(), table.name(), false);
                }
            }
            contents.temporaryViews().stream().filter(pattern).forEach(view -> rows.add("", view, true));
            return rows.list();
        });
    }

    private static LogicalPlan extended(SchemaName schema, Predicate<String> pattern, SessionNames names) {
        return new LocalCommand(
                "ShowTablesExtended",
                Rows.columns("database", "tableName", "isTemporary:BOOLEAN", "information"),
                session -> {
                    Rows rows = new Rows();
                    contents(session, names)
                            .details(schema.catalog(), schema::equals, pattern)
                            .forEach(table ->
                                    rows.add(schema.schema(), table.name().name(), false, information(table)));
                    return rows.list();
                });
    }

    private static String information(TableDetails table) {
        StringBuilder text = new StringBuilder();
        text.append("Catalog: ").append(table.name().schema().catalog()).append('\n');
        text.append("Database: ").append(table.name().schema().schema()).append('\n');
        text.append("Table: ").append(table.name().name()).append('\n');
        text.append("Type: ").append(table.type()).append('\n');
        text.append("Provider: ")
                .append(table.isView() ? "view" : table.provider())
                .append('\n');
        for (StructField field : table.schema().fields()) {
            text.append(" |-- ")
                    .append(field.name())
                    .append(": ")
                    .append(field.dataType().typeName())
                    .append('\n');
        }
        return text.toString();
    }

    private static LogicalPlan views(SchemaName schema, Predicate<String> pattern, SessionNames names) {
        return new LocalCommand(
                "ShowViews",
                Rows.columns("namespace", "viewName", "isTemporary:BOOLEAN", "isMaterialized:BOOLEAN"),
                session -> {
                    Rows rows = new Rows();
                    WarehouseContents contents = contents(session, names);
                    contents.details(schema.catalog(), schema::equals, pattern)
                            .filter(TableDetails::isView)
                            .forEach(view ->
                                    rows.add(schema.schema(), view.name().name(), false, false));
                    contents.temporaryViews().stream().filter(pattern).forEach(view -> rows.add("", view, true, false));
                    return rows.list();
                });
    }

    private static LogicalPlan functions(SchemaName schema, Predicate<String> pattern, SessionNames names) {
        return new LocalCommand("ShowFunctions", Rows.columns("function"), session -> {
            Rows rows = new Rows();
            contents(session, names).functions(schema).stream()
                    .filter(function -> pattern.test(function.name()))
                    .forEach(function -> rows.add(function.plain()));
            return rows.list();
        });
    }

    private static LogicalPlan createTable(ObjectName name) {
        return new LocalCommand("ShowCreateTable", Rows.columns("createtab_stmt"), session -> new Rows()
                .add(TableDetails.find(session, name)
                        .map(CreateTableText::of)
                        .orElseThrow(() -> SessionNames.tableNotFound(name)))
                .list());
    }

    /** Delta keeps its statistics in its log, so there is nothing to do for a Delta table. */
    private static LogicalPlan analyze(LogicalPlan plan, SessionNames names) {
        if (!(plan.children().head() instanceof UnresolvedTableOrView table)) {
            return plan;
        }
        ObjectName name = names.resolvedObject(Scala.list(table.multipartIdentifier()));
        boolean delta = TableDetails.find(names.session(), name)
                .filter(found -> !found.isView() && found.provider().equalsIgnoreCase("delta"))
                .isPresent();
        return delta ? LocalCommand.silent("AnalyzeTable", () -> {}) : plan;
    }
}
