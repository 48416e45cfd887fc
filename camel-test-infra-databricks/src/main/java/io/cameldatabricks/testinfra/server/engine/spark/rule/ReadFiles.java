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
package io.cameldatabricks.testinfra.server.engine.spark.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.DataFrameReader;
import org.apache.spark.sql.classic.Dataset;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;

/** {@code read_files(path, format => 'csv', …)}: a batch read by Spark's own readers. */
final class ReadFiles {

    private static final List<String> FORMATS =
            List.of("csv", "json", "parquet", "orc", "avro", "text", "xml", "binaryfile");

    private ReadFiles() {}

    static LogicalPlan plan(List<Expression> arguments, SessionNames names) {
        Map<String, String> options = new HashMap<>();
        String path = null;
        for (Expression argument : arguments) {
            if (argument instanceof NamedArgumentExpression named) {
                options.put(named.key().toLowerCase(Locale.ROOT), constant(named.value(), named.key()));
            } else if (path == null) {
                path = constant(argument, "path");
            } else {
                throw LocalFailure.of(
                        "READ_FILES_ARGUMENT", "42604", "read_files takes one path and otherwise named arguments.");
            }
        }
        path = path == null ? options.remove("path") : path;
        if (path == null) {
            throw LocalFailure.of("READ_FILES_ARGUMENT", "42604", "read_files needs a path.");
        }
        String local = names.metastore().volumeFolders().existingPath(path);
        String format = options.remove("format");
        format = format == null ? formatOf(local) : format.toLowerCase(Locale.ROOT);
        return read(names, local, format, options);
    }

    private static LogicalPlan read(SessionNames names, String path, String format, Map<String, String> options) {
        String schema = options.remove("schema");
        for (String refused : List.of("schemahints", "rescueddatacolumn", "schemaevolutionmode")) {
            if (options.containsKey(refused)) {
                throw LocalFailure.unsupported("Option " + refused + " of read_files");
            }
        }
        if (format.equals("csv") && schema == null) {
            options.putIfAbsent("inferSchema", "true");
        }
        DataFrameReader reader = names.session().read().format(format).options(options);
        if (schema != null) {
            reader = reader.schema(schema);
        }
        Dataset<?> files = reader.load(path);
        return files.queryExecution().analyzed();
    }

    private static String constant(Expression expression, String name) {
        if (expression.foldable() && expression.resolved()) {
            return String.valueOf(expression.eval(null));
        }
        if (expression instanceof Literal literal) {
            return String.valueOf(literal.value());
        }
        throw LocalFailure.of(
                "READ_FILES_ARGUMENT", "42604", "The argument " + name + " of read_files must be a constant.");
    }

    private static String formatOf(String path) {
        String lower = path.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|bz2|zst|snappy)$", "");
        return FORMATS.stream()
                .filter(format -> lower.endsWith("." + format))
                .findFirst()
                .orElseThrow(() -> LocalFailure.of(
                        "READ_FILES_ARGUMENT",
                        "42604",
                        "The format of the files cannot be told from the path; name it with format => '…'."));
    }
}
