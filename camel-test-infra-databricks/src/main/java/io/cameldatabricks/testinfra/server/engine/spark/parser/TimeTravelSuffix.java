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

/** Writes {@code t@v5} and {@code t@20260101000000000} as Spark's grammar knows it: {@code t VERSION AS OF 5}. */
final class TimeTravelSuffix {

    private static final int STAMP_LENGTH = 17;

    private TimeTravelSuffix() {}

    static String expand(String sql) {
        if (sql.indexOf('@') < 0) {
            return sql;
        }
        List<Token> tokens = Tokenizer.tokens(sql);
        StringBuilder expanded = new StringBuilder(sql);
        for (int i = tokens.size() - 2; i > 0; i--) {
            Token at = tokens.get(i);
            Token name = tokens.get(i - 1);
            Token version = tokens.get(i + 1);
            boolean joined = at.isSymbol('@') && name.end() == at.start() && at.end() == version.start();
            String clause = joined && name.isName() ? clause(version) : null;
            if (clause != null) {
                expanded.replace(at.start(), version.end(), clause);
            }
        }
        return expanded.toString();
    }

    private static String clause(Token version) {
        String text = version.text();
        if (version.kind() == Token.Kind.WORD && text.matches("[vV][0-9]+")) {
            return " VERSION AS OF " + text.substring(1);
        }
        if (version.kind() == Token.Kind.NUMBER && text.length() == STAMP_LENGTH) {
            return " TIMESTAMP AS OF '" + text.substring(0, 4) + "-" + text.substring(4, 6) + "-"
                    + text.substring(6, 8) + " " + text.substring(8, 10) + ":" + text.substring(10, 12) + ":"
                    + text.substring(12, 14) + "." + text.substring(14) + "'";
        }
        return null;
    }
}
