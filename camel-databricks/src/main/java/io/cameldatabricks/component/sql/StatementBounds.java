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
package io.cameldatabricks.component.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds where one statement of a text ends and the next begins: at a semicolon, but not inside a compound statement.
 *
 * <p>A compound statement begins with BEGIN as the first word of a statement or after its label, or anywhere in CREATE
 * PROCEDURE, and ends with the END that belongs to it. Inside, BEGIN and CASE are ended by END; the ends
 * of IF, WHILE, LOOP, FOR and REPEAT name what they end. See
 * <a href="https://docs.databricks.com/sql/language-manual/sql-ref-scripting.html">SQL scripting</a>.
 */
final class StatementBounds {

    private static final Set<String> NAMED_ENDS = Set.of("IF", "WHILE", "LOOP", "FOR", "REPEAT");

    private final List<int[]> ranges = new ArrayList<>();
    private int start;
    private int depth;
    private int tokens;
    private boolean create;
    private boolean procedure;
    /** The token before. */
    private String last = "";

    void word(String text) {
        String word = text.toUpperCase(Locale.ROOT);
        if (tokens == 0) {
            create = word.equals("CREATE");
        }
        // CREATE OR REPLACE PROCEDURE
        procedure |= create && tokens <= 3 && word.equals("PROCEDURE");
        if (last.equals("END") && depth > 0) {
            // END IF ends what was not counted; END CASE, a label and anything else follow an END that counts
            if (!NAMED_ENDS.contains(word)) {
                depth--;
            }
            if (word.equals("CASE")) {
                word = "END CASE";
            }
        }
        boolean opens = word.equals("BEGIN") && (depth > 0 || procedure || tokens == 0 || isLabelled());
        if (opens || (word.equals("CASE") && depth > 0)) {
            depth++;
        }
        next(word);
    }

    /** Any other token than a word, a comment or a semicolon. */
    void symbol(char c) {
        endOfBlock();
        next(String.valueOf(c));
    }

    void semicolon(int position) {
        endOfBlock();
        if (depth == 0) {
            close(position);
        } else {
            next(";");
        }
    }

    /** @return the statements of the text, which has ended */
    List<String> end(String text) {
        close(text.length());
        return ranges.stream().map(range -> text.substring(range[0], range[1])).toList();
    }

    private boolean isLabelled() {
        return tokens == 2 && last.equals(":");
    }

    private void endOfBlock() {
        if (last.equals("END") && depth > 0) {
            depth--;
        }
    }

    private void next(String token) {
        last = token;
        tokens++;
    }

    private void close(int end) {
        if (tokens > 0) {
            ranges.add(new int[] {start, end});
        }
        start = end + 1;
        depth = 0;
        tokens = 0;
        create = false;
        procedure = false;
        last = "";
    }
}
