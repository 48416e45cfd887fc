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

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Metastore;

/** Loads files into a table, each file once; or tells what would be loaded. */
public final class CopyInto {

    /** The result of a load. */
    public static final StructType RESULT =
            Rows.columns("num_affected_rows:BIGINT", "num_inserted_rows:BIGINT", "num_skipped_corrupt_files:BIGINT");

    private static final String NOT_NULL = " IS NOT NULL";

    private final SparkSession session;
    private final Metastore metastore;
    private final CopyRequest request;
    private final CopyReader reader;

    public CopyInto(SparkSession session, Metastore metastore, CopyRequest request) {
        this.session = session;
        this.metastore = metastore;
        this.request = request;
        this.reader = new CopyReader(session, request);
    }

    /** What is to be loaded. */
    private record Work(List<CopyFile> files, int skipped, Dataset<Row> rows) {}

    /** @return one row as {@link #RESULT} describes it */
    public List<List<Object>> load() {
        CopyTarget target = CopyTarget.open(session, request.table());
        Work work = prepare(target);
        long rows = work.files().isEmpty()
                ? 0
                : target.append(work.rows(), work.files(), request.evolves(), work.skipped());
        return new Rows().add(rows, rows, (long) work.skipped()).list();
    }

    private Work prepare(CopyTarget target) {
        reader.check();
        List<CopyFile> files = new CopySource(request.source(), metastore).files(request.files(), request.pattern());
        List<CopyFile> fresh = request.force() ? files : target.notLoaded(files);
        List<CopyFile> good = fresh;
        if (request.skipsCorruptFiles()) {
            good = fresh.stream().filter(reader::isReadable).toList();
        }
        int skipped = fresh.size() - good.size();
        if (good.isEmpty()) {
            return new Work(good, skipped, null);
        }
        Dataset<Row> source = reader.read(good);
        // files without a single row and without a header tell no columns
        Dataset<Row> rows = source.schema().isEmpty() ? null : new CopyProjection(request, target.schema()).of(source);
        return new Work(good, skipped, rows);
    }

    /**
     * Checks what would be loaded: that it can be read, fits the table and keeps the table's constraints.
     *
     * @param checked rows to check at most
     * @param shown rows to show at most
     * @return the rows to show
     */
    public LogicalPlan validate(int checked, int shown) {
        CopyTarget target = CopyTarget.open(session, request.table());
        Work work = prepare(target);
        if (work.rows() == null) {
            return session.emptyDataFrame().queryExecution().analyzed();
        }
        Dataset<Row> rows = work.rows().limit(checked);
        for (String violated : conditions(target, rows)) {
            Column kept = functions.coalesce(functions.expr(violated), functions.lit(false));
            if (!rows.filter(functions.not(kept)).isEmpty()) {
                if (violated.endsWith(NOT_NULL)) {
                    throw LocalFailure.of(
                            "DELTA_NOT_NULL_CONSTRAINT_VIOLATED",
                            "23502",
                            "NOT NULL constraint violated: " + violated + ".");
                }
                throw LocalFailure.of(
                        "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES",
                        "23001",
                        "CHECK constraint " + violated + " violated by a row of the source.");
            }
        }
        return rows.limit(shown).queryExecution().analyzed();
    }

    /** Conditions that each row must keep. */
    private static List<String> conditions(CopyTarget target, Dataset<Row> rows) {
        List<String> conditions = new ArrayList<>();
        List<String> given = List.of(rows.columns());
        for (StructField field : target.schema().fields()) {
            if (!field.nullable() && given.contains(field.name())) {
                conditions.add("`" + field.name() + "`" + NOT_NULL);
            }
        }
        for (Map.Entry<String, String> constraint : target.constraints().entrySet()) {
            conditions.add(constraint.getValue());
        }
        return conditions;
    }
}
