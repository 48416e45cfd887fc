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

import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * The Java value of a cell, by the column's SQL type (docs/types.adoc). The JVM's zone has no influence.
 *
 * <p>A TIMESTAMP is a point in time, so it is an {@link java.time.Instant}; a {@code java.sql.Timestamp}, which the
 * driver gives, shows the same value differently in each JVM. A TIMESTAMP_NTZ has no zone, so it is a {@link
 * LocalDateTime}. VARIANT stays JSON text.
 */
final class TypeMapping {

    private final DataType type;
    private final ZoneId zone;

    /** @param zone the session's, for a TIMESTAMP that arrives without one */
    TypeMapping(String typeText, ZoneId zone) {
        this.type = DataType.parse(typeText);
        this.zone = zone;
    }

    /** @param column from 1 */
    Object value(Cells cells, int column) throws SQLException {
        return switch (type.name()) {
            case "ARRAY", "MAP", "STRUCT" -> {
                String json = cells.text(column);
                yield json == null ? null : NestedJson.read(type, json, zone);
            }
            // the driver gives only the first character of a CHAR
            case "TIMESTAMP", "TIMESTAMP_LTZ", "TIMESTAMP_NTZ", "CHAR" -> {
                String text = cells.text(column);
                yield text == null ? null : ScalarText.value(type, text, zone);
            }
            case "DATE" -> {
                Object value = cells.object(column);
                yield value instanceof Date date
                        ? date.toLocalDate()
                        : value == null ? null : ScalarText.value(type, value.toString(), zone);
            }
            case "VARIANT", "GEOMETRY", "GEOGRAPHY" -> {
                Object value = cells.object(column);
                yield value == null ? null : value.toString();
            }
            default -> {
                Object value = cells.object(column);
                yield value instanceof String text && type.name().startsWith("INTERVAL")
                        ? ScalarText.interval(text)
                        : value;
            }
        };
    }
}
