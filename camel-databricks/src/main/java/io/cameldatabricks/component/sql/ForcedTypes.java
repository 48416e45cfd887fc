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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** Binds a value as the SQL type that the user chose. What does not fit exactly is an error, never rounded or cut. */
final class ForcedTypes {

    private static final Map<String, Integer> INTEGER_BITS =
            Map.of("TINYINT", 8, "SMALLINT", 16, "INT", 32, "BIGINT", 64);

    /** Of a BIGINT. */
    private static final int MAX_INTEGER_DIGITS = 19;

    private ForcedTypes() {}

    static ValueBinding binding(String name, SqlType type, Object given) {
        Object value = given instanceof Optional<?> optional ? optional.orElse(null) : given;
        if (value == null) {
            return type.isSendable()
                    ? ValueBinding.plain(type.text(), null)
                    : new ValueBinding("CAST(? AS " + type.text() + ")", "STRING", null);
        }
        boolean numeric = value instanceof Number || value instanceof CharSequence;
        if (numeric && INTEGER_BITS.containsKey(type.name())) {
            return ValueBinding.plain(type.text(), integer(name, type, value));
        }
        if (numeric && type.name().equals("DECIMAL")) {
            return JavaTypes.decimal(name, decimal(name, type, value)).castTo(type);
        }
        if (numeric && type.name().equals("DOUBLE")) {
            return ValueBinding.plain("DOUBLE", number(name, type, value).doubleValue());
        }
        if (numeric && type.name().equals("FLOAT")) {
            return ValueBinding.plain("FLOAT", number(name, type, value).floatValue());
        }
        ValueBinding natural = ValueBinding.of(name, value);
        if (type.name().equals("VARIANT") && value instanceof CharSequence) {
            return new ValueBinding("parse_json(?)", natural.type(), natural.value());
        }
        return natural.castTo(type);
    }

    private static Number integer(String name, SqlType type, Object value) {
        int bits = INTEGER_BITS.get(type.name());
        BigInteger exact;
        try {
            BigDecimal number = new BigDecimal(value.toString().strip());
            if (tooWide(number, MAX_INTEGER_DIGITS)) {
                throw misfit(name, type);
            }
            exact = number.toBigIntegerExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw misfit(name, type);
        }
        if (exact.bitLength() >= bits) {
            throw misfit(name, type);
        }
        return switch (bits) {
            case 8 -> exact.byteValueExact();
            case 16 -> exact.shortValueExact();
            case 32 -> exact.intValueExact();
            default -> exact.longValueExact();
        };
    }

    private static BigDecimal decimal(String name, SqlType type, Object value) {
        try {
            BigDecimal exact = new BigDecimal(value.toString().strip());
            if (exact.signum() == 0) {
                return BigDecimal.ZERO.setScale(type.scale());
            }
            if (!tooWide(exact, type.precision() - type.scale())) {
                return exact.setScale(type.scale());
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw misfit(name, type);
        }
        throw misfit(name, type);
    }

    /** Asked before any change of the scale: that of 1E+999999999 would fill the heap. */
    private static boolean tooWide(BigDecimal number, int digitsBeforePoint) {
        return number.signum() != 0 && number.precision() - (long) number.scale() > digitsBeforePoint;
    }

    private static Number number(String name, SqlType type, Object value) {
        if (value instanceof Number number) {
            return number;
        }
        try {
            return Double.valueOf(value.toString().strip());
        } catch (NumberFormatException e) {
            throw misfit(name, type);
        }
    }

    private static InvalidParameterException misfit(String name, SqlType type) {
        return new InvalidParameterException(
                name,
                "The parameter '" + name + "' has a value that is no exact " + type.text() + "; convert it first.");
    }
}
