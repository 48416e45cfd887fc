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

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of the columns of one statement. A list of VALUES gives each column one type, to which the server converts the
 * values of all rows; so only rows go together whose values that does not change: equal types, whole numbers, decimals that
 * fit into one type of 38 digits, whole numbers of up to 32 bits with doubles. NULL goes with everything.
 */
final class CommonTypes {

    private static final int MAX_PRECISION = 38;
    private static final Map<String, Integer> DIGITS = Map.of("TINYINT", 3, "SMALLINT", 5, "INT", 10, "BIGINT", 20);
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

    private final String[] types;

    CommonTypes(int columns) {
        this.types = new String[columns];
    }

    /** Whether the row can join those before it. */
    boolean fit(List<String> row) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] != null && row.get(i) != null && common(types[i], row.get(i)) == null) {
                return false;
            }
        }
        return true;
    }

    /** @param row that {@linkplain #fit fits} */
    void add(List<String> row) {
        for (int i = 0; i < types.length; i++) {
            if (row.get(i) != null) {
                types[i] = types[i] == null ? row.get(i) : common(types[i], row.get(i));
            }
        }
    }

    void clear() {
        Arrays.fill(types, null);
    }

    /** The type that holds all values of both as they are, or null when there is none. */
    static String common(String one, String other) {
        if (one.equals(other)) {
            return one;
        }
        Integer oneDigits = DIGITS.get(one);
        Integer otherDigits = DIGITS.get(other);
        if (oneDigits != null && otherDigits != null) {
            return oneDigits > otherDigits ? one : other;
        }
        if (one.equals("DOUBLE") || other.equals("DOUBLE")) {
            Integer digits = one.equals("DOUBLE") ? otherDigits : oneDigits;
            return digits != null && digits <= DIGITS.get("INT") ? "DOUBLE" : null;
        }
        int[] first = decimal(one);
        int[] second = decimal(other);
        if (first == null || second == null) {
            return null;
        }
        int scale = Math.max(first[1], second[1]);
        int precision = Math.max(first[0] - first[1], second[0] - second[1]) + scale;
        return precision > MAX_PRECISION ? null : "DECIMAL(" + precision + "," + scale + ")";
    }

    /** Precision and scale; null when it is neither a decimal nor a whole number. */
    private static int[] decimal(String type) {
        Integer digits = DIGITS.get(type);
        if (digits != null) {
            return new int[] {digits, 0};
        }
        Matcher matcher = DECIMAL.matcher(type);
        return matcher.matches()
                ? new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))}
                : null;
    }
}
