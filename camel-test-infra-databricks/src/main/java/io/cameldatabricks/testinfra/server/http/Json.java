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
package io.cameldatabricks.testinfra.server.http;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads fields of a request the way the service does: absent, null and empty are the same. */
final class Json {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static Optional<String> text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.textValue().isEmpty()) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            throw ApiException.invalid("Field '" + field + "' must be a string.");
        }
        return Optional.of(value.asText());
    }

    /** @return a number that is not negative, 0 when absent */
    static long number(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        long number;
        try {
            number = value.isTextual() ? Long.parseLong(value.textValue()) : value.longValue();
        } catch (NumberFormatException e) {
            throw ApiException.invalid("Field '" + field + "' must be a number.");
        }
        if (number < 0 || !value.isTextual() && !value.canConvertToExactIntegral()) {
            throw ApiException.invalid("Field '" + field + "' must be a number that is not negative.");
        }
        return number;
    }

    static <E extends Enum<E>> E choice(JsonNode object, String field, E whenAbsent) {
        return text(object, field)
                .map(name -> choice(whenAbsent.getDeclaringClass(), field, name))
                .orElse(whenAbsent);
    }

    static <E extends Enum<E>> E choice(Class<E> type, String field, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw ApiException.invalid("Unknown value for " + field + ": '" + name + "'.");
    }
}
