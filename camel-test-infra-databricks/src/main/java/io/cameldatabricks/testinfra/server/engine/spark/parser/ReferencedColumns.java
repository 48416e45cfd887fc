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
import java.util.Locale;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.information.KeyConstraint;
import io.cameldatabricks.testinfra.server.engine.spark.information.TableDetails;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;

/**
 * Names the columns of {@code REFERENCES parent}, which may be left out when they are the parent's primary key: Spark's
 * parser breaks without them.
 */
final class ReferencedColumns {

    private ReferencedColumns() {}

    static String expand(String sql, SessionNames names) {
        if (!sql.toUpperCase(Locale.ROOT).contains("REFERENCES")) {
            return sql;
        }
        List<Token> tokens = Tokenizer.tokens(sql);
        if (tokens.isEmpty() || !(tokens.get(0).is("CREATE") || tokens.get(0).is("ALTER"))) {
            return sql;
        }
        StringBuilder expanded = new StringBuilder(sql);
        for (int i = tokens.size() - 2; i > 0; i--) {
            if (tokens.get(i).is("REFERENCES") && tokens.get(i + 1).isName()) {
                TokenReader reader = new TokenReader(sql, tokens);
                reader.back(i + 1);
                List<String> parent = reader.names();
                Token last = tokens.get(reader.position() - 1);
                if (!reader.acceptSymbol('(')) {
                    expanded.insert(last.end(), " (" + columns(names.object(parent), names) + ")");
                }
            }
        }
        return expanded.toString();
    }

    private static String columns(ObjectName parent, SessionNames names) {
        return TableDetails.find(names.session(), parent).stream()
                .flatMap(table -> table.keys().stream())
                .filter(KeyConstraint::primary)
                .findFirst()
                .map(key -> "`" + String.join("`, `", key.columns()) + "`")
                .orElseThrow(() -> LocalFailure.of(
                        "FOREIGN_KEY_MISMATCH",
                        "42830",
                        "Foreign key parent columns cannot be told because table " + parent.quoted()
                                + " has no primary key."));
    }
}
