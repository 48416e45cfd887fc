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
package io.cameldatabricks.component.poll;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.cameldatabricks.component.sql.TypedValue;

/**
 * How far a query has been read: the value of its incrementing column in the last row that was processed. Immutable.
 *
 * @param type the SQL type of the value
 * @param text the value in the type's literal form
 */
public record Position(String type, String text) {

    /** The value comes from an option, and is converted to whatever type the column has. */
    private static final String ANY = "STRING";

    private static final Pattern TYPED = Pattern.compile(
            "((?:BIGINT|DECIMAL\\(\\d+, ?\\d+\\)|STRING|DATE|TIMESTAMP(?:_NTZ)?)):(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * Of the value of a row.
     *
     * @throws IllegalArgumentException when values of this kind have no order to go by
     */
    public static Position of(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return new Position("BIGINT", value.toString());
        } else if (value instanceof BigDecimal decimal) {
            int scale = Math.max(0, decimal.scale());
            int precision = Math.max(scale, decimal.precision() - decimal.scale() + scale);
            return new Position("DECIMAL(" + precision + "," + scale + ")", decimal.toPlainString());
        } else if (value instanceof Instant) {
            return new Position("TIMESTAMP", value.toString());
        } else if (value instanceof LocalDateTime) {
            return new Position("TIMESTAMP_NTZ", value.toString());
        } else if (value instanceof LocalDate) {
            return new Position("DATE", value.toString());
        } else if (value instanceof String text) {
            return new Position(ANY, text);
        }
        throw new IllegalArgumentException(
                value == null
                        ? "it is NULL"
                        : "its values are of " + value.getClass().getName());
    }

    /**
     * Of an option: a number, a text, or a date or time in ISO form; or with its type before it, such as
     * {@code DECIMAL(19,0):1234567890123456789}. The server compares decimals with what has no type as doubles, which skips
     * neighbours.
     */
    public static Position initial(String text) {
        Matcher typed = TYPED.matcher(text);
        return typed.matches()
                ? new Position(TypedValue.of(typed.group(1), null).type(), typed.group(2))
                : new Position(ANY, text);
    }

    /**
     * Of what {@link #stored()} gave.
     *
     * @throws IllegalArgumentException when it did not
     */
    public static Position parse(String stored) {
        int colon = stored.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("what is stored is no position");
        }
        String type = stored.substring(0, colon);
        // the type becomes part of a statement
        return new Position(
                TypedValue.of(type, null).type(),
                URLDecoder.decode(stored.substring(colon + 1), StandardCharsets.UTF_8));
    }

    /** One line of letters, digits and a few signs, for stores of any kind. */
    public String stored() {
        return type + ":" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** For a parameter of a statement. */
    public Object value() {
        return type.equals(ANY) ? text : TypedValue.of(type, text);
    }

    /** @throws IllegalArgumentException when it is no whole number */
    long version() {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the position is no version of a table", e);
        }
    }

    /** Without the value, which is data. */
    @Override
    public String toString() {
        return "Position[" + type + "]";
    }
}
