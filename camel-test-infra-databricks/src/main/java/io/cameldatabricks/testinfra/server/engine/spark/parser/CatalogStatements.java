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

import java.util.List;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.CatalogEntry;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Metastore;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** CREATE, DROP, ALTER, USE, DESCRIBE and COMMENT ON for catalogs. */
final class CatalogStatements {

    private CatalogStatements() {}

    /** @return the command, or null when the statement is not about a catalog */
    static LogicalPlan parse(TokenReader reader, SessionNames names) {
        Metastore metastore = names.metastore();
        if (reader.accept("CREATE", "CATALOG")) {
            boolean ifNotExists = reader.accept("IF", "NOT", "EXISTS");
            String name = reader.name();
            String comment = null;
            while (!reader.atEnd()) {
                if (reader.accept("COMMENT")) {
                    comment = reader.string();
                } else {
                    reader.require("MANAGED", "LOCATION");
                    throw LocalFailure.unsupported("CREATE CATALOG with a MANAGED LOCATION");
                }
            }
            String given = comment;
            return LocalCommand.silent("CreateCatalog", () -> metastore.createCatalog(name, given, ifNotExists));
        }
        if (reader.accept("DROP", "CATALOG")) {
            boolean ifExists = reader.accept("IF", "EXISTS");
            String name = reader.name();
            boolean cascade = reader.accept("CASCADE");
            reader.accept("RESTRICT");
            reader.end();
            return LocalCommand.silent("DropCatalog", () -> metastore.dropCatalog(name, ifExists, cascade));
        }
        if (reader.accept("USE", "CATALOG")) {
            String name = reader.name();
            reader.end();
            return use(name, names);
        }
        if (reader.accept("COMMENT", "ON", "CATALOG")) {
            String name = reader.name();
            reader.require("IS");
            String comment = reader.accept("NULL") ? null : reader.string();
            reader.end();
            return LocalCommand.silent("CommentOnCatalog", () -> metastore.commentOnCatalog(name, comment));
        }
        if (reader.accept("DESCRIBE", "CATALOG") || reader.accept("DESC", "CATALOG")) {
            reader.accept("EXTENDED");
            String name = reader.name();
            reader.end();
            return describe(name, metastore);
        }
        return null;
    }

    static LogicalPlan use(String catalog, SessionNames names) {
        return LocalCommand.silent("UseCatalog", () -> {
            names.metastore().requireCatalog(catalog);
            names.use(new SchemaName(catalog, SchemaName.DEFAULT_SCHEMA));
        });
    }

    private static LogicalPlan describe(String name, Metastore metastore) {
        return new LocalCommand("DescribeCatalog", Rows.columns("info_name", "info_value"), session -> {
            CatalogEntry catalog = metastore.catalog(name).orElseThrow(() -> LocalFailure.noSuchCatalog(name));
            return List.of(
                    List.of("Catalog Name", catalog.name()),
                    List.of("Comment", catalog.comment() == null ? "" : catalog.comment()),
                    List.of("Owner", "root"),
                    List.of("Catalog Type", "MANAGED_CATALOG"));
        });
    }
}
