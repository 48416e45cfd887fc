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
package io.cameldatabricks.testinfra.server.thrift;

import java.util.Locale;
import java.util.regex.Pattern;

/** A name pattern of JDBC: {@code %} for any characters, {@code _} for any one, a backslash before what is meant itself. */
final class NamePattern {

    private final String text;
    private final Pattern regex;

    private NamePattern(String text) {
        this.text = text;
        this.regex = text == null ? null : regex(text);
    }

    /** @param text null for any name */
    static NamePattern of(String text) {
        return new NamePattern(text);
    }

    private static Pattern regex(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                regex.append(Pattern.quote(String.valueOf(text.charAt(++i))));
            } else if (c == '%') {
                regex.append(".*");
            } else {
                regex.append(c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    boolean matches(String name) {
        return regex == null || (name != null && regex.matcher(name).matches());
    }

    /**
     * The pattern as a clause of a SHOW statement, whose patterns are coarser: it may let more pass, never less.
     *
     * @param words such as {@code SCHEMA LIKE}
     */
    String clause(String words) {
        if (text == null) {
            return "";
        }
        StringBuilder like = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                c = text.charAt(++i);
                like.append(Character.isLetterOrDigit(c) || c == '_' ? c : '.');
            } else if (c == '%') {
                like.append('*');
            } else {
                like.append(Character.isLetterOrDigit(c) ? c : '.');
            }
        }
        return " " + words + " '" + like.toString().toLowerCase(Locale.ROOT) + "'";
    }
}
