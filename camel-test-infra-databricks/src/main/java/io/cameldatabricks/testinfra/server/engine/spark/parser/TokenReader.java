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

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;

/** Reads a statement token by token. A statement that breaks its own grammar is a syntax error. */
final class TokenReader {

    private final String sql;
    private final List<Token> tokens;
    private int position;

    TokenReader(String sql, List<Token> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    /** The statement's text from the next token on. */
    String rest() {
        return position < tokens.size() ? sql.substring(tokens.get(position).start()) : "";
    }

    /** The statement's text from one token up to another one. */
    String text(int fromPosition, int toPosition) {
        return sql.substring(
                tokens.get(fromPosition).start(), tokens.get(toPosition).start());
    }

    Token peek() {
        return position < tokens.size() ? tokens.get(position) : null;
    }

    void back(int toPosition) {
        position = toPosition;
    }

    void skip() {
        position++;
    }

    int position() {
        return position;
    }

    /** Takes all the words if they come next, in this order. */
    boolean accept(String... words) {
        if (position + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(position + i).is(words[i])) {
                return false;
            }
        }
        position += words.length;
        return true;
    }

    boolean acceptAny(String... words) {
        for (String word : words) {
            if (accept(word)) {
                return true;
            }
        }
        return false;
    }

    boolean acceptSymbol(char symbol) {
        boolean here = position < tokens.size() && tokens.get(position).isSymbol(symbol);
        position += here ? 1 : 0;
        return here;
    }

    void require(String... words) {
        if (!accept(words)) {
            throw unexpected();
        }
    }

    String name() {
        if (position < tokens.size() && tokens.get(position).isName()) {
            return tokens.get(position++).text();
        }
        throw unexpected();
    }

    /** A name of one to three parts. */
    List<String> names() {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(name());
        } while (acceptSymbol('.'));
        return parts;
    }

    String string() {
        if (nextIsString()) {
            return tokens.get(position++).text();
        }
        throw unexpected();
    }

    boolean nextIsString() {
        return position < tokens.size() && tokens.get(position).kind() == Token.Kind.STRING;
    }

    String stringOrNull(boolean present) {
        return present ? string() : null;
    }

    boolean atEnd() {
        return position == tokens.size()
                || (position == tokens.size() - 1 && tokens.get(position).isSymbol(';'));
    }

    void end() {
        if (!atEnd()) {
            throw unexpected();
        }
    }

    LocalFailure unexpected() {
        return LocalFailure.syntax(
                position < tokens.size() ? tokens.get(position).text() : "end of input");
    }
}
