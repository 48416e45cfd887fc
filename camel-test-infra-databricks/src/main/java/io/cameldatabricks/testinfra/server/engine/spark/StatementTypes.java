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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.cameldatabricks.testinfra.server.engine.spark.parser.Token;
import io.cameldatabricks.testinfra.server.engine.spark.parser.Tokenizer;

/** Names the kind of a statement as the query history does. */
final class StatementTypes {

    private static final Set<String> NAMED = Set.of(
            "ALTER",
            "ANALYZE",
            "COPY",
            "CREATE",
            "DELETE",
            "DESCRIBE",
            "DROP",
            "EXPLAIN",
            "GRANT",
            "INSERT",
            "MERGE",
            "OPTIMIZE",
            "REFRESH",
            "REPLACE",
            "REVOKE",
            "SELECT",
            "SET",
            "SHOW",
            "TRUNCATE",
            "UPDATE",
            "USE");
    private static final Set<String> QUERIES = Set.of("WITH", "VALUES", "TABLE", "FROM");

    private StatementTypes() {}

    static String of(String sql) {
        List<Token> tokens = Tokenizer.tokens(sql);
        String first = tokens.stream()
                .filter(token -> !token.isSymbol('('))
                .findFirst()
                .map(token -> token.text().toUpperCase(Locale.ROOT))
                .orElse("");
        if (NAMED.contains(first)) {
            return first;
        }
        if (first.equals("DESC")) {
            return "DESCRIBE";
        }
        if (first.equals("WITH")) {
            return afterWith(tokens);
        }
        return QUERIES.contains(first) ? "SELECT" : "OTHER";
    }

    /** WITH may also begin a statement that writes. */
    private static String afterWith(List<Token> tokens) {
        int depth = 0;
        for (Token token : tokens) {
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')')) {
                depth--;
            } else if (depth == 0) {
                for (String type : List.of("SELECT", "INSERT", "MERGE", "UPDATE", "DELETE")) {
                    if (token.is(type)) {
                        return type;
                    }
                }
            }
        }
        return "SELECT";
    }
}
