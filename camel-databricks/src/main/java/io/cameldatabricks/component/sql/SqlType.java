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

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SQL type that a parameter may be forced to. Its text is always one of our own words, never the user's, because it
 * becomes part of the statement.
 *
 * @param name the type's name without precision
 * @param precision of a DECIMAL, else 0
 * @param scale of a DECIMAL, else 0
 */
record SqlType(String name, int precision, int scale) {

    static final int MAX_DECIMAL_PRECISION = 38;

    private static final int DEFAULT_DECIMAL_PRECISION = 10;

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("BOOLEAN", "BOOLEAN"),
            Map.entry("TINYINT", "TINYINT"),
            Map.entry("BYTE", "TINYINT"),
            Map.entry("SMALLINT", "SMALLINT"),
            Map.entry("SHORT", "SMALLINT"),
            Map.entry("INT", "INT"),
            Map.entry("INTEGER", "INT"),
            Map.entry("BIGINT", "BIGINT"),
            Map.entry("LONG", "BIGINT"),
            Map.entry("FLOAT", "FLOAT"),
            Map.entry("REAL", "FLOAT"),
            Map.entry("DOUBLE", "DOUBLE"),
            Map.entry("DECIMAL", "DECIMAL"),
            Map.entry("DEC", "DECIMAL"),
            Map.entry("NUMERIC", "DECIMAL"),
            Map.entry("STRING", "STRING"),
            Map.entry("DATE", "DATE"),
            Map.entry("TIMESTAMP", "TIMESTAMP"),
            Map.entry("TIMESTAMP_LTZ", "TIMESTAMP"),
            Map.entry("TIMESTAMP_NTZ", "TIMESTAMP_NTZ"),
            Map.entry("BINARY", "BINARY"),
            Map.entry("VARIANT", "VARIANT"),
            Map.entry("INTERVAL YEAR TO MONTH", "INTERVAL YEAR TO MONTH"),
            Map.entry("INTERVAL DAY TO SECOND", "INTERVAL DAY TO SECOND"));

    private static final Pattern FORM =
            Pattern.compile("([A-Z_]+(?: [A-Z]+)*)(?: ?\\( ?(\\d{1,2}) ?(?:, ?(\\d{1,2}) ?)?\\))?");

    static SqlType parse(String text) {
        String normal = text.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
        Matcher matcher = FORM.matcher(normal);
        String name = matcher.matches() ? NAMES.get(matcher.group(1)) : null;
        if (name == null || (matcher.group(2) != null && !name.equals("DECIMAL"))) {
            throw new IllegalArgumentException("A parameter cannot have the SQL type '" + text
                    + "'; use BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL(p,s), STRING, DATE, TIMESTAMP,"
                    + " TIMESTAMP_NTZ, BINARY, VARIANT, INTERVAL YEAR TO MONTH or INTERVAL DAY TO SECOND.");
        }
        if (!name.equals("DECIMAL")) {
            return new SqlType(name, 0, 0);
        }
        int precision = matcher.group(2) == null ? DEFAULT_DECIMAL_PRECISION : Integer.parseInt(matcher.group(2));
        int scale = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        if (precision < 1 || precision > MAX_DECIMAL_PRECISION || scale > precision) {
            throw new IllegalArgumentException("The SQL type '" + text + "' needs a precision of 1 to "
                    + MAX_DECIMAL_PRECISION + " and a scale of at most the precision.");
        }
        return new SqlType(name, precision, scale);
    }

    /** The type as SQL text. */
    String text() {
        return name.equals("DECIMAL") ? "DECIMAL(" + precision + "," + scale + ")" : name;
    }

    /** Whether the driver can send this type with a value, so that no conversion around the marker is needed. */
    boolean isSendable() {
        return switch (name) {
            case "DECIMAL", "TIMESTAMP_NTZ", "BINARY", "VARIANT", "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND" ->
                false;
            default -> true;
        };
    }
}
