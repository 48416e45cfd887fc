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

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.apache.spark.sql.types.StructType;

import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.CatalogEntry;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Grant;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.VolumeEntry;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** The views of information_schema that Unity Catalog has and this warehouse can fill. */
public final class InformationSchema {

    private static final String OWNER = "root";

    /** A view: its columns, and what fills it. */
    private record View(StructType columns, BiConsumer<InformationSchema, Rows> filler) {}

    private static final Map<String, View> VIEWS = new TreeMap<>();

    static {
        view("catalogs", InformationSchema::catalogs, "catalog_name", "catalog_owner", "comment", "created:TIMESTAMP");
        view("information_schema_catalog_name", InformationSchema::catalogName, "catalog_name");
        view("schemata", InformationSchema::schemata, "catalog_name", "schema_name", "schema_owner", "comment");
        view(
                "tables",
                InformationSchema::tables,
                "table_catalog",
                "table_schema",
                "table_name",
                "table_type",
                "is_insertable_into",
                "commit_action",
                "table_owner",
                "comment",
                "created:TIMESTAMP",
                "created_by",
                "last_altered:TIMESTAMP",
                "last_altered_by",
                "data_source_format",
                "storage_sub_directory",
                "storage_path");
        view("columns", InformationSchema::columns, ColumnsView.COLUMNS);
        view(
                "views",
                InformationSchema::views,
                "table_catalog",
                "table_schema",
                "table_name",
                "view_definition",
                "check_option",
                "is_updatable",
                "is_insertable_into",
                "sql_path",
                "is_materialized");
        view(
                "volumes",
                InformationSchema::volumes,
                "volume_catalog",
                "volume_schema",
                "volume_name",
                "volume_type",
                "volume_owner",
                "comment",
                "storage_location",
                "created:TIMESTAMP",
                "created_by",
                "last_altered:TIMESTAMP",
                "last_altered_by");
        view(
                "routines",
                (schema, rows) -> RoutinesView.fill(schema.contents, schema.catalog, rows),
                RoutinesView.COLUMNS);
        view(
                "parameters",
                (schema, rows) -> RoutinesView.fillParameters(schema.contents, schema.catalog, rows),
                RoutinesView.PARAMETERS);
        view(
                "table_constraints",
                (schema, rows) -> ConstraintViews.constraints(schema.all(), rows),
                ConstraintViews.TABLE_CONSTRAINTS);
        view(
                "key_column_usage",
                (schema, rows) -> ConstraintViews.keyColumns(schema.all(), rows),
                ConstraintViews.KEY_COLUMN_USAGE);
        view(
                "referential_constraints",
                (schema, rows) -> ConstraintViews.references(schema.all(), schema.contents, rows),
                ConstraintViews.REFERENTIAL_CONSTRAINTS);
        view(
                "constraint_column_usage",
                (schema, rows) -> ConstraintViews.columnUsage(schema.all(), schema.contents, rows),
                ConstraintViews.CONSTRAINT_COLUMN_USAGE);
        view(
                "catalog_privileges",
                (schema, rows) -> schema.privileges("CATALOG", rows),
                "grantor",
                "grantee",
                "catalog_name",
                "privilege_type",
                "is_grantable",
                "inherited_from");
        view(
                "schema_privileges",
                (schema, rows) -> schema.privileges("SCHEMA", rows),
                "grantor",
                "grantee",
                "catalog_name",
                "schema_name",
                "privilege_type",
                "is_grantable",
                "inherited_from");
        view(
                "table_privileges",
                (schema, rows) -> schema.privileges("TABLE", rows),
                "grantor",
                "grantee",
                "table_catalog",
                "table_schema",
                "table_name",
                "privilege_type",
                "is_grantable",
                "inherited_from");
    }

    private final WarehouseContents contents;
    private final String catalog;

    /** @param catalog whose objects to show, or {@code system} for all */
    public InformationSchema(WarehouseContents contents, String catalog) {
        this.contents = contents;
        this.catalog = catalog.equals("system") ? null : catalog;
    }

    private static void view(String name, BiConsumer<InformationSchema, Rows> filler, String... columns) {
        VIEWS.put(name, new View(Rows.columns(columns), filler));
    }

    /** @return the view's columns, or empty when there is no such view */
    public static Optional<StructType> columns(String view) {
        return Optional.ofNullable(VIEWS.get(SchemaName.normal(view))).map(View::columns);
    }

    public List<List<Object>> rows(String view) {
        Rows rows = new Rows();
        VIEWS.get(SchemaName.normal(view)).filler().accept(this, rows);
        return rows.list();
    }

    private List<TableDetails> all() {
        return contents.details(catalog, schema -> true, table -> true).toList();
    }

    private void catalogs(Rows rows) {
        for (CatalogEntry entry : contents.catalogs()) {
            if (catalog == null || catalog.equals(entry.name())) {
                rows.add(entry.name(), OWNER, entry.comment(), new Timestamp(entry.createdAt()));
            }
        }
    }

    private void catalogName(Rows rows) {
        rows.add(catalog == null ? "system" : catalog);
    }

    private void schemata(Rows rows) {
        ExternalCatalog spark = contents.session().sharedState().externalCatalog();
        for (SchemaName schema : contents.schemas(catalog)) {
            rows.add(
                    schema.catalog(),
                    schema.schema(),
                    OWNER,
                    spark.getDatabase(schema.database()).description());
        }
        for (CatalogEntry entry : contents.catalogs()) {
            if (catalog == null || catalog.equals(entry.name())) {
                rows.add(entry.name(), SchemaName.INFORMATION_SCHEMA, OWNER, null);
            }
        }
    }

    private void tables(Rows rows) {
        for (TableDetails table : all()) {
            Timestamp created = new Timestamp(table.entry().createTime());
            rows.add(
                    table.name().schema().catalog(),
                    table.name().schema().schema(),
                    table.name().name(),
                    table.type(),
                    table.isView() ? "NO" : "YES",
                    "PRESERVE",
                    OWNER,
                    table.comment(),
                    created,
                    OWNER,
                    created,
                    OWNER,
                    table.format(),
                    null,
                    table.isView()
                            ? null
                            : String.valueOf(
                                    Scala.orNull(table.entry().storage().locationUri())));
        }
    }

    private void columns(Rows rows) {
        all().forEach(table -> ColumnsView.fill(table, rows));
    }

    private void views(Rows rows) {
        for (TableDetails table : all()) {
            if (table.isView()) {
                rows.add(
                        table.name().schema().catalog(),
                        table.name().schema().schema(),
                        table.name().name(),
                        Scala.orNull(table.entry().viewText()),
                        "NONE",
                        "NO",
                        "NO",
                        null,
                        "NO");
            }
        }
    }

    private void volumes(Rows rows) {
        for (SchemaName schema : contents.schemas(catalog)) {
            for (VolumeEntry volume : contents.volumes(schema)) {
                Timestamp created = new Timestamp(volume.createdAt());
                rows.add(
                        volume.catalog(),
                        volume.schema(),
                        volume.name(),
                        volume.external() ? "EXTERNAL" : "MANAGED",
                        OWNER,
                        volume.comment(),
                        volume.location(),
                        created,
                        OWNER,
                        created,
                        OWNER);
            }
        }
    }

    private void privileges(String kind, Rows rows) {
        for (Grant grant : contents.metastore().grants()) {
            boolean here = catalog == null || catalog.equals(grant.on().name().get(0));
            if (here && grant.on().kind().equals(kind)) {
                List<Object> row = new ArrayList<>(List.of(OWNER, grant.principal()));
                row.addAll(grant.on().name());
                row.addAll(List.of(grant.privilege().replace(' ', '_'), "NO", "NONE"));
                rows.add(row.toArray());
            }
        }
    }

    static String[] name(ObjectName name) {
        return new String[] {name.schema().catalog(), name.schema().schema(), name.name()};
    }
}
