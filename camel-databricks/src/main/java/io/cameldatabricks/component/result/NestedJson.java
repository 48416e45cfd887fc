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
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Reads ARRAY, MAP and STRUCT values from the JSON in which the driver gets them, with every leaf in its own type. The
 * driver's own objects for them are not used: they turn a DECIMAL(10,2) or TINYINT inside into a String and a decimal
 * number into a double first.
 */
final class NestedJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private final ZoneId zone;

    private NestedJson(JsonParser parser, ZoneId zone) {
        this.parser = parser;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException if the text is not JSON of that type */
    static Object read(DataType type, String json, ZoneId zone) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return new NestedJson(parser, zone).value(type);
        } catch (IOException e) {
            // without the cause's message, which quotes the value
            throw new IllegalArgumentException(
                    "A value of the type " + type.name() + " is not the JSON that was expected.");
        }
    }

    private Object value(DataType type) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (type.name()) {
            case "ARRAY" -> array(type);
            case "MAP" -> token == JsonToken.START_ARRAY ? mapOfEntries(type) : mapOfObject(type);
            case "STRUCT" -> struct(type);
            default -> scalar(type, token);
        };
    }

    private List<Object> array(DataType type) throws IOException {
        expect(JsonToken.START_ARRAY);
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(type.children().get(0)));
        }
        return Collections.unmodifiableList(list);
    }

    private Map<Object, Object> mapOfObject(DataType type) throws IOException {
        expect(JsonToken.START_OBJECT);
        Map<Object, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Object key = ScalarText.value(type.children().get(0), parser.currentName(), zone);
            parser.nextToken();
            map.put(key, value(type.children().get(1)));
        }
        return Collections.unmodifiableMap(map);
    }

    /** Arrow's form: {@code [{"key": …, "value": …}, …]}, without the value if it is null. */
    private Map<Object, Object> mapOfEntries(DataType type) throws IOException {
        Map<Object, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.START_OBJECT);
            Object key = null;
            Object value = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean isKey = parser.currentName().equals("key");
                parser.nextToken();
                if (isKey) {
                    key = value(type.children().get(0));
                } else {
                    value = value(type.children().get(1));
                }
            }
            map.put(key, value);
        }
        return Collections.unmodifiableMap(map);
    }

    private Map<String, Object> struct(DataType type) throws IOException {
        expect(JsonToken.START_OBJECT);
        Map<String, Object> map = new LinkedHashMap<>();
        // Arrow leaves out the fields that are null
        type.fields().forEach(field -> map.put(field, null));
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int field = type.fields().indexOf(name);
            parser.nextToken();
            map.put(name, field < 0 ? copy() : value(type.children().get(field)));
        }
        return Collections.unmodifiableMap(map);
    }

    private Object scalar(DataType type, JsonToken token) throws IOException {
        if (token == JsonToken.START_ARRAY && type.name().equals("TIMESTAMP_NTZ")) {
            return dateTimeOfFields();
        }
        if (token.isStructStart()) {
            return copy();
        }
        return ScalarText.value(type, parser.getText(), zone);
    }

    /** {@code [year, month, day, hour, minute, second, nanosecond]}, the last ones only if they are not 0. */
    private LocalDateTime dateTimeOfFields() throws IOException {
        int[] fields = new int[7];
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            fields[i] = parser.getIntValue();
        }
        return LocalDateTime.of(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]);
    }

    /** The JSON text of what has no type that is known here, such as a VARIANT. */
    private String copy() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    private void expect(JsonToken token) throws IOException {
        if (parser.currentToken() != token) {
            throw new IOException("unexpected token");
        }
    }
}
