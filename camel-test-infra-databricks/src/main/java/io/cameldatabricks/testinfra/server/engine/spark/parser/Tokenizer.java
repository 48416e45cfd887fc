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

import java.util.ArrayList;
import java.util.List;

import io.cameldatabricks.testinfra.server.engine.spark.parser.Token.Kind;

/** Cuts a SQL text into tokens; knows strings with escapes, raw strings, quoted names and nested comments. */
public final class Tokenizer {

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Tokenizer(String sql) {
        this.sql = sql;
    }

    public static List<Token> tokens(String sql) {
        return tokens(sql, Integer.MAX_VALUE);
    }

    /** @param atMost how many tokens are wanted; the rest of the text is not looked at */
    public static List<Token> tokens(String sql, int atMost) {
        Tokenizer tokenizer = new Tokenizer(sql);
        while (tokenizer.tokens.size() < atMost && tokenizer.skipBlank()) {
            tokenizer.next();
        }
        return tokenizer.tokens;
    }

    private boolean skipBlank() {
        while (position < sql.length()) {
            if (Character.isWhitespace(sql.charAt(position))) {
                position++;
            } else if (sql.startsWith("--", position)) {
                int end = sql.indexOf('\n', position);
                position = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", position)) {
                skipComment();
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else if (sql.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0 && position < sql.length());
    }

    private void next() {
        char c = sql.charAt(position);
        if (c == '`') {
            quotedName();
        } else if (c == '\'' || c == '"') {
            string(position, false);
        } else if (isRawString(c)) {
            position++;
            string(position - 1, true);
        } else if (Character.isDigit(c)) {
            run(Kind.NUMBER);
        } else if (Character.isLetter(c) || c == '_') {
            run(Kind.WORD);
        } else {
            tokens.add(new Token(Kind.SYMBOL, String.valueOf(c), position, ++position));
        }
    }

    private boolean isRawString(char c) {
        return (c == 'r' || c == 'R')
                && position + 1 < sql.length()
                && (sql.charAt(position + 1) == '\'' || sql.charAt(position + 1) == '"');
    }

    private void run(Kind kind) {
        int start = position;
        while (position < sql.length() && isWordPart(sql.charAt(position))) {
            position++;
        }
        tokens.add(new Token(kind, sql.substring(start, position), start, position));
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void quotedName() {
        int start = position++;
        StringBuilder name = new StringBuilder();
        while (position < sql.length()) {
            char c = sql.charAt(position++);
            if (c != '`') {
                name.append(c);
            } else if (position < sql.length() && sql.charAt(position) == '`') {
                name.append('`');
                position++;
            } else {
                break;
            }
        }
        tokens.add(new Token(Kind.QUOTED_NAME, name.toString(), start, position));
    }

    private void string(int start, boolean raw) {
        char quote = sql.charAt(position++);
        StringBuilder value = new StringBuilder();
        while (position < sql.length() && sql.charAt(position) != quote) {
            char c = sql.charAt(position++);
            if (c == '\\' && !raw && position < sql.length()) {
                value.append(escaped(sql.charAt(position++)));
            } else {
                value.append(c);
            }
        }
        position = Math.min(position + 1, sql.length());
        tokens.add(new Token(Kind.STRING, value.toString(), start, position));
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '0' -> '\0';
            case 'b' -> '\b';
            default -> c;
        };
    }
}
