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

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.classic.SparkSession;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.CatalogEntry;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Metastore;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.VolumeEntry;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** Lists what a session can see. */
public final class WarehouseContents {

    private final SparkSession session;
    private final Metastore metastore;

    public WarehouseContents(SparkSession session, Metastore metastore) {
        this.session = session;
        this.metastore = metastore;
    }

    public SparkSession session() {
        return session;
    }

    public Metastore metastore() {
        return metastore;
    }

    private ExternalCatalog catalog() {
        return session.sharedState().externalCatalog();
    }

    public List<CatalogEntry> catalogs() {
        return metastore.catalogs();
    }

    /** @param catalog a catalog's name, or null for all */
    public List<SchemaName> schemas(String catalog) {
        return catalogs().stream()
                .filter(each -> catalog == null || each.name().equals(SchemaName.normal(catalog)))
                .flatMap(each -> metastore.schemas(each.name()).stream())
                .toList();
    }

    public List<ObjectName> tablesAndViews(SchemaName schema) {
        return Scala.list(catalog().listTables(schema.database())).stream()
                .sorted()
                .map(name -> new ObjectName(schema, name))
                .toList();
    }

    /** Full definitions of tables and views; slower, because it reads Delta's logs. */
    public Stream<TableDetails> details(String catalog, Predicate<SchemaName> schemas, Predicate<String> tables) {
        return schemas(catalog).stream()
                .filter(schemas)
                .flatMap(schema -> tablesAndViews(schema).stream())
                .filter(name -> tables.test(name.name()))
                .flatMap(name -> TableDetails.find(session, name).stream());
    }

    public List<ObjectName> functions(SchemaName schema) {
        return Scala.list(catalog().listFunctions(schema.database(), "*")).stream()
                .sorted()
                .map(name -> new ObjectName(schema, name))
                .toList();
    }

    public List<VolumeEntry> volumes(SchemaName schema) {
        return metastore.volumes(schema);
    }

    /** Names of the session's temporary views. */
    public List<String> temporaryViews() {
        SessionCatalog sessionCatalog = session.sessionState().catalog();
        return Scala.list(sessionCatalog.listLocalTempViews("*")).stream()
                .map(TableIdentifier::table)
                .sorted()
                .toList();
    }
}
