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
package io.cameldatabricks.testinfra.server.engine.spark.parameter;

import java.util.List;
import java.util.Map;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.parser.Token;
import io.cameldatabricks.testinfra.server.engine.spark.parser.Tokenizer;

/** Finds the markers of a statement that Spark's grammar does not have: {@code :name} after a space or symbol, and ?. */
final class FileStatementMarkers {

    private final String sql;
    private final List<Token> tokens;

    FileStatementMarkers(String sql) {
        this.sql = sql;
        this.tokens = Tokenizer.tokens(sql);
    }

    /** @param named literals by name; @param positional literals in order; one of the two is empty */
    String substitute(Map<String, String> named, List<String> positional) {
        StringBuilder text = new StringBuilder();
        int copied = 0;
        int ordinal = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String literal = null;
            int end = token.end();
            if (token.isSymbol('?') && !positional.isEmpty()) {
                literal = ordinal < positional.size() ? positional.get(ordinal) : null;
                ordinal++;
                require(literal, "_" + ordinal);
            } else if (isName(i)) {
                Token name = tokens.get(i + 1);
                literal = named.get(name.text());
                end = name.end();
                require(literal, name.text());
            }
            if (literal != null) {
                text.append(sql, copied, token.start()).append(literal);
                copied = end;
            }
        }
        return text.append(sql.substring(copied)).toString();
    }

    /** A colon of a path into a VARIANT, or of {@code ::}, is none. */
    private boolean isName(int i) {
        Token token = tokens.get(i);
        if (!token.isSymbol(':') || i + 1 == tokens.size()) {
            return false;
        }
        Token next = tokens.get(i + 1);
        Token before = i == 0 ? null : tokens.get(i - 1);
        boolean glued = before != null
                && before.end() == token.start()
                && (before.isName() || before.isSymbol(':') || before.isSymbol(')') || before.isSymbol(']'));
        return next.kind() == Token.Kind.WORD && next.start() == token.end() && !glued;
    }

    private static void require(String literal, String name) {
        if (literal == null) {
            throw LocalFailure.of("UNBOUND_SQL_PARAMETER", "42P02", "Found the unbound parameter: " + name + ".");
        }
    }
}
