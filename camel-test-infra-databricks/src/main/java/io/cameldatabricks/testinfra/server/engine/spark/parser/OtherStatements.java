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
package io.cameldatabricks.testinfra.server.engine.spark.parser;

import java.util.List;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;

/** Statements of Databricks that this warehouse knows but cannot run: each says so instead of being a syntax error. */
final class OtherStatements {

    private static final List<String[]> UNSUPPORTED = List.of(
            words("BEGIN TRANSACTION"),
            words("COMMIT"),
            words("ROLLBACK"),
            words("CREATE CONNECTION"),
            words("CREATE FOREIGN CATALOG"),
            words("CREATE EXTERNAL LOCATION"),
            words("CREATE STORAGE CREDENTIAL"),
            words("CREATE CREDENTIAL"),
            words("CREATE SHARE"),
            words("CREATE RECIPIENT"),
            words("CREATE PROVIDER"),
            words("CREATE MATERIALIZED VIEW"),
            words("CREATE OR REPLACE MATERIALIZED VIEW"),
            words("CREATE STREAMING TABLE"),
            words("CREATE OR REFRESH STREAMING TABLE"),
            words("CREATE PROCEDURE"),
            words("CREATE OR REPLACE PROCEDURE"),
            words("CREATE POLICY"),
            words("CREATE SERVER"),
            words("CALL"),
            words("DENY"),
            words("FSCK REPAIR TABLE"),
            words("SYNC"),
            words("UNDROP"),
            words("CONVERT TO ICEBERG"));

    private static final List<String[]> UNSUPPORTED_CHANGES = List.of(
            words("SET ROW FILTER"),
            words("DROP ROW FILTER"),
            words("SET MASK"),
            words("DROP MASK"),
            words("SET TAGS"),
            words("UNSET TAGS"),
            words("SET MANAGED"),
            words("ENABLE PREDICTIVE OPTIMIZATION"));

    private OtherStatements() {}

    private static String[] words(String text) {
        return text.split(" ");
    }

    /** @throws LocalFailure when the statement is one of them */
    static void refuse(TokenReader reader) {
        for (String[] statement : UNSUPPORTED) {
            if (reader.accept(statement)) {
                throw LocalFailure.unsupported(String.join(" ", statement));
            }
        }
        int start = reader.position();
        if (reader.accept("ALTER") && reader.peek() != null) {
            while (!reader.atEnd()) {
                for (String[] change : UNSUPPORTED_CHANGES) {
                    if (reader.accept(change)) {
                        throw LocalFailure.unsupported("ALTER … " + String.join(" ", change));
                    }
                }
                reader.skip();
            }
        }
        reader.back(start);
        boolean function = reader.accept("CREATE", "FUNCTION") || reader.accept("CREATE", "OR", "REPLACE", "FUNCTION");
        while (function && !reader.atEnd()) {
            if (reader.accept("LANGUAGE", "PYTHON")) {
                throw LocalFailure.unsupported("A function in Python");
            }
            reader.skip();
        }
        reader.back(start);
    }
}
