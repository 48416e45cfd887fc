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
package io.cameldatabricks.component.body;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;

import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.util.ObjectHelper;

/**
 * Turns the value of a cell into the type of a property: by Camel's type converters, but for numbers, of which those drop
 * digits without a word, and for the older types of dates and times, which they do not know. A point in time is shown in
 * UTC by types that have a zone. Stateless.
 */
final class PropertyValues {

    private PropertyValues() {}

    /**
     * @param value not null
     * @param wanted may be primitive
     * @return null when the value cannot become that
     */
    static Object convert(Exchange exchange, Object value, Class<?> wanted) {
        Class<?> type = ObjectHelper.convertPrimitiveTypeToWrapperType(wanted);
        if (type.isInstance(value)) {
            return value;
        }
        try {
            Object known = known(value, type);
            return known != null
                    ? known
                    : exchange.getContext().getTypeConverter().mandatoryConvertTo(type, exchange, value);
        } catch (NoTypeConversionAvailableException | TypeConversionException | ArithmeticException e) {
            // their messages quote the value
            return null;
        }
    }

    /** @throws ArithmeticException when digits would be lost */
    private static Object known(Object value, Class<?> type) {
        if (value instanceof Number number) {
            return integer(number, type);
        } else if (value instanceof Instant instant) {
            return ofInstant(instant, type);
        } else if (value instanceof LocalDateTime dateTime && type == Timestamp.class) {
            return Timestamp.valueOf(dateTime);
        } else if (value instanceof LocalDate date && type == java.sql.Date.class) {
            return java.sql.Date.valueOf(date);
        }
        return null;
    }

    /** Null where no whole number is wanted. */
    private static Object integer(Number number, Class<?> type) {
        if (type == Long.class) {
            return exact(number).longValueExact();
        } else if (type == Integer.class) {
            return exact(number).intValueExact();
        } else if (type == Short.class) {
            return exact(number).shortValueExact();
        } else if (type == Byte.class) {
            return exact(number).byteValueExact();
        } else if (type == BigInteger.class) {
            return exact(number).toBigIntegerExact();
        }
        return null;
    }

    private static BigDecimal exact(Number number) {
        try {
            return new BigDecimal(number.toString());
        } catch (NumberFormatException e) {
            throw new ArithmeticException("no finite number");
        }
    }

    private static Object ofInstant(Instant instant, Class<?> type) {
        if (type == Date.class) {
            return Date.from(instant);
        } else if (type == Timestamp.class) {
            return Timestamp.from(instant);
        } else if (type == OffsetDateTime.class) {
            return instant.atOffset(ZoneOffset.UTC);
        } else if (type == ZonedDateTime.class) {
            return instant.atZone(ZoneOffset.UTC);
        }
        return null;
    }
}
