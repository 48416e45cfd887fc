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
package io.cameldatabricks.testinfra.server.engine.spark.failure;

/**
 * A failure that the local warehouse itself finds, before or beside Spark, already worded as Databricks words it.
 * Unchecked, because it travels through Spark's own code.
 */
public final class LocalFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String errorCode;
    private final String sqlState;

    private LocalFailure(String errorCode, String sqlState, String message) {
        super(message, null, false, false);
        this.errorCode = errorCode;
        this.sqlState = sqlState;
    }

    /** @return a failure whose message reads {@code [CLASS] text SQLSTATE: state} */
    public static LocalFailure of(String errorClass, String sqlState, String text) {
        return new LocalFailure("BAD_REQUEST", sqlState, "[" + errorClass + "] " + text + " SQLSTATE: " + sqlState);
    }

    /** What Databricks can do and this warehouse cannot. */
    public static LocalFailure unsupported(String what) {
        return of("FEATURE_NOT_SUPPORTED_LOCALLY", "0A000", what + " is not supported by the local warehouse.");
    }

    public static LocalFailure noSuchCatalog(String catalog) {
        return of(
                "NO_SUCH_CATALOG_EXCEPTION",
                "42704",
                "Catalog '" + catalog
                        + "' was not found. Please verify the catalog name and then retry the query or command again.");
    }

    public static LocalFailure schemaNotFound(String quoted) {
        return of(
                "SCHEMA_NOT_FOUND",
                "42704",
                "The schema " + quoted
                        + " cannot be found. Verify the spelling and correctness of the schema and catalog.");
    }

    public static LocalFailure schemaExists(String quoted) {
        return of("SCHEMA_ALREADY_EXISTS", "42P06", "Cannot create schema " + quoted + " because it already exists.");
    }

    public static LocalFailure pathNotFound(String path) {
        return of("PATH_NOT_FOUND", "42K03", "Path does not exist: " + path + ".");
    }

    public static LocalFailure syntax(String near) {
        return of("PARSE_SYNTAX_ERROR", "42601", "Syntax error at or near '" + near + "'.");
    }

    public String errorCode() {
        return errorCode;
    }

    public String sqlState() {
        return sqlState;
    }
}
