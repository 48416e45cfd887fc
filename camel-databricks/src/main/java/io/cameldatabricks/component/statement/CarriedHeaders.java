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
package io.cameldatabricks.component.statement;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Headers of the submitting message that come back with the result. Immutable. Only values that can be written down and
 * read back without loss are taken: text, booleans, int, long, double, decimals and instants. Prints names only.
 */
public final class CarriedHeaders {

    /** Most characters of the text form, so that a handle stays small. */
    public static final int MAX_TEXT = 64 * 1024;

    private static final CarriedHeaders NONE = new CarriedHeaders(Map.of());

    private final Map<String, Object> values;

    private CarriedHeaders(Map<String, Object> values) {
        this.values = values;
    }

    public static CarriedHeaders none() {
        return NONE;
    }

    /**
     * @throws IllegalArgumentException naming the header whose value cannot be carried, or that all are too long
     */
    public static CarriedHeaders of(Map<String, ?> headers) {
        if (headers.isEmpty()) {
            return NONE;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (name == null || name.isEmpty()) {
                throw new IllegalArgumentException("A carried header needs a name");
            }
            typeOf(name, value);
            // half of a surrogate pair would come back as a question mark
            if (!encodable(name) || !encodable("" + value)) {
                throw new IllegalArgumentException("Header " + name + " cannot be carried: it is no valid text");
            }
            copy.put(name, value);
        });
        CarriedHeaders carried = new CarriedHeaders(Collections.unmodifiableMap(copy));
        if (carried.text().length() > MAX_TEXT) {
            throw new IllegalArgumentException("The carried headers " + carried + " are too long");
        }
        return carried;
    }

    /**
     * The opposite of {@link #text()}.
     *
     * @throws IllegalArgumentException if this is no such text; the message does not repeat it
     */
    public static CarriedHeaders parse(String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1 || part.length() < equals + 3 || part.charAt(equals + 2) != ':') {
                throw malformed(null);
            }
            try {
                String name = decode(part.substring(0, equals));
                Object value = value(part.charAt(equals + 1), decode(part.substring(equals + 3)));
                if (values.put(name, value) != null) {
                    throw malformed(null);
                }
            } catch (RuntimeException e) {
                throw malformed(e);
            }
        }
        return of(values);
    }

    /** All headers in one line, for a column or a file. */
    public String text() {
        StringJoiner text = new StringJoiner("&");
        values.forEach((name, value) -> text.add(encode(name) + "=" + typeOf(name, value) + ":" + encode("" + value)));
        return text.toString();
    }

    /** Name to value in their order, unmodifiable. */
    public Map<String, Object> asMap() {
        return values;
    }

    private static char typeOf(String name, Object value) {
        if (value instanceof String) {
            return 's';
        } else if (value instanceof Boolean) {
            return 'b';
        } else if (value instanceof Integer) {
            return 'i';
        } else if (value instanceof Long) {
            return 'l';
        } else if (value instanceof Double) {
            return 'd';
        } else if (value instanceof BigDecimal) {
            return 'n';
        } else if (value instanceof Instant) {
            return 't';
        }
        throw new IllegalArgumentException("Header " + name + " cannot be carried: its value is "
                + (value == null ? "null" : "a " + value.getClass().getName())
                + ", but only text, numbers, booleans and instants can be stored with a handle");
    }

    private static Object value(char type, String text) {
        return switch (type) {
            case 's' -> text;
            case 'b' -> bool(text);
            case 'i' -> Integer.valueOf(text);
            case 'l' -> Long.valueOf(text);
            case 'd' -> Double.valueOf(text);
            case 'n' -> new BigDecimal(text);
            case 't' -> Instant.parse(text);
            default -> throw new IllegalArgumentException("unknown type");
        };
    }

    private static boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("not a boolean");
        }
        return text.equals("true");
    }

    private static boolean encodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static IllegalArgumentException malformed(RuntimeException cause) {
        // the cause's message would repeat the value
        return new IllegalArgumentException("The stored headers of a handle cannot be read"
                + (cause == null ? "" : ": " + cause.getClass().getSimpleName()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CarriedHeaders that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values);
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
