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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.StructType;
import scala.Option;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/**
 * A table or view with what its definition says. For a Delta table the table's own log is asked, not the catalog.
 *
 * @param entry Spark's entry in the catalog
 * @param schema columns, with defaults, generation and identity in their metadata
 * @param properties table properties, also those that are never shown
 * @param comment the comment, or null
 */
public record TableDetails(
        ObjectName name,
        CatalogTable entry,
        StructType schema,
        List<String> partitionColumns,
        Map<String, String> properties,
        String comment) {

    /** @return the table or view, or empty when it does not exist */
    public static Optional<TableDetails> find(SparkSession session, ObjectName name) {
        ExternalCatalog catalog = session.sharedState().externalCatalog();
        String database = name.schema().database();
        if (!catalog.databaseExists(database) || !catalog.tableExists(database, name.name())) {
            return Optional.empty();
        }
        return Optional.of(of(session, name, catalog.getTable(database, name.name())));
    }

    private static TableDetails of(SparkSession session, ObjectName name, CatalogTable entry) {
        if ("delta".equalsIgnoreCase(Scala.orNull(entry.provider()))) {
            Metadata metadata = DeltaLog.forTable(session, entry)
                    .update(false, Option.empty(), Option.empty())
                    .metadata();
            return new TableDetails(
                    name,
                    entry,
                    metadata.schema(),
                    Scala.list(metadata.partitionColumns()),
                    new TreeMap<>(Scala.map(metadata.configuration())),
                    metadata.description());
        }
        return new TableDetails(
                name,
                entry,
                entry.schema(),
                Scala.list(entry.partitionColumnNames()),
                new TreeMap<>(Scala.map(entry.properties())),
                Scala.orNull(entry.comment()));
    }

    public boolean isView() {
        return entry.tableType().name().equals("VIEW");
    }

    /** {@code MANAGED}, {@code EXTERNAL} or {@code VIEW}. */
    public String type() {
        return entry.tableType().name();
    }

    public String format() {
        return isView() ? "UNKNOWN_DATA_SOURCE_FORMAT" : provider().toUpperCase(Locale.ROOT);
    }

    public String provider() {
        return Optional.ofNullable(Scala.orNull(entry.provider())).orElse("delta");
    }

    /** Properties that users set or know. */
    public Map<String, String> shownProperties() {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.keySet().removeIf(key -> key.startsWith(KeyConstraint.PROPERTY_PREFIX) || key.startsWith("view."));
        return shown;
    }

    public List<KeyConstraint> keys() {
        return KeyConstraint.of(properties);
    }
}
