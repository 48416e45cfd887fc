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
package io.cameldatabricks.component.ingest;

import io.cameldatabricks.component.sql.ValueBinding;

/**
 * How the server makes a value of a column out of its text in a file, over all rows of the file: as it does with the value
 * that INSERT binds, so that both write the same. For one thread.
 */
final class ColumnSource {

    private static final String TEXT = "?";

    /** Around the type of values that are given with their type. */
    private static final String CAST = "CAST(? AS ";

    private String expression;
    private String type;
    private boolean nested;
    private boolean plain;

    /** A value that is not null. */
    void add(ValueBinding binding) {
        String newType = binding.placeholder().equals("?") ? binding.type() : null;
        String newExpression = newType == null ? binding.placeholder() : ofType(newType);
        if (expression == null) {
            expression = newExpression;
            type = newType;
        } else if (!expression.equals(newExpression)) {
            type = type == null || newType == null ? null : CommonTypes.common(type, newType);
            // what has no type in common is what its text says
            expression = type == null ? TEXT : ofType(type);
        }
        plain = true;
    }

    /** A value that is a document of its own. */
    void addNested() {
        nested = true;
    }

    private static String ofType(String type) {
        return type.equals("STRING") ? TEXT : CAST + type + ")";
    }

    /**
     * @param column in quotes
     * @param target the type of the column in the table, as the server names it
     */
    String select(String column, String target) {
        String value;
        if (target.startsWith("struct<") || target.startsWith("array<") || target.startsWith("map<")) {
            value = "from_json(" + column + ", " + CopyText.literal(target) + ", map('mode', 'FAILFAST'))";
        } else if (nested && !plain) {
            value = target.equals("variant") ? "parse_json(" + column + ")" : "CAST(" + column + " AS " + target + ")";
        } else {
            String source = expression == null || nested ? column : expression.replace("?", column);
            value = source.equals(column) && target.equals("string")
                    ? column
                    : "CAST(" + source + " AS " + target + ")";
        }
        if (value.equals(column)) {
            return column;
        }
        // a server that is told not to insist on the rules of ANSI turns what it cannot convert into a null
        return "coalesce(" + value + ", CASE WHEN " + column + " IS NOT NULL THEN raise_error("
                + CopyText.literal("A value does not fit into the column " + column) + ") END)";
    }
}
