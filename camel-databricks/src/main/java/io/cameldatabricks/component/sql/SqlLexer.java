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
import java.util.function.BiFunction;

/**
 * Finds the markers of a text, and the statements in it, in one pass. It knows what may hide a colon or a question mark: literals, quoted
 * names, comments, casts and paths. The rules are told in {@link ParsedSql}.
 */
final class SqlLexer {

    private final String text;
    private final List<Marker> markers = new ArrayList<>();
    private final StatementBounds bounds = new StatementBounds();
    private final ReadWords words = new ReadWords();
    private int position;
    /** The token before the position ends exactly there and may be the left side of an operator. */
    private boolean afterOperand;

    private SqlLexer(String text) {
        this.text = text;
    }

    static List<Marker> markers(String text) {
        return read(text, (markers, words) -> markers);
    }

    /** @param then is told the markers and the words of the text */
    static <T> T read(String text, BiFunction<List<Marker>, ReadWords, T> then) {
        SqlLexer lexer = new SqlLexer(text);
        lexer.read();
        return then.apply(List.copyOf(lexer.markers), lexer.words);
    }

    /** The statements of the text that are more than spaces and comments, without the semicolons between them. */
    static List<String> statements(String text) {
        SqlLexer lexer = new SqlLexer(text);
        lexer.read();
        return lexer.bounds.end(text);
    }

    private void read() {
        while (position < text.length()) {
            token();
        }
    }

    private void token() {
        char c = text.charAt(position);
        if (isNamePart(c)) {
            word();
        } else {
            if (!Character.isWhitespace(c) && c != ';' && !isComment(c)) {
                bounds.symbol(c);
            }
            switch (c) {
                case '\'', '"' -> quoted(c, true);
                case '`' -> quoted(c, false);
                case '-' -> dash();
                case '/' -> slash();
                case '$' -> dollar();
                case ':' -> colon();
                case '?' -> questionMark();
                default -> {
                    if (c == ';') {
                        bounds.semicolon(position);
                    }
                    position++;
                    afterOperand = c == ')' || c == ']';
                }
            }
        }
    }

    private boolean isComment(char c) {
        return c == '-' && at(position + 1) == '-' || c == '/' && at(position + 1) == '*';
    }

    private void word() {
        int start = position;
        position = endOfName(start);
        boolean rawPrefix = position == start + 1 && (text.charAt(start) == 'r' || text.charAt(start) == 'R');
        if (rawPrefix && (at(position) == '\'' || at(position) == '"')) {
            bounds.symbol('\'');
            rawLiteral(start);
        } else {
            String word = text.substring(start, position);
            bounds.word(word);
            words.word(word);
        }
        afterOperand = true;
    }

    private void rawLiteral(int start) {
        int end = text.indexOf(text.charAt(position), position + 1);
        if (end < 0) {
            throw unterminated("string literal", start);
        }
        position = end + 1;
    }

    /** A doubled quote needs no care: it ends one literal and begins the next, which hides the same characters. */
    private void quoted(char quote, boolean backslashEscapes) {
        int start = position;
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '\\' && backslashEscapes) {
                position++;
            } else if (c == quote) {
                position++;
                afterOperand = true;
                return;
            }
        }
        throw unterminated(quote == '`' ? "quoted name" : "string literal", start);
    }

    private void dash() {
        if (at(position + 1) != '-') {
            operator(1);
            return;
        }
        for (position += 2; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '\\' && at(position + 1) == '\n') {
                // Spark continues a comment on the next line after a backslash
                position++;
            } else if (c == '\n' || c == '\r') {
                break;
            }
        }
        afterOperand = false;
    }

    private void slash() {
        if (at(position + 1) != '*') {
            operator(1);
            return;
        }
        int start = position;
        int depth = 1;
        position += 2;
        while (depth > 0) {
            if (position >= text.length()) {
                throw unterminated("comment", start);
            }
            if (text.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else if (text.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else {
                position++;
            }
        }
        afterOperand = false;
    }

    /** {@code $$body$$} or {@code $tag$body$tag$} */
    private void dollar() {
        int tagEnd = endOfName(position + 1);
        if (afterOperand || at(tagEnd) != '$') {
            operator(1);
            return;
        }
        String tag = text.substring(position, tagEnd + 1);
        int end = text.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            throw unterminated("dollar-quoted string", position);
        }
        position = end + tag.length();
        afterOperand = true;
    }

    private void colon() {
        char next = at(position + 1);
        if (next == ':') {
            operator(2);
        } else if (next == '#') {
            camelMarker();
        } else if (!afterOperand && isNamePart(next) && !Character.isDigit(next)) {
            int end = endOfName(position + 1);
            marker(end, Marker.Kind.NAMED, text.substring(position + 1, end));
        } else {
            operator(1);
        }
    }

    private void camelMarker() {
        int start = position + 2;
        boolean list = text.startsWith("in:", start) && (isNamePart(at(start + 3)) || at(start + 3) == '$');
        if (list) {
            start += 3;
        }
        if (text.startsWith("${", start)) {
            int end = endOfExpression(start);
            marker(end, list ? Marker.Kind.EXPRESSION_LIST : Marker.Kind.EXPRESSION, text.substring(start, end));
            return;
        }
        int end = endOfName(start);
        if (end == start) {
            throw new IllegalArgumentException(
                    "The marker ':#' at " + place(position) + " needs a name or ${expression} after it.");
        }
        marker(end, list ? Marker.Kind.NAMED_LIST : Marker.Kind.NAMED, text.substring(start, end));
    }

    private int endOfExpression(int start) {
        int depth = 0;
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        throw unterminated("expression", start);
    }

    private void questionMark() {
        if (afterOperand && text.startsWith("?::", position)) {
            // try_cast operator
            operator(3);
        } else {
            marker(position + 1, Marker.Kind.POSITIONAL, null);
        }
    }

    private void marker(int end, Marker.Kind kind, String name) {
        markers.add(new Marker(position, end, kind, name));
        position = end;
        afterOperand = true;
    }

    private void operator(int length) {
        position += length;
        afterOperand = false;
    }

    private int endOfName(int from) {
        int i = from;
        while (isNamePart(at(i))) {
            i++;
        }
        return i;
    }

    static boolean isNamePart(char c) {
        return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }

    /** NUL beyond the end: it is part of no token. */
    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private IllegalArgumentException unterminated(String what, int start) {
        return new IllegalArgumentException("The " + what + " that begins at " + place(start) + " has no end.");
    }

    private String place(int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return "line " + line + ", column " + (offset - lineStart + 1);
    }
}
