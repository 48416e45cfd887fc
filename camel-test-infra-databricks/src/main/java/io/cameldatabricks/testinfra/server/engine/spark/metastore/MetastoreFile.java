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
package io.cameldatabricks.testinfra.server.engine.spark.metastore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.spark.sql.catalyst.catalog.CatalogDatabase;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;

import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** The one JSON file that survives a restart. It is written beside the old one and moved over it. */
final class MetastoreFile {

    private record Schema(String database, String comment, String location, Map<String, String> properties) {}

    private record Content(
            List<CatalogEntry> catalogs,
            List<Schema> schemas,
            List<StoredTables.Table> tables,
            List<StoredTables.Function> functions,
            List<VolumeEntry> volumes,
            List<Grant> grants) {}

    private final ObjectMapper json = new ObjectMapper();
    private final Path path;

    MetastoreFile(Path path) {
        this.path = path;
    }

    void read(
            ExternalCatalog spark,
            Map<String, CatalogEntry> catalogs,
            Collection<VolumeEntry> volumes,
            Collection<Grant> grants) {
        if (!Files.exists(path)) {
            return;
        }
        Content content;
        try {
            content = json.readValue(path.toFile(), Content.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The metastore file " + path + " cannot be read", e);
        }
        content.catalogs().forEach(catalog -> catalogs.put(catalog.name(), catalog));
        volumes.addAll(content.volumes());
        grants.addAll(content.grants());
        for (Schema schema : content.schemas()) {
            spark.createDatabase(
                    new CatalogDatabase(
                            schema.database(),
                            schema.comment(),
                            URI.create(schema.location()),
                            Scala.map(schema.properties())),
                    true);
        }
        content.tables().forEach(table -> spark.createTable(StoredTables.restored(table), true));
        content.functions()
                .forEach(function -> spark.createFunction(function.database(), StoredTables.restored(function)));
    }

    void write(
            ExternalCatalog spark,
            Collection<CatalogEntry> catalogs,
            Collection<VolumeEntry> volumes,
            Collection<Grant> grants) {
        List<Schema> schemas = new ArrayList<>();
        List<StoredTables.Table> tables = new ArrayList<>();
        List<StoredTables.Function> functions = new ArrayList<>();
        for (String database : Scala.list(spark.listDatabases())) {
            if (SchemaName.ofDatabase(database).isEmpty()) {
                continue;
            }
            CatalogDatabase schema = spark.getDatabase(database);
            schemas.add(new Schema(
                    database,
                    schema.description(),
                    schema.locationUri().toString(),
                    new TreeMap<>(Scala.map(schema.properties()))));
            Scala.list(spark.getTablesByName(database, spark.listTables(database)))
                    .forEach(table -> tables.add(StoredTables.stored(table)));
            for (String function : Scala.list(spark.listFunctions(database, "*"))) {
                functions.add(StoredTables.stored(database, spark.getFunction(database, function)));
            }
        }
        Content content = new Content(
                List.copyOf(catalogs), schemas, tables, functions, List.copyOf(volumes), List.copyOf(grants));
        try {
            Path fresh = path.resolveSibling(path.getFileName() + ".new");
            json.writeValue(fresh.toFile(), content);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The metastore file " + path + " cannot be written", e);
        }
    }
}
