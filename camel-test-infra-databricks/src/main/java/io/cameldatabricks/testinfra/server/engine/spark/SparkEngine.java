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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.spark.sql.catalyst.catalog.ExternalCatalogWithListener;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineSession;
import io.cameldatabricks.testinfra.server.engine.SessionSettings;
import io.cameldatabricks.testinfra.server.engine.SqlEngine;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.failure.SparkErrors;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Metastore;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;
import io.cameldatabricks.testinfra.server.engine.spark.rule.WarehouseRelations;
import io.cameldatabricks.testinfra.server.volume.VolumeFolders;
import io.cameldatabricks.testinfra.server.volume.VolumeLinks;

/**
 * Spark SQL with Delta Lake in this JVM. A JVM can hold one at a time, because Spark allows one context.
 *
 * <p>Thread-safe.
 */
public final class SparkEngine implements SqlEngine {

    private final SparkSession root;
    private final Metastore metastore;
    private final WrittenRows writtenRows;
    private final ScheduledExecutorService clock;
    private final Set<SparkEngineSession> sessions = ConcurrentHashMap.newKeySet();

    private static final String LOG_SETTINGS = "log4j2.configurationFile";

    private SparkEngine(SparkSession root, Metastore metastore) {
        this.root = root;
        this.metastore = metastore;
        this.writtenRows = new WrittenRows(root.sparkContext());
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "statement-timeouts");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts the engine.
     *
     * @param dataFolder where catalogs, tables and volumes live; what an earlier engine left there is there again
     */
    public static SqlEngine start(Path dataFolder) {
        if (System.getProperty(LOG_SETTINGS) == null) {
            String name = SparkEngine.class.getPackageName().replace('.', '/');
            System.setProperty(LOG_SETTINGS, "classpath:" + name + "/warehouse-log4j2.properties");
        }
        Path folder = dataFolder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            folder = folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + folder + " cannot be used", e);
        }
        LocalExtensions extensions = new LocalExtensions(new WarehouseRelations());
        SparkSession root = SparkSession.builder()
                .config(SparkConfiguration.of(folder))
                .withExtensions(extensions)
                .getOrCreate();
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        ExternalCatalogWithListener catalog = root.sharedState().externalCatalog();
        Metastore metastore = new Metastore(folder, catalog);
        catalog.addListener(new MetastoreListener(metastore));
        extensions.metastore(metastore);
        return new SparkEngine(root, metastore);
    }

    @Override
    public EngineSession openSession(SessionSettings settings) throws EngineException {
        SparkSession spark = root.newSession();
        try {
            for (Map.Entry<String, String> entry : settings.configuration().entrySet()) {
                SessionSetting.apply(spark, entry.getKey(), entry.getValue());
            }
            String catalog = settings.catalog() == null ? SchemaName.DEFAULT_CATALOG : settings.catalog();
            String schema = settings.schema() == null ? SchemaName.DEFAULT_SCHEMA : settings.schema();
            SchemaName start = new SchemaName(catalog, schema);
            metastore.requireSchema(start);
            new SessionNames(spark, metastore).use(start);
        } catch (LocalFailure e) {
            throw SparkErrors.toEngine(e);
        }
        SparkEngineSession session =
                new SparkEngineSession(spark, metastore, writtenRows, clock, closed -> sessions.remove(closed));
        sessions.add(session);
        return session;
    }

    @Override
    public VolumeFolders volumes() {
        return metastore.volumeFolders();
    }

    @Override
    public void links(VolumeLinks links) {
        metastore.volumeFolders().links(links);
    }

    @Override
    public void close() {
        sessions.forEach(SparkEngineSession::close);
        clock.shutdownNow();
        root.stop();
        DeltaLog.clearCache();
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
    }
}
