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

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * The table of Java types and the SQL types they are bound as (docs/types.adoc).
 *
 * <p>Zone rule: a value that names a point in time (Instant, OffsetDateTime, ZonedDateTime, java.util.Date,
 * java.sql.Timestamp, Calendar) is sent as that point in UTC. A value without a zone (LocalDate, LocalDateTime,
 * LocalTime, java.sql.Date, java.sql.Time) is sent as the date and time that it shows. The JVM's zone matters only to
 * java.sql.Date and java.sql.Time, whose fields it decides.
 */
final class JavaTypes {

    /** Largest BINARY value in bytes: its base64 form must leave room in a request of 16 MiB. */
    static final int MAX_BINARY_BYTES = 8 * 1024 * 1024;

    private record Rule(Class<?> type, BiFunction<String, Object, ValueBinding> binding) {}

    /** The first rule that fits decides; subclasses stand before their superclass. */
    private static final List<Rule> RULES = new ArrayList<>();

    static {
        rule(String.class, (name, value) -> string(name, value));
        rule(Integer.class, (name, value) -> ValueBinding.plain("INT", value));
        rule(Long.class, (name, value) -> ValueBinding.plain("BIGINT", value));
        rule(BigDecimal.class, JavaTypes::decimal);
        rule(Double.class, (name, value) -> ValueBinding.plain("DOUBLE", value));
        rule(Boolean.class, (name, value) -> ValueBinding.plain("BOOLEAN", value));
        rule(LocalDate.class, (name, value) -> ValueBinding.plain("DATE", TemporalText.date(name, value)));
        rule(Instant.class, JavaTypes::timestamp);
        rule(
                LocalDateTime.class,
                (name, value) -> ValueBinding.converted("TIMESTAMP_NTZ", TemporalText.dateTime(name, value)));
        rule(OffsetDateTime.class, (name, value) -> timestamp(name, value.toInstant()));
        rule(ZonedDateTime.class, (name, value) -> timestamp(name, value.toInstant()));
        rule(Float.class, (name, value) -> ValueBinding.plain("FLOAT", value));
        rule(Short.class, (name, value) -> ValueBinding.plain("SMALLINT", value));
        rule(Byte.class, (name, value) -> ValueBinding.plain("TINYINT", value));
        rule(BigInteger.class, (name, value) -> decimal(name, new BigDecimal(value)));
        rule(Enum.class, (name, value) -> ValueBinding.plain("STRING", value.name()));
        rule(UUID.class, (name, value) -> ValueBinding.plain("STRING", value.toString()));
        rule(Character.class, (name, value) -> string(name, value.toString()));
        rule(byte[].class, JavaTypes::binary);
        rule(
                java.sql.Date.class,
                (name, value) -> ValueBinding.plain("DATE", TemporalText.date(name, value.toLocalDate())));
        rule(
                java.sql.Time.class,
                (name, value) -> ValueBinding.plain("STRING", TemporalText.time(value.toLocalTime())));
        rule(Date.class, (name, value) -> timestamp(name, value.toInstant()));
        rule(Calendar.class, (name, value) -> timestamp(name, value.toInstant()));
        rule(LocalTime.class, (name, value) -> ValueBinding.plain("STRING", TemporalText.time(value)));
        rule(
                Duration.class,
                (name, value) -> ValueBinding.converted("INTERVAL DAY TO SECOND", TemporalText.dayTime(name, value)));
        rule(Period.class, JavaTypes::period);
        rule(Year.class, (name, value) -> ValueBinding.plain("INT", value.getValue()));
        rule(ByteBuffer.class, JavaTypes::buffer);
        rule(InputStream.class, JavaTypes::stream);
        rule(CharSequence.class, (name, value) -> string(name, value.toString()));
    }

    private JavaTypes() {}

    private static <T> void rule(Class<T> type, BiFunction<String, T, ValueBinding> binding) {
        RULES.add(new Rule(type, (name, value) -> binding.apply(name, type.cast(value))));
    }

    static ValueBinding binding(String name, Object value) {
        for (Rule rule : RULES) {
            if (rule.type().isInstance(value)) {
                return rule.binding().apply(name, value);
            }
        }
        throw new InvalidParameterException(name, "The parameter '" + name + "' " + remedy(name, value));
    }

    private static String remedy(String name, Object value) {
        if (value instanceof Iterable || value.getClass().isArray()) {
            return "is a list (" + value.getClass().getTypeName() + "), which is no single value; "
                    + (name.startsWith("?") ? "use a named marker :#in:name" : "write :#in:" + name)
                    + " to give its elements to an IN list.";
        }
        if (value instanceof Map) {
            return "is a Map, which is no single value; give one of its entries.";
        }
        return "has the type " + value.getClass().getTypeName()
                + ", which cannot be bound; convert it to a string, number, date, time or byte[] first.";
    }

    private static ValueBinding string(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || ++i == value.length()
                        || !Character.isLowSurrogate(value.charAt(i))) {
                    throw new InvalidParameterException(
                            name,
                            "The parameter '" + name
                                    + "' is a string with half of a surrogate pair, which UTF-8 cannot hold; repair it first.");
                }
            }
        }
        return ValueBinding.plain("STRING", value);
    }

    static ValueBinding decimal(String name, BigDecimal value) {
        BigDecimal plain = value;
        // as a long, and before it is done: widening the scale of 1E+999999999 would fill the heap
        if (value.scale() < 0 && value.precision() - (long) value.scale() <= SqlType.MAX_DECIMAL_PRECISION) {
            plain = value.setScale(0);
        } else if (value.signum() == 0 && value.scale() < 0) {
            plain = BigDecimal.ZERO;
        }
        int precision = Math.max(plain.precision(), plain.scale());
        if (plain.scale() < 0 || precision > SqlType.MAX_DECIMAL_PRECISION) {
            throw new InvalidParameterException(
                    name,
                    "The parameter '" + name + "' needs more than the " + SqlType.MAX_DECIMAL_PRECISION
                            + " digits of a DECIMAL; round it, or give it as a double or a string.");
        }
        return ValueBinding.plain("DECIMAL(" + precision + "," + plain.scale() + ")", plain);
    }

    private static ValueBinding timestamp(String name, Instant value) {
        return ValueBinding.plain("TIMESTAMP", TemporalText.instant(name, value));
    }

    private static ValueBinding period(String name, Period value) {
        if (value.getDays() == 0) {
            return ValueBinding.converted("INTERVAL YEAR TO MONTH", TemporalText.yearMonth(value));
        }
        if (value.toTotalMonths() == 0) {
            Duration days = Duration.ofDays(value.getDays());
            return ValueBinding.converted("INTERVAL DAY TO SECOND", TemporalText.dayTime(name, days));
        }
        throw new InvalidParameterException(
                name,
                "The parameter '" + name
                        + "' is a Period of both months and days, for which SQL has no interval type; bind the two apart.");
    }

    private static ValueBinding buffer(String name, ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return binary(name, bytes);
    }

    private static ValueBinding stream(String name, InputStream value) {
        try {
            byte[] bytes = value.readNBytes(MAX_BINARY_BYTES + 1);
            // a stream that was set back gives its bytes again
            if (bytes.length == 0 && ReadOnce.isBegun(value)) {
                throw new InvalidParameterException(
                        name,
                        "The parameter '" + name
                                + "' is a stream that can be read only once, and was, by an earlier statement or attempt;"
                                + " give a byte[].");
            }
            if (bytes.length > 0) {
                ReadOnce.begin(value);
            }
            return binary(name, bytes);
        } catch (IOException e) {
            InvalidParameterException failure = new InvalidParameterException(
                    name, "The stream of the parameter '" + name + "' cannot be read; see the cause.");
            failure.initCause(e);
            throw failure;
        }
    }

    /** The driver binds no bytes and corrupts them with setObject, so they travel as a string in base64. */
    private static ValueBinding binary(String name, byte[] value) {
        if (value.length > MAX_BINARY_BYTES) {
            throw new InvalidParameterException(
                    name,
                    "The parameter '" + name + "' has more than " + MAX_BINARY_BYTES / (1024 * 1024)
                            + " MiB, too much for a statement; upload it to a Volume instead.");
        }
        String base64 = new String(Base64.getEncoder().encode(value), StandardCharsets.ISO_8859_1);
        return new ValueBinding("unbase64(?)", "STRING", base64);
    }
}
