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
import java.util.Set;

/** Statements about files. Spark's grammar has none of them, so it cannot find their parameter markers either. */
public final class FileStatement {

    private static final Set<String> FIRST_WORDS = Set.of("COPY", "GET", "LIST", "PUT", "REMOVE");

    private FileStatement() {}

    public static boolean isOne(String sql) {
        List<Token> first = Tokenizer.tokens(sql, 1);
        return !first.isEmpty() && FIRST_WORDS.contains(first.get(0).text().toUpperCase(Locale.ROOT));
    }
}
