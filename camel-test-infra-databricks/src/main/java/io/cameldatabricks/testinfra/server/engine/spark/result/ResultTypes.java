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

import java.util.ArrayList;
import java.util.List;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.sql.types.YearMonthIntervalType;

import io.cameldatabricks.testinfra.server.engine.ResultColumn;

/** How a result's manifest names Spark's types. */
public final class ResultTypes {

    private ResultTypes() {}

    public static List<ResultColumn> columns(StructType schema) {
        List<ResultColumn> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            DataType type = sent(field.dataType());
            int precision = type instanceof DecimalType decimal ? decimal.precision() : 0;
            int scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
            columns.add(new ResultColumn(field.name(), type.sql(), name(type), precision, scale, intervalType(type)));
        }
        return columns;
    }

    /**
     * The type as it is told to clients: without NOT NULL inside nested types, as Databricks writes them, and with text
     * in place of calendar intervals, which the driver cannot read.
     */
    static DataType sent(DataType type) {
        return type instanceof CalendarIntervalType ? DataTypes.StringType : type.asNullable();
    }

    /** The type's bare name. */
    public static String name(DataType type) {
        if (type instanceof ByteType) {
            return "BYTE";
        } else if (type instanceof ShortType) {
            return "SHORT";
        } else if (type instanceof IntegerType) {
            return "INT";
        } else if (type instanceof LongType) {
            return "LONG";
        } else if (type instanceof FloatType) {
            return "FLOAT";
        } else if (type instanceof DoubleType) {
            return "DOUBLE";
        } else if (type instanceof DecimalType) {
            return "DECIMAL";
        } else if (type instanceof BooleanType) {
            return "BOOLEAN";
        } else if (type instanceof BinaryType) {
            return "BINARY";
        } else if (type instanceof DateType) {
            return "DATE";
        } else if (type instanceof TimestampType) {
            return "TIMESTAMP";
        } else if (type instanceof TimestampNTZType) {
            // the API has no name of its own for it; the type text tells them apart
            return "TIMESTAMP";
        } else if (type instanceof ArrayType) {
            return "ARRAY";
        } else if (type instanceof MapType) {
            return "MAP";
        } else if (type instanceof StructType) {
            return "STRUCT";
        } else if (type instanceof VariantType) {
            return "VARIANT";
        } else if (type instanceof NullType) {
            return "NULL";
        } else if (isInterval(type)) {
            return "INTERVAL";
        }
        return "STRING";
    }

    static boolean isInterval(DataType type) {
        return type instanceof YearMonthIntervalType
                || type instanceof DayTimeIntervalType
                || type instanceof CalendarIntervalType;
    }

    private static String intervalType(DataType type) {
        // "INTERVAL DAY TO SECOND" without its first word
        boolean hasUnits = isInterval(type) && !(type instanceof CalendarIntervalType);
        return hasUnits ? type.sql().substring("INTERVAL ".length()) : null;
    }
}
