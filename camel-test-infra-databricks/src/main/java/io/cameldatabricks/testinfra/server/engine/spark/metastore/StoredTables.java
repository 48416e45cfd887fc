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

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.BucketSpec;
import org.apache.spark.sql.catalyst.catalog.CatalogFunction;
import org.apache.spark.sql.catalyst.catalog.CatalogStorageFormat;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType;
import org.apache.spark.sql.catalyst.catalog.FunctionResource;
import org.apache.spark.sql.catalyst.catalog.FunctionResourceType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;

import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/** How tables, views and functions of Spark's catalog look in the metastore file. */
final class StoredTables {

    private StoredTables() {}

    /** A table or view, with the fields that Spark needs to find it again. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Table(
            String database,
            String name,
            String type,
            String location,
            String inputFormat,
            String outputFormat,
            String serde,
            Map<String, String> storageProperties,
            String schema,
            String provider,
            List<String> partitionColumns,
            List<Object> buckets,
            String owner,
            long createTime,
            String createVersion,
            Map<String, String> properties,
            String viewText,
            String viewOriginalText,
            String comment,
            String collation) {}

    /** A function: its class, or the definition that Spark keeps in its resources. */
    record Function(String database, String name, String className, List<List<String>> resources) {}

    static Table stored(CatalogTable table) {
        CatalogStorageFormat storage = table.storage();
        BucketSpec buckets = Scala.orNull(table.bucketSpec());
        return new Table(
                table.database(),
                table.identifier().table(),
                table.tableType().name(),
                Scala.optional(storage.locationUri()).map(URI::toString).orElse(null),
                Scala.orNull(storage.inputFormat()),
                Scala.orNull(storage.outputFormat()),
                Scala.orNull(storage.serde()),
                new TreeMap<>(Scala.map(storage.properties())),
                table.schema().json(),
                Scala.orNull(table.provider()),
                Scala.list(table.partitionColumnNames()),
                buckets == null
                        ? null
                        : List.of(
                                buckets.numBuckets(),
                                Scala.list(buckets.bucketColumnNames()),
                                Scala.list(buckets.sortColumnNames())),
                table.owner(),
                table.createTime(),
                table.createVersion(),
                new TreeMap<>(Scala.map(table.properties())),
                Scala.orNull(table.viewText()),
                Scala.orNull(table.viewOriginalText()),
                Scala.orNull(table.comment()),
                Scala.orNull(table.collation()));
    }

    static CatalogTable restored(Table table) {
        return new CatalogTable(
                new TableIdentifier(table.name(), Scala.option(table.database()), Option.apply("spark_catalog")),
                CatalogTableType.apply(table.type()),
                new CatalogStorageFormat(
                        Scala.option(table.location()).map(URI::create),
                        Scala.option(table.inputFormat()),
                        Scala.option(table.outputFormat()),
                        Scala.option(table.serde()),
                        false,
                        Scala.map(table.storageProperties()),
                        Option.empty()),
                (StructType) DataType.fromJson(table.schema()),
                Scala.option(table.provider()),
                Scala.seq(table.partitionColumns()),
                Scala.option(table.buckets()).map(StoredTables::buckets),
                table.owner(),
                table.createTime(),
                -1L,
                table.createVersion(),
                Scala.map(table.properties()),
                Option.empty(),
                Scala.option(table.viewText()),
                Scala.option(table.comment()),
                Scala.option(table.collation()),
                Scala.<String>seq(List.of()),
                false,
                true,
                Scala.map(Map.of()),
                Scala.option(table.viewOriginalText()),
                Option.empty());
    }

    private static BucketSpec buckets(List<Object> stored) {
        return new BucketSpec((Integer) stored.get(0), names(stored.get(1)), names(stored.get(2)));
    }

    private static scala.collection.immutable.Seq<String> names(Object stored) {
        return Scala.seq(((List<?>) stored).stream().map(String::valueOf).toList());
    }

    static Function stored(String database, CatalogFunction function) {
        List<List<String>> resources = new ArrayList<>();
        for (FunctionResource resource : Scala.list(function.resources())) {
            resources.add(List.of(resource.resourceType().resourceType(), resource.uri()));
        }
        return new Function(database, function.identifier().funcName(), function.className(), resources);
    }

    static CatalogFunction restored(Function function) {
        return new CatalogFunction(
                new FunctionIdentifier(
                        function.name(), Scala.option(function.database()), Option.apply("spark_catalog")),
                function.className(),
                Scala.seq(function.resources().stream()
                        .map(resource ->
                                new FunctionResource(FunctionResourceType.fromString(resource.get(0)), resource.get(1)))
                        .toList()));
    }
}
