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
import java.util.Map;
import java.util.TreeMap;

import org.apache.spark.sql.catalyst.analysis.CurrentNamespace$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.plans.logical.AnalyzeTables;
import org.apache.spark.sql.catalyst.plans.logical.CommentOnNamespace;
import org.apache.spark.sql.catalyst.plans.logical.CreateNamespace;
import org.apache.spark.sql.catalyst.plans.logical.DescribeNamespace;
import org.apache.spark.sql.catalyst.plans.logical.DropNamespace;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SetCatalogAndNamespace;
import org.apache.spark.sql.catalyst.plans.logical.SetNamespaceLocation;
import org.apache.spark.sql.catalyst.plans.logical.SetNamespaceProperties;
import org.apache.spark.sql.execution.command.SetCatalogCommand;
import org.apache.spark.sql.execution.command.SetNamespaceCommand;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Metastore;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** Runs Spark's statements about catalogs and schemas on the metastore, because Spark's catalog has only one level. */
final class NamespaceCommands {

    private static final String COMMENT = "comment";
    private static final String LOCATION = "location";

    private NamespaceCommands() {}

    /** @return the command to run instead, or the plan itself */
    static LogicalPlan rewrite(LogicalPlan plan, SessionNames names) {
        if (plan instanceof CreateNamespace create && create.name() instanceof UnresolvedNamespace name) {
            return create(create, schema(name, names), names.metastore());
        }
        if (plan instanceof DropNamespace drop && drop.namespace() instanceof UnresolvedNamespace name) {
            SchemaName schema = schema(name, names);
            return LocalCommand.silent(
                    "DropSchema", () -> names.metastore().dropSchema(schema, drop.ifExists(), drop.cascade()));
        }
        if (plan instanceof SetCatalogAndNamespace use && use.child() instanceof UnresolvedNamespace name) {
            return use(Scala.list(name.multipartIdentifier()), names);
        }
        if (plan instanceof SetNamespaceCommand use) {
            return use(Scala.list(use.namespace()), names);
        }
        if (plan instanceof SetCatalogCommand set) {
            String catalog = set.getCatalogName();
            return LocalCommand.silent("UseCatalog", () -> {
                names.metastore().requireCatalog(catalog);
                names.use(new SchemaName(catalog, SchemaName.DEFAULT_SCHEMA));
            });
        }
        if (plan instanceof DescribeNamespace describe && describe.namespace() instanceof UnresolvedNamespace name) {
            return describe(schema(name, names), describe.extended(), names.metastore());
        }
        if (plan instanceof CommentOnNamespace comment && comment.child() instanceof UnresolvedNamespace name) {
            SchemaName schema = schema(name, names);
            return LocalCommand.silent(
                    "CommentOnSchema", () -> names.metastore().alterSchema(schema, comment.comment(), Map.of()));
        }
        if (plan instanceof SetNamespaceProperties set && set.namespace() instanceof UnresolvedNamespace name) {
            SchemaName schema = schema(name, names);
            Map<String, String> properties = Scala.map(set.properties());
            return LocalCommand.silent("SetSchemaProperties", () -> names.metastore()
                    .alterSchema(schema, properties.get(COMMENT), properties));
        }
        if (plan instanceof SetNamespaceLocation) {
            throw LocalFailure.unsupported("ALTER SCHEMA SET LOCATION");
        }
        if (plan instanceof AnalyzeTables analyze && analyze.namespace() instanceof UnresolvedNamespace name) {
            SchemaName schema = names.existingSchema(Scala.list(name.multipartIdentifier()));
            return new AnalyzeTables(
                    new UnresolvedNamespace(
                            Scala.names(SessionNames.SESSION_CATALOG, schema.database()), name.fetchMetadata()),
                    analyze.noScan());
        }
        return ShowCommands.rewrite(plan, names);
    }

    static List<String> parts(LogicalPlan namespace) {
        if (namespace instanceof UnresolvedNamespace name) {
            return Scala.list(name.multipartIdentifier());
        }
        return namespace == CurrentNamespace$.MODULE$ ? List.of() : null;
    }

    private static SchemaName schema(UnresolvedNamespace name, SessionNames names) {
        return names.schema(Scala.list(name.multipartIdentifier()));
    }

    private static LogicalPlan create(CreateNamespace create, SchemaName schema, Metastore metastore) {
        Map<String, String> properties = new TreeMap<>(Scala.map(create.properties()));
        String comment = properties.remove(COMMENT);
        String location = properties.remove(LOCATION);
        return LocalCommand.silent(
                "CreateSchema",
                () -> metastore.createSchema(schema, comment, location, properties, create.ifNotExists()));
    }

    private static LogicalPlan use(List<String> parts, SessionNames names) {
        return LocalCommand.silent("UseSchema", () -> names.use(names.existingSchema(parts)));
    }

    private static LogicalPlan describe(SchemaName schema, boolean extended, Metastore metastore) {
        return new LocalCommand(
                "DescribeSchema", Rows.columns("database_description_item", "database_description_value"), session -> {
                    metastore.requireSchema(schema);
                    var database = session.sharedState().externalCatalog().getDatabase(schema.database());
                    Rows rows = new Rows()
                            .add("Catalog Name", schema.catalog())
                            .add("Namespace Name", schema.schema())
                            .add("Comment", database.description())
                            .add("Location", database.locationUri().toString())
                            .add("Owner", "root");
                    if (extended) {
                        rows.add("Properties", new TreeMap<>(Scala.map(database.properties())).toString());
                    }
                    return rows.list();
                });
    }
}
