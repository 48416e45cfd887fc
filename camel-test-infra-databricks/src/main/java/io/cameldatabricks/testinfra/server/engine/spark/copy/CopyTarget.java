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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/**
 * The table that a COPY INTO loads, in one transaction. That a file was loaded is an action of the same commit as its
 * rows: the two cannot be told apart by any crash, and a concurrent COPY INTO of the same file cannot commit.
 */
final class CopyTarget {

    private static final long NEVER = -1;

    private final SparkSession session;
    private final CatalogTable table;
    private final DeltaLog log;
    private final OptimisticTransaction transaction;

    private CopyTarget(SparkSession session, CatalogTable table) {
        this.session = session;
        this.table = table;
        this.log = DeltaLog.forTable(session, table);
        this.transaction = log.startTransaction(Option.apply(table), Option.empty());
    }

    static CopyTarget open(SparkSession session, ObjectName name) {
        SessionCatalog catalog = session.sessionState().catalog();
        TableIdentifier identifier =
                new TableIdentifier(name.name(), Option.apply(name.schema().database()));
        CatalogTable table;
        try {
            table = catalog.getTableMetadata(identifier);
        } catch (NoSuchNamespaceException | NoSuchTableException e) {
            throw CopyErrors.noSuchTable(name);
        }
        if (!table.provider().contains("delta")) {
            throw CopyErrors.notDelta();
        }
        return new CopyTarget(session, table);
    }

    StructType schema() {
        return transaction.snapshot().metadata().schema();
    }

    /** CHECK constraints, by name. */
    Map<String, String> constraints() {
        String prefix = "delta.constraints.";
        Map<String, String> found = new java.util.TreeMap<>();
        Scala.map(transaction.snapshot().metadata().configuration()).forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** Whether Delta itself makes the values of a column that is not given. */
    static boolean isFilledByDelta(StructField field) {
        return field.metadata().contains("delta.generationExpression")
                || field.metadata().contains("delta.identity.start");
    }

    /** Files that were not loaded before. From here on nobody else can load them without this transaction's failing. */
    List<CopyFile> notLoaded(List<CopyFile> files) {
        return files.stream()
                .filter(file -> transaction.txnVersion(file.transactionId()) == NEVER)
                .toList();
    }

    /** @return how many rows there were */
    long append(Dataset<Row> rows, List<CopyFile> files, boolean evolve, int skipped) {
        List<Action> actions = new ArrayList<>();
        if (rows != null) {
            Map<String, String> options = Map.of("mergeSchema", String.valueOf(evolve));
            WriteIntoDelta write = new WriteIntoDelta(
                    log,
                    SaveMode.Append,
                    new DeltaOptions(Scala.map(options), session.sessionState().conf()),
                    Scala.seq(List.of()),
                    Scala.map(Map.of()),
                    rows,
                    Option.apply(table),
                    Option.empty(),
                    false);
            actions.addAll(Scala.list(write.write(transaction, session, Option.empty(), false)));
        }
        Option<Object> now = Option.apply(System.currentTimeMillis());
        for (CopyFile file : files) {
            actions.add(new SetTransaction(file.transactionId(), 0, now));
        }
        try {
            transaction.commit(Scala.seq(actions), new CopyOperation(skipped));
        } catch (RuntimeException e) {
            if (e instanceof SparkThrowable spark && "DELTA_CONCURRENT_TRANSACTION".equals(spark.getCondition())) {
                throw CopyErrors.duplicated();
            }
            throw e;
        }
        return Scala.optional(transaction.getMetric("numOutputRows"))
                .map(metric -> (Long) metric.value())
                .orElse(0L);
    }
}
