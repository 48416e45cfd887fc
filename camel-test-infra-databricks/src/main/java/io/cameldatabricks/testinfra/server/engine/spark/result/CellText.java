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
package io.cameldatabricks.testinfra.server.engine.spark.result;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** The text of a value, as the API writes it in JSON_ARRAY and CSV results. Nested values are JSON. */
final class CellText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long MICROS = 1_000_000L;

    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 3, 6, true)
            .toFormatter();
    private static final DateTimeFormatter ZONED = new DateTimeFormatterBuilder()
            .append(LOCAL)
            .appendOffset("+HH:MM", "Z")
            .toFormatter();

    private final ZoneId zone;

    CellText(ZoneId zone) {
        this.zone = zone;
    }

    /** @return the value's text, or null for SQL NULL */
    String text(SpecializedGetters row, int index, DataType type) {
        if (row.isNullAt(index) || type instanceof NullType) {
            return null;
        }
        if (type instanceof BinaryType) {
            return Base64.getEncoder().encodeToString(row.getBinary(index));
        }
        if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = JSON.createGenerator(text)) {
                write(json, row, index, type);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return text.toString();
        }
        return scalar(row, index, type);
    }

    private String scalar(SpecializedGetters row, int index, DataType type) {
        if (type instanceof DateType) {
            return LocalDate.ofEpochDay(row.getInt(index)).toString();
        } else if (type instanceof TimestampType) {
            return ZONED.format(instant(row.getLong(index)).atZone(zone));
        } else if (type instanceof TimestampNTZType) {
            return LOCAL.format(LocalDateTime.ofInstant(instant(row.getLong(index)), ZoneOffset.UTC));
        } else if (type instanceof DecimalType decimal) {
            return row.getDecimal(index, decimal.precision(), decimal.scale())
                    .toJavaBigDecimal()
                    .toPlainString();
        } else if (type instanceof VariantType) {
            return row.getVariant(index).toJson(zone);
        } else if (type instanceof YearMonthIntervalType) {
            return yearMonth(row.getInt(index));
        } else if (type instanceof DayTimeIntervalType) {
            return dayTime(row.getLong(index));
        } else if (type instanceof CalendarIntervalType) {
            return row.getInterval(index).toString();
        } else if (type instanceof FloatType) {
            return Float.toString(row.getFloat(index));
        } else if (type instanceof DoubleType) {
            return Double.toString(row.getDouble(index));
        }
        return String.valueOf(row.get(index, type));
    }

    private static String yearMonth(int months) {
        int size = Math.abs(months);
        return (months < 0 ? "-" : "") + size / 12 + "-" + size % 12;
    }

    private static String dayTime(long micros) {
        long size = Math.abs(micros);
        long seconds = size / MICROS;
        return String.format(
                "%s%d %02d:%02d:%02d.%09d",
                micros < 0 ? "-" : "",
                seconds / 86_400,
                seconds / 3_600 % 24,
                seconds / 60 % 60,
                seconds % 60,
                size % MICROS * 1_000);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }

    private void write(JsonGenerator json, SpecializedGetters row, int index, DataType type) throws IOException {
        if (row.isNullAt(index)) {
            json.writeNull();
        } else if (type instanceof StructType struct) {
            json.writeStartObject();
            SpecializedGetters inside = row.getStruct(index, struct.length());
            for (int i = 0; i < struct.length(); i++) {
                StructField field = struct.apply(i);
                json.writeFieldName(field.name());
                write(json, inside, i, field.dataType());
            }
            json.writeEndObject();
        } else if (type instanceof ArrayType array) {
            json.writeStartArray();
            ArrayData items = row.getArray(index);
            for (int i = 0; i < items.numElements(); i++) {
                write(json, items, i, array.elementType());
            }
            json.writeEndArray();
        } else if (type instanceof MapType map) {
            json.writeStartObject();
            MapData entries = row.getMap(index);
            for (int i = 0; i < entries.numElements(); i++) {
                json.writeFieldName(text(entries.keyArray(), i, map.keyType()));
                write(json, entries.valueArray(), i, map.valueType());
            }
            json.writeEndObject();
        } else if (type instanceof VariantType) {
            json.writeRawValue(text(row, index, type));
        } else if (type instanceof BooleanType) {
            json.writeBoolean(row.getBoolean(index));
        } else if (isFiniteNumber(row, index, type)) {
            json.writeNumber(text(row, index, type));
        } else {
            json.writeString(text(row, index, type));
        }
    }

    private static boolean isFiniteNumber(SpecializedGetters row, int index, DataType type) {
        if (type instanceof DoubleType) {
            return Double.isFinite(row.getDouble(index));
        }
        return type instanceof FloatType ? Float.isFinite(row.getFloat(index)) : type instanceof NumericType;
    }
}
