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
package io.cameldatabricks.testinfra.server.engine.spark.parameter;

import java.math.BigInteger;
import java.util.Locale;

import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.unsafe.types.UTF8String;

import io.cameldatabricks.testinfra.server.engine.BoundParameter;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/** Writes a bound value as the SQL literal of its type, after proving that the text fits the type. */
public final class ParameterText {

    private ParameterText() {}

    /**
     * @param timeZone the session's zone, for timestamps without one
     * @throws LocalFailure when the type is unknown or the value does not fit it
     */
    public static String literal(BoundParameter parameter, String timeZone) {
        DataType type = type(parameter);
        if (type instanceof NullType || parameter.value() == null) {
            return type instanceof NullType ? " NULL " : " CAST(NULL AS " + type.sql() + ") ";
        }
        if (type instanceof StringType) {
            return " " + quoted(parameter.value()) + " ";
        }
        Object value = cast(parameter, type, timeZone);
        String integral = integral(value, type);
        return integral != null ? integral : " CAST(" + quoted(parameter.value().strip()) + " AS " + type.sql() + ") ";
    }

    private static String integral(Object value, DataType type) {
        String suffix;
        if (type instanceof IntegerType) {
            suffix = "";
        } else if (type instanceof LongType) {
            suffix = "L";
        } else if (type instanceof ShortType) {
            suffix = "S";
        } else if (type instanceof ByteType) {
            suffix = "Y";
        } else {
            return null;
        }
        boolean negative = new BigInteger(value.toString()).signum() < 0;
        // parentheses, because "5 -:p" with -1 would else begin a comment
        return negative ? " (" + value + suffix + ") " : " " + value + suffix + " ";
    }

    private static DataType type(BoundParameter parameter) {
        String given = parameter.type().strip();
        try {
            DataType type =
                    switch (given.toUpperCase(Locale.ROOT)) {
                        case "NULL" -> DataTypes.NullType;
                        default -> CatalystSqlParser$.MODULE$.parseDataType(given);
                    };
            if (!isNested(type)) {
                return type;
            }
        } catch (Exception e) {
            // Scala declares no checked exceptions, so the parser's own cannot be named here;
            // the error is the same as for a nested type
        }
        throw LocalFailure.of(
                "INVALID_PARAMETER_MARKER_VALUE.INVALID_DATA_TYPE",
                "22023",
                "An invalid parameter mapping was provided: the given data type '" + given + "' for parameter '"
                        + name(parameter) + "' is not valid.");
    }

    private static boolean isNested(DataType type) {
        String name = type.typeName();
        return type instanceof VariantType || name.equals("array") || name.equals("map") || name.equals("struct");
    }

    private static Object cast(BoundParameter parameter, DataType type, String timeZone) {
        Literal text = Literal.create(UTF8String.fromString(parameter.value()), DataTypes.StringType);
        Object value = null;
        try {
            value = new Cast(text, type, Scala.option(timeZone), EvalMode.ANSI()).eval(null);
        } catch (RuntimeException e) {
            // any failure of the cast means the same to the caller
        }
        if (value == null) {
            throw LocalFailure.of(
                    "INVALID_PARAMETER_MARKER_VALUE.INVALID_VALUE_FOR_DATA_TYPE",
                    "22023",
                    "An invalid parameter mapping was provided: the value " + quoted(parameter.value())
                            + " for parameter '" + name(parameter) + "' cannot be cast to " + type.sql()
                            + " because it is malformed.");
        }
        return value;
    }

    private static String name(BoundParameter parameter) {
        return parameter.name() != null ? parameter.name() : "_" + parameter.ordinal();
    }

    /** A string literal that gives back exactly this text. */
    public static String quoted(String text) {
        StringBuilder sql = new StringBuilder(text.length() + 2).append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '\'') {
                sql.append('\\');
            }
            sql.append(c);
        }
        return sql.append('\'').toString();
    }
}
