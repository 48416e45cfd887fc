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

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;

/**
 * Values of the type mapping as text and as JSON: dates, times and intervals as ISO 8601 has them, decimals with all their
 * digits and no exponent, BINARY as Base64, nested values as JSON.
 */
final class ValueText {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private ValueText() {}

    /** For JSON texts one after the other, with nothing between them. */
    static JsonGenerator generator(OutputStream out) {
        try {
            return JSON.createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter(""));
        } catch (IOException e) {
            // nothing is written yet
            throw new UncheckedIOException(e);
        }
    }

    /** @param value not null */
    static String of(DataType type, Object value) {
        if (!(value instanceof Map<?, ?>) && !(value instanceof List<?>)) {
            return scalar(value);
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            write(generator, type, value);
        } catch (IOException e) {
            // nothing is written to but memory
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String scalar(Object value) {
        if (value instanceof byte[] binary) {
            return Base64.getEncoder().encodeToString(binary);
        } else if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        } else if (value instanceof LocalDateTime dateTime) {
            // toString leaves the seconds out when they are 0
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(dateTime);
        }
        return value.toString();
    }

    static void write(JsonGenerator generator, DataType type, Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            if (type.name().equals("VARIANT")) {
                json(generator, text);
            } else {
                generator.writeString(text);
            }
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Number number) {
            number(generator, number);
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, child(type, 0), element);
            }
            generator.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            map(generator, type, map);
        } else {
            generator.writeString(scalar(value));
        }
    }

    /** NaN and the infinities, which JSON does not know, are written as text. */
    private static void number(JsonGenerator generator, Number number) throws IOException {
        if (number instanceof BigDecimal decimal) {
            generator.writeNumber(decimal);
        } else if (number instanceof Double value) {
            generator.writeNumber(value);
        } else if (number instanceof Float value) {
            generator.writeNumber(value);
        } else {
            generator.writeNumber(number.longValue());
        }
    }

    private static void map(JsonGenerator generator, DataType type, Map<?, ?> map) throws IOException {
        boolean struct = type.name().equals("STRUCT");
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = scalar(entry.getKey());
            generator.writeFieldName(name);
            write(generator, child(type, struct ? type.fields().indexOf(name) : 1), entry.getValue());
        }
        generator.writeEndObject();
    }

    private static DataType child(DataType type, int index) {
        return index >= 0 && index < type.children().size() ? type.children().get(index) : DataType.parse("STRING");
    }

    /** A VARIANT is JSON already; what is not, stays text. */
    private static void json(JsonGenerator generator, String text) throws IOException {
        try (JsonParser check = JSON.createParser(text)) {
            while (check.nextToken() != null) {
                check.skipChildren();
            }
        } catch (JsonProcessingException e) {
            generator.writeString(text);
            return;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                generator.writeString(text);
            } else {
                generator.copyCurrentStructureExact(parser);
            }
        }
    }
}
