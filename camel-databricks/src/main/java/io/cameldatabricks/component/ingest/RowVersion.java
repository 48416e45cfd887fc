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

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.OptionalInt;

import io.cameldatabricks.component.sql.ValueBinding;

/**
 * The value of the versionColumn of a row: which of two rows is younger, as far as that can be told here as the server would
 * tell it. A text may be a number, a date or a text to the column of the table, so that only equal texts are told. Immutable.
 *
 * @param value that is sent
 * @param order what it is compared by, or null
 */
record RowVersion(Object value, Comparable<?> order) {

    static RowVersion of(ValueBinding binding) {
        return new RowVersion(binding.value(), order(binding));
    }

    private static Comparable<?> order(ValueBinding binding) {
        Object value = binding.value();
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue()) ? new BigDecimal(value.toString()) : null;
        } else if (value instanceof Number) {
            return new BigDecimal(value.toString());
        } else if (!(value instanceof String text)) {
            return null;
        } else if (binding.placeholder().equals("?")) {
            return switch (binding.type()) {
                case "TIMESTAMP" -> Instant.parse(text);
                case "DATE" -> LocalDate.parse(text);
                default -> null;
            };
        } else {
            return binding.placeholder().equals("CAST(? AS TIMESTAMP_NTZ)") ? LocalDateTime.parse(text) : null;
        }
    }

    /** Less than zero when this one is older, zero when none is; empty when only the server can tell. */
    OptionalInt compareTo(RowVersion other) {
        if (value.equals(other.value)) {
            return OptionalInt.of(0);
        } else if (order instanceof BigDecimal one && other.order instanceof BigDecimal two) {
            return OptionalInt.of(one.compareTo(two));
        } else if (order instanceof Instant one && other.order instanceof Instant two) {
            return OptionalInt.of(one.compareTo(two));
        } else if (order instanceof LocalDate one && other.order instanceof LocalDate two) {
            return OptionalInt.of(one.compareTo(two));
        } else if (order instanceof LocalDateTime one && other.order instanceof LocalDateTime two) {
            return OptionalInt.of(one.compareTo(two));
        }
        return OptionalInt.empty();
    }
}
