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

/**
 * One parameter marker in the original text.
 *
 * @param start offset of its first character
 * @param end offset after its last character
 * @param kind what it asks for
 * @param name the name, the expression with its braces, or null for a positional marker
 */
record Marker(int start, int end, Kind kind, String name) {

    enum Kind {
        /** {@code :name} or {@code :#name} */
        NAMED,
        /** {@code :#in:name}, as many values as the list has */
        NAMED_LIST,
        /** <code>:#${expression}</code> */
        EXPRESSION,
        /** <code>:#in:${expression}</code>, as many values as the list has */
        EXPRESSION_LIST,
        /** {@code ?} */
        POSITIONAL;

        boolean isList() {
            return this == NAMED_LIST || this == EXPRESSION_LIST;
        }

        boolean isExpression() {
            return this == EXPRESSION || this == EXPRESSION_LIST;
        }
    }
}
