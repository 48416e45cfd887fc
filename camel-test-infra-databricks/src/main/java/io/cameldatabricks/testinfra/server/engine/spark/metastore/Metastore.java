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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.apache.spark.sql.catalyst.catalog.CatalogDatabase;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/**
 * What exists in the warehouse. Schemas, tables, views and functions live in Spark's session catalog; catalogs, volumes,
 * grants and what else Spark has no place for live here. Every change is on disk before the call returns.
 *
 * <p>Thread-safe.
 */
public final class Metastore {

    private final Path dataFolder;
    private final ExternalCatalog spark;
    private final MetastoreFile file;
    private final Map<String, CatalogEntry> catalogs = new TreeMap<>();
    private final List<VolumeEntry> volumes = new ArrayList<>();
    private final Set<Grant> grants = new LinkedHashSet<>();
    private final MetastoreVolumes folders;
    private boolean loading = true;

    /** Reads what the data folder holds into Spark's catalog, and creates catalog main with schema default. */
    public Metastore(Path dataFolder, ExternalCatalog spark) {
        this.dataFolder = dataFolder;
        this.spark = spark;
        this.folders = new MetastoreVolumes(this, dataFolder);
        this.file = new MetastoreFile(dataFolder.resolve("metastore.json"));
        file.read(spark, catalogs, volumes, grants);
        loading = false;
        if (!catalogs.containsKey(SchemaName.DEFAULT_CATALOG)) {
            createCatalog(SchemaName.DEFAULT_CATALOG, "The default catalog", false);
        }
    }

    /** Writes everything to disk; called after each change, also by the listener of Spark's catalog. */
    public synchronized void save() {
        if (!loading) {
            file.write(spark, catalogs.values(), volumes, grants);
        }
    }

    public synchronized List<CatalogEntry> catalogs() {
        return List.copyOf(catalogs.values());
    }

    public synchronized Optional<CatalogEntry> catalog(String name) {
        return Optional.ofNullable(catalogs.get(SchemaName.normal(name)));
    }

    public boolean hasCatalog(String name) {
        return catalog(name).isPresent();
    }

    public void requireCatalog(String name) {
        if (!hasCatalog(name)) {
            throw LocalFailure.noSuchCatalog(name);
        }
    }

    /** Creates a catalog with its schema {@code default}. */
    public synchronized void createCatalog(String given, String comment, boolean ifNotExists) {
        String name = SchemaName.normal(given);
        if (catalogs.containsKey(name)) {
            if (ifNotExists) {
                return;
            }
            throw LocalFailure.of("CATALOG_ALREADY_EXISTS", "42710", "Catalog '" + name + "' already exists.");
        }
        catalogs.put(name, new CatalogEntry(name, comment, System.currentTimeMillis()));
        createSchema(new SchemaName(name, SchemaName.DEFAULT_SCHEMA), "Default schema", null, Map.of(), true);
        save();
    }

    public synchronized void dropCatalog(String given, boolean ifExists, boolean cascade) {
        String name = SchemaName.normal(given);
        if (!catalogs.containsKey(name)) {
            if (ifExists) {
                return;
            }
            throw LocalFailure.noSuchCatalog(name);
        }
        List<SchemaName> schemas = schemas(name);
        boolean empty = schemas.stream()
                .allMatch(schema -> SchemaName.DEFAULT_SCHEMA.equals(schema.schema()) && isEmpty(schema));
        if (!cascade && !empty) {
            throw LocalFailure.of(
                    "CATALOG_NOT_EMPTY",
                    "2BP01",
                    "Cannot drop catalog '" + name + "' because it is not empty. Use CASCADE to drop its contents.");
        }
        schemas.forEach(schema -> dropSchema(schema, true, true));
        catalogs.remove(name);
        grants.removeIf(grant -> grant.on().name().get(0).equals(name));
        save();
    }

    public synchronized void commentOnCatalog(String given, String comment) {
        CatalogEntry old = catalog(given).orElseThrow(() -> LocalFailure.noSuchCatalog(given));
        catalogs.put(old.name(), new CatalogEntry(old.name(), comment, old.createdAt()));
        save();
    }

    /** The schemas of a catalog, sorted by name, without information_schema. */
    public List<SchemaName> schemas(String catalog) {
        String name = SchemaName.normal(catalog);
        return Scala.list(spark.listDatabases()).stream()
                .flatMap(database -> SchemaName.ofDatabase(database).stream())
                .filter(schema -> schema.catalog().equals(name))
                .sorted(Comparator.comparing(SchemaName::schema))
                .toList();
    }

    public boolean hasSchema(SchemaName schema) {
        return spark.databaseExists(schema.database());
    }

    public void requireSchema(SchemaName schema) {
        requireCatalog(schema.catalog());
        if (!hasSchema(schema)) {
            throw LocalFailure.schemaNotFound(schema.quoted());
        }
    }

    public synchronized void createSchema(
            SchemaName schema, String comment, String location, Map<String, String> properties, boolean ifNotExists) {
        requireCatalog(schema.catalog());
        if (hasSchema(schema)) {
            if (ifNotExists) {
                return;
            }
            throw LocalFailure.schemaExists(schema.quoted());
        }
        Path folder = location == null
                ? dataFolder.resolve("warehouse").resolve(schema.catalog()).resolve(schema.schema())
                : Path.of(location);
        spark.createDatabase(
                new CatalogDatabase(
                        schema.database(), comment == null ? "" : comment, folder.toUri(), Scala.map(properties)),
                false);
    }

    /** @param comment the new comment, or null to keep the old one */
    public synchronized void alterSchema(SchemaName schema, String comment, Map<String, String> properties) {
        requireSchema(schema);
        CatalogDatabase old = spark.getDatabase(schema.database());
        Map<String, String> merged = new TreeMap<>(Scala.map(old.properties()));
        merged.putAll(properties);
        merged.remove("comment");
        spark.alterDatabase(new CatalogDatabase(
                old.name(), comment == null ? old.description() : comment, old.locationUri(), Scala.map(merged)));
    }

    public synchronized void dropSchema(SchemaName schema, boolean ifExists, boolean cascade) {
        requireCatalog(schema.catalog());
        if (!hasSchema(schema)) {
            if (ifExists) {
                return;
            }
            throw LocalFailure.schemaNotFound(schema.quoted());
        }
        if (!cascade && !isEmpty(schema)) {
            throw LocalFailure.of(
                    "SCHEMA_NOT_EMPTY",
                    "2BP01",
                    "Cannot drop a schema " + schema.quoted()
                            + " because it contains objects. Use DROP SCHEMA ... CASCADE to drop the schema and all"
                            + " its objects.");
        }
        volumes(schema).forEach(volume -> dropVolume(schema, volume.name(), true));
        Scala.list(spark.listTables(schema.database()))
                .forEach(table -> spark.dropTable(schema.database(), table, true, true));
        spark.dropDatabase(schema.database(), true, true);
        List<String> prefix = List.of(schema.catalog(), schema.schema());
        grants.removeIf(grant ->
                grant.on().name().size() > 1 && grant.on().name().subList(0, 2).equals(prefix));
        save();
    }

    private boolean isEmpty(SchemaName schema) {
        return spark.listTables(schema.database()).isEmpty()
                && spark.listFunctions(schema.database(), "*").isEmpty()
                && volumes(schema).isEmpty();
    }

    public synchronized List<VolumeEntry> volumes(SchemaName schema) {
        return volumes.stream()
                .filter(volume -> volume.schemaName().equals(schema))
                .sorted(Comparator.comparing(VolumeEntry::name))
                .toList();
    }

    public Optional<VolumeEntry> volume(SchemaName schema, String name) {
        return volumes(schema).stream()
                .filter(volume -> volume.name().equals(SchemaName.normal(name)))
                .findFirst();
    }

    public synchronized void createVolume(
            SchemaName schema, String given, String location, String comment, boolean ifNotExists) {
        requireSchema(schema);
        String name = SchemaName.normal(given);
        if (volume(schema, name).isPresent()) {
            if (ifNotExists) {
                return;
            }
            throw LocalFailure.of(
                    "VOLUME_ALREADY_EXISTS",
                    "42000",
                    "Cannot create volume " + schema.quoted() + ".`" + name + "` because it already exists.");
        }
        Path folder = folders.create(schema, name, location);
        volumes.add(new VolumeEntry(
                schema.catalog(),
                schema.schema(),
                name,
                location != null,
                folder.toString(),
                comment,
                System.currentTimeMillis()));
        save();
    }

    /** Drops a volume; the files of a managed one go with it. */
    public synchronized void dropVolume(SchemaName schema, String name, boolean ifExists) {
        Optional<VolumeEntry> found = volume(schema, name);
        if (found.isEmpty()) {
            if (ifExists) {
                return;
            }
            throw volumeNotFound(schema, name);
        }
        VolumeEntry volume = found.get();
        volumes.remove(volume);
        folders.delete(volume);
        save();
    }

    public synchronized void commentOnVolume(SchemaName schema, String name, String comment) {
        VolumeEntry old = volume(schema, name).orElseThrow(() -> volumeNotFound(schema, name));
        volumes.remove(old);
        volumes.add(new VolumeEntry(
                old.catalog(), old.schema(), old.name(), old.external(), old.location(), comment, old.createdAt()));
        save();
    }

    public synchronized List<Grant> grants() {
        return List.copyOf(grants);
    }

    public synchronized void grant(List<Grant> added) {
        grants.addAll(added);
        save();
    }

    public synchronized void revoke(List<Grant> removed) {
        grants.removeAll(removed);
        save();
    }

    /** Where the volumes are, for those who read and write files beside SQL. */
    public MetastoreVolumes volumeFolders() {
        return folders;
    }

    public static LocalFailure volumeNotFound(SchemaName schema, String name) {
        return LocalFailure.of(
                "VOLUME_NOT_FOUND",
                "42704",
                "Volume '" + schema.catalog() + "." + schema.schema() + "." + SchemaName.normal(name)
                        + "' does not exist.");
    }
}
