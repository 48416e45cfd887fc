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
package io.cameldatabricks.component.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A SQL type as a tree, read from its text: {@code MAP<STRING, ARRAY<DECIMAL(10,2)>>}.
 *
 * @param name the type's name in capitals without its arguments; intervals with their fields
 * @param scale of a DECIMAL, else 0
 * @param fields names of a STRUCT's fields, else empty
 * @param children types of the fields, of the element, or of key and value
 */
record DataType(String name, int scale, List<String> fields, List<DataType> children) {

    static DataType parse(String text) {
        return new Parser(text).type();
    }

    private static DataType scalar(String name, int scale) {
        return new DataType(name, scale, List.of(), List.of());
    }

    /** Recursive descent; what it does not know it skips up to the next comma or bracket. */
    private static final class Parser {
        private final String text;
        private int position;

        Parser(String text) {
            this.text = text;
        }

        DataType type() {
            StringBuilder words = new StringBuilder();
            int scale = 0;
            while (position < text.length()) {
                char c = text.charAt(position);
                if (c == '<') {
                    position++;
                    return nested(words.toString().strip().toUpperCase(Locale.ROOT));
                } else if (c == '(') {
                    scale = scale();
                } else if (c == ',' || c == '>') {
                    break;
                } else if (c == '\'') {
                    skipQuoted(c);
                } else {
                    words.append(c);
                    position++;
                }
            }
            return scalar(withoutSuffix(words.toString()), scale);
        }

        private DataType nested(String name) {
            List<String> fields = new ArrayList<>();
            List<DataType> children = new ArrayList<>();
            while (position < text.length() && text.charAt(position) != '>') {
                if (name.equals("STRUCT")) {
                    fields.add(fieldName());
                }
                children.add(type());
                skipSuffix();
                if (position < text.length() && text.charAt(position) == ',') {
                    position++;
                }
            }
            position++;
            return new DataType(name, 0, List.copyOf(fields), List.copyOf(children));
        }

        private String fieldName() {
            skipBlanks();
            StringBuilder name = new StringBuilder();
            if (position < text.length() && text.charAt(position) == '`') {
                for (position++; position < text.length(); position++) {
                    if (text.charAt(position) != '`') {
                        name.append(text.charAt(position));
                    } else if (position + 1 < text.length() && text.charAt(position + 1) == '`') {
                        name.append('`');
                        position++;
                    } else {
                        position++;
                        break;
                    }
                }
                skipBlanks();
            } else {
                while (position < text.length() && text.charAt(position) != ':') {
                    name.append(text.charAt(position++));
                }
            }
            position++;
            return name.toString().strip();
        }

        /** Of {@code (18,2)}. */
        private int scale() {
            int end = text.indexOf(')', position);
            end = end < 0 ? text.length() : end;
            String[] arguments = text.substring(position + 1, end).split(",");
            position = Math.min(end + 1, text.length());
            try {
                return arguments.length == 2 ? Integer.parseInt(arguments[1].strip()) : 0;
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        /** NOT NULL or COMMENT after a nested type. */
        private void skipSuffix() {
            while (position < text.length() && text.charAt(position) != ',' && text.charAt(position) != '>') {
                if (text.charAt(position) == '\'') {
                    skipQuoted('\'');
                } else {
                    position++;
                }
            }
        }

        private void skipQuoted(char quote) {
            for (position++; position < text.length() && text.charAt(position) != quote; position++) {
                if (text.charAt(position) == '\\') {
                    position++;
                }
            }
            position++;
        }

        private void skipBlanks() {
            while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
                position++;
            }
        }

        private static String withoutSuffix(String words) {
            String name = words.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
            for (String suffix : List.of(" NOT NULL", " COMMENT", " COLLATE")) {
                int at = name.indexOf(suffix);
                if (at > 0) {
                    name = name.substring(0, at);
                }
            }
            return name;
        }
    }
}
