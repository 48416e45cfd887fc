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
package io.cameldatabricks.testinfra.server.engine.spark.copy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/** COPY INTO as the history of a table shows it. */
final class CopyOperation extends DeltaOperations.Operation {

    private final int skippedCorruptFiles;

    CopyOperation(int skippedCorruptFiles) {
        super("COPY INTO");
        this.skippedCorruptFiles = skippedCorruptFiles;
    }

    @Override
    public scala.collection.immutable.Map<String, Object> parameters() {
        return Scala.map(Map.of("mode", "Append"));
    }

    @Override
    public scala.collection.immutable.Set<String> operationMetrics() {
        Set<String> names = Set.of("numFiles", "numOutputBytes", "numOutputRows");
        return scala.collection.immutable.Set$.MODULE$.from(CollectionConverters.asScala(names));
    }

    @Override
    public scala.collection.immutable.Map<String, String> transformMetrics(
            scala.collection.immutable.Map<String, SQLMetric> metrics) {
        Map<String, String> all = new HashMap<>(Scala.map(super.transformMetrics(metrics)));
        all.put("numSkippedCorruptFiles", String.valueOf(skippedCorruptFiles));
        return Scala.map(all);
    }

    @Override
    public boolean changesData() {
        return true;
    }

    @Override
    public boolean checkAddFileWithDeletionVectorStatsAreNotTightBounds() {
        return true;
    }

    @Override
    public Option<Object> isInPlaceFileMetadataUpdate() {
        return Option.apply(Boolean.FALSE);
    }

    @Override
    public boolean canChangePartitionColumns() {
        return false;
    }
}
