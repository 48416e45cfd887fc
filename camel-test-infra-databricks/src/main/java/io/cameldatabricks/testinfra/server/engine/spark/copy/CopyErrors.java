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

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;

/** The errors of COPY INTO, with the classes and SQLSTATEs that Databricks documents. */
public final class CopyErrors {

    private CopyErrors() {}

    static LocalFailure noSuchTable(ObjectName table) {
        return LocalFailure.of(
                "DELTA_MISSING_DELTA_TABLE_COPY_INTO",
                "42P01",
                "Table " + table.quoted() + " doesn't exist. Create an empty Delta table first using CREATE TABLE "
                        + table.quoted() + ".");
    }

    static LocalFailure notDelta() {
        return LocalFailure.of("DELTA_COPY_INTO_TARGET_FORMAT", "0AKDD", "COPY INTO target must be a Delta table.");
    }

    static LocalFailure mismatch(ObjectName table, String difference) {
        return LocalFailure.of(
                "COPY_INTO_SCHEMA_MISMATCH_WITH_TARGET_TABLE",
                "42KDG",
                "A schema mismatch was detected while copying into the Delta table (Table: " + table.quoted()
                        + "). This may indicate an issue with the incoming data, or the Delta table schema can be"
                        + " evolved automatically according to the incoming data by setting: COPY_OPTIONS"
                        + " ('mergeSchema' = 'true'). Schema difference: " + difference);
    }

    static LocalFailure arity(ObjectName table, int target, int source) {
        return LocalFailure.of(
                "COPY_INTO_COLUMN_ARITY_MISMATCH",
                "21S01",
                "Cannot write to " + table.quoted() + ", the reason is that the data has " + source
                        + " columns and the target " + target + ".");
    }

    /** @param format as written */
    public static LocalFailure formatNotSupported(String format) {
        return LocalFailure.of(
                "COPY_INTO_SOURCE_FILE_FORMAT_NOT_SUPPORTED",
                "0A000",
                "The format of the source files must be one of CSV, JSON, AVRO, ORC, PARQUET, TEXT, or BINARYFILE, not "
                        + format + ".");
    }

    static LocalFailure noSchema(String format, String why) {
        return LocalFailure.of(
                "COPY_INTO_SOURCE_SCHEMA_INFERENCE_FAILED",
                "42KD9",
                "The source directory did not contain any parsable files of type " + format
                        + ". Please check the contents of the source. " + why);
    }

    static LocalFailure duplicated() {
        return LocalFailure.of(
                "COPY_INTO_DUPLICATED_FILES_COPY_NOT_ALLOWED",
                "25000",
                "Duplicated files were committed in a concurrent COPY INTO operation. Please try again later.");
    }

    static LocalFailure incompatible(String feature, String setting) {
        return LocalFailure.of(
                "COPY_INTO_FEATURE_INCOMPATIBLE_SETTING",
                "42613",
                "The COPY INTO feature '" + feature + "' is not compatible with '" + setting + "'.");
    }

    static LocalFailure unsupported(String feature) {
        return LocalFailure.of(
                "COPY_INTO_UNSUPPORTED_FEATURE", "0A000", "The COPY INTO feature '" + feature + "' is not supported.");
    }

    /** A COPY INTO that breaks its own rules. */
    public static LocalFailure syntax(String subclass, String text) {
        return LocalFailure.of("COPY_INTO_SYNTAX_ERROR." + subclass, "42601", text);
    }
}
