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

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

import io.cameldatabricks.testinfra.server.engine.spark.avro.AvroFiles;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.rule.PlanRewrite;

/** Reads the files of a COPY INTO, with what it selects of them. */
final class CopyReader {

    /** Formats that Spark reads by itself. */
    private static final Set<String> FORMATS = Set.of("csv", "json", "parquet", "orc", "text", "binaryfile");

    private static final String AVRO = "avro";
    private static final String SOURCE = "__copy_into_source";
    /** Spark's own name for the option that takes paths as they are, also with wildcards in them. */
    private static final String GLOB = "__globPaths__";

    private final SparkSession session;
    private final CopyRequest request;

    CopyReader(SparkSession session, CopyRequest request) {
        this.session = session;
        this.request = request;
    }

    /** @throws LocalFailure when COPY INTO knows no such format, or no such option */
    void check() {
        if (!FORMATS.contains(request.format()) && !request.format().equals(AVRO)) {
            throw CopyErrors.formatNotSupported(request.format());
        }
        for (String option : List.of("rescuedDataColumn", "columnNameOfCorruptRecord", "schema")) {
            if (request.formatOptions().containsKey(option)) {
                throw CopyErrors.unsupported(option);
            }
        }
    }

    /** @param files at least one */
    Dataset<Row> read(List<CopyFile> files) {
        Dataset<Row> all = load(files, request.formatOptions());
        return request.selection() == null ? all : select(all);
    }

    /** Whether a file can be read to its end. */
    boolean isReadable(CopyFile file) {
        Map<String, String> options = new HashMap<>(request.formatOptions());
        options.keySet().removeIf(name -> name.equalsIgnoreCase("ignoreCorruptFiles"));
        try {
            load(List.of(file), options).foreach(row -> {});
            return true;
        } catch (Exception e) {
            if (session.sparkContext().isStopped() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return false;
        }
    }

    private Dataset<Row> load(List<CopyFile> files, Map<String, String> options) {
        String[] places = files.stream().map(CopyFile::place).toArray(String[]::new);
        try {
            if (request.format().equals(AVRO)) {
                return AvroFiles.read(session, List.of(places));
            }
            return session.read()
                    .format(request.format().equals("binaryfile") ? "binaryFile" : request.format())
                    .options(options)
                    .option(GLOB, "false")
                    .load(places);
        } catch (Exception e) {
            // Scala throws checked exceptions without saying so
            if (isInference(e)) {
                throw CopyErrors.noSchema(request.format().toUpperCase(Locale.ROOT), unreadable(e, files));
            }
            throw e instanceof RuntimeException unchecked ? unchecked : new CopyFailure(e);
        }
    }

    private static boolean isInference(Throwable thrown) {
        if (thrown instanceof UncheckedIOException) {
            return true;
        }
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            String condition = each instanceof SparkThrowable spark ? spark.getCondition() : null;
            if (condition != null
                    && (condition.startsWith("UNABLE_TO_INFER_SCHEMA") || condition.startsWith("FAILED_READ_FILE"))) {
                return true;
            }
        }
        return false;
    }

    private static String unreadable(Throwable thrown, List<CopyFile> files) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            for (CopyFile file : files) {
                if (message.contains(file.place())) {
                    return "Could not read " + file.name() + ".";
                }
            }
        }
        return "";
    }

    /** Puts the files in the place of the relation of a SELECT, whatever the SELECT does with them. */
    private Dataset<Row> select(Dataset<Row> all) {
        try {
            LogicalPlan selection =
                    session.sessionState().sqlParser().parsePlan(request.selection() + " FROM " + SOURCE);
            LogicalPlan source = all.queryExecution().analyzed();
            LogicalPlan bound = selection.transformUp(new PlanRewrite<>(
                    node -> node instanceof UnresolvedRelation relation && isSource(relation) ? source : node));
            return Dataset.ofRows(session, bound);
        } catch (AnalysisException e) {
            throw new CopyFailure(e);
        }
    }

    private static boolean isSource(UnresolvedRelation relation) {
        return Scala.list(relation.multipartIdentifier()).equals(List.of(SOURCE));
    }

    /** Carries a checked failure of Spark's out. */
    private static final class CopyFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CopyFailure(Exception cause) {
            super(cause);
        }
    }
}
