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

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.cameldatabricks.testinfra.server.engine.spark.files.CommitStore;
import io.cameldatabricks.testinfra.server.engine.spark.files.WarehouseFileContext;
import io.cameldatabricks.testinfra.server.engine.spark.files.WarehouseFileSystem;

/** Spark's settings for one small machine: few threads, no ports but loopback, no code generation for tiny statements. */
final class SparkConfiguration {

    private SparkConfiguration() {}

    static Map<String, Object> of(Path dataFolder) {
        Map<String, Object> conf = new LinkedHashMap<>();
        // Slots are threads made on demand. More than the cores, so that long statements do not hold up short ones.
        conf.put("spark.master", "local[16]");
        conf.put("spark.app.name", "local-warehouse");
        conf.put("spark.default.parallelism", "2");
        conf.put("spark.sql.leafNodeDefaultParallelism", "2");
        conf.put("spark.sql.shuffle.partitions", "2");
        conf.put("spark.ui.enabled", "false");
        conf.put("spark.ui.showConsoleProgress", "false");
        conf.put("spark.driver.host", "127.0.0.1");
        conf.put("spark.driver.bindAddress", "127.0.0.1");
        conf.put("spark.local.dir", dataFolder.resolve("tmp").toString());
        conf.put(
                "spark.sql.warehouse.dir",
                dataFolder.resolve("warehouse").toUri().toString());

        // what untuned Spark keeps threads and memory for
        conf.put("spark.sql.shuffleExchange.maxThreadThreshold", "8");
        conf.put("spark.sql.broadcastExchange.maxThreadThreshold", "8");
        conf.put("spark.sql.subquery.maxThreadThreshold", "8");
        conf.put("spark.sql.resultQueryStage.maxThreadThreshold", "8");
        conf.put("spark.rpc.netty.dispatcher.numThreads", "2");
        conf.put("spark.rpc.io.threads", "2");
        conf.put("spark.shuffle.io.serverThreads", "2");
        conf.put("spark.shuffle.io.clientThreads", "2");
        // VACUUM would start 10,000 tasks to list a few folders
        conf.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
        // double checks at each checkpoint, which hold up every tenth commit
        conf.put("spark.databricks.delta.allFilesInCrc.verificationMode.forceOnNonUTC.enabled", "false");
        conf.put("spark.databricks.delta.lastCheckpoint.checksum.enabled", "false");
        conf.put("spark.databricks.delta.snapshotPartitions", "1");
        conf.put("spark.databricks.delta.snapshotCache.storageLevel", "NONE");
        conf.put("spark.ui.retainedJobs", "10");
        conf.put("spark.ui.retainedStages", "10");
        conf.put("spark.ui.retainedTasks", "100");
        conf.put("spark.sql.ui.retainedExecutions", "5");
        conf.put("spark.appStateStore.asyncTracking.enable", "false");
        conf.put("spark.cleaner.periodicGC.interval", "60min");
        conf.put("spark.shuffle.sort.bypassMergeThreshold", "10");

        // fewer processes and safer commits than Hadoop's and Delta's defaults for local files
        conf.put("spark.hadoop.fs.file.impl", WarehouseFileSystem.class.getName());
        conf.put("spark.hadoop.fs.AbstractFileSystem.file.impl", WarehouseFileContext.class.getName());
        conf.put("spark.delta.logStore.file.impl", CommitStore.class.getName());

        // measured best for small statements
        conf.put("spark.sql.adaptive.enabled", "false");
        conf.put("spark.sql.codegen.wholeStage", "false");
        conf.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");

        // what Databricks does by default
        conf.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        conf.put("spark.sql.sources.default", "delta");
        conf.put("spark.sql.legacy.createHiveTableByDefault", "false");
        conf.put("spark.sql.ansi.enabled", "true");
        conf.put("spark.sql.session.timeZone", "Etc/UTC");
        conf.put("spark.sql.scripting.enabled", "true");
        conf.put("spark.sql.hive.manageFilesourcePartitions", "false");
        // else a bound value that holds ${...} would be changed
        conf.put("spark.sql.variable.substitute", "false");
        conf.put("spark.databricks.delta.retentionDurationCheck.enabled", "true");
        conf.put("spark.databricks.delta.schema.autoMerge.enabled", "false");
        return conf;
    }
}
