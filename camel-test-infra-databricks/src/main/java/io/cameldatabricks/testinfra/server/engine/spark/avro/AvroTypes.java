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
package io.cameldatabricks.testinfra.server.engine.spark.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;

/** Avro's types and values as Spark's. Stateless. */
final class AvroTypes {

    private AvroTypes() {}

    /** @throws LocalFailure when the schema is no record, or has a union that is no type of SQL */
    static StructType struct(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw LocalFailure.unsupported("An Avro file of " + schema.getType() + " in place of records");
        }
        StructType struct = new StructType();
        for (Schema.Field field : schema.getFields()) {
            struct = struct.add(field.name(), type(field.schema()), true);
        }
        return struct;
    }

    private static DataType type(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return DataTypes.createDecimalType(decimal.getPrecision(), decimal.getScale());
        }
        String name = logical == null ? "" : logical.getName();
        return switch (schema.getType()) {
            case RECORD -> struct(schema);
            case ARRAY -> DataTypes.createArrayType(type(schema.getElementType()), true);
            case MAP -> DataTypes.createMapType(DataTypes.StringType, type(schema.getValueType()), true);
            case UNION -> union(schema);
            case STRING, ENUM -> DataTypes.StringType;
            case BYTES, FIXED -> DataTypes.BinaryType;
            case BOOLEAN -> DataTypes.BooleanType;
            case FLOAT -> DataTypes.FloatType;
            case DOUBLE -> DataTypes.DoubleType;
            case INT -> name.equals("date") ? DataTypes.DateType : DataTypes.IntegerType;
            case LONG ->
                name.startsWith("timestamp-")
                        ? DataTypes.TimestampType
                        : name.startsWith("local-timestamp-") ? DataTypes.TimestampNTZType : DataTypes.LongType;
            case NULL -> DataTypes.StringType;
        };
    }

    private static DataType union(Schema schema) {
        List<Schema> branches = branches(schema);
        if (branches.isEmpty()) {
            return DataTypes.StringType;
        }
        if (branches.size() > 1) {
            throw LocalFailure.unsupported("An Avro union of " + branches.size() + " types");
        }
        return type(branches.get(0));
    }

    private static List<Schema> branches(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
    }

    /** @param wanted the columns to fill, by name; those that the record does not have become NULL */
    static Row row(IndexedRecord record, StructType wanted) {
        List<Object> values = new ArrayList<>();
        for (StructField field : wanted.fields()) {
            Schema.Field given = record.getSchema().getField(field.name());
            values.add(given == null ? null : value(record.get(given.pos()), given.schema(), field.dataType()));
        }
        return RowFactory.create(values.toArray());
    }

    private static Object value(Object value, Schema schema, DataType wanted) {
        if (value == null) {
            return null;
        }
        if (schema.getType() == Schema.Type.UNION) {
            int branch = GenericData.get().resolveUnion(schema, value);
            return value(value, schema.getTypes().get(branch), wanted);
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return new BigDecimal(new BigInteger(bytes(value)), decimal.getScale());
        }
        return switch (schema.getType()) {
            case RECORD -> row((IndexedRecord) value, (StructType) wanted);
            case ARRAY -> {
                List<Object> elements = new ArrayList<>();
                ((Collection<?>) value)
                        .forEach(each ->
                                elements.add(value(each, schema.getElementType(), ((ArrayType) wanted).elementType())));
                yield CollectionConverters.asScala(elements).toSeq();
            }
            case MAP -> {
                Map<String, Object> entries = new HashMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, each) -> entries.put(
                                key.toString(), value(each, schema.getValueType(), ((MapType) wanted).valueType())));
                yield CollectionConverters.asScala(entries);
            }
            case STRING, ENUM -> value.toString();
            case BYTES, FIXED -> bytes(value);
            case INT ->
                wanted.sameType(DataTypes.DateType) ? Date.valueOf(LocalDate.ofEpochDay((Integer) value)) : value;
            case LONG -> time((Long) value, schema.getLogicalType());
            default -> value;
        };
    }

    private static Object time(long value, LogicalType logical) {
        String name = logical == null ? "" : logical.getName();
        if (!name.startsWith("timestamp-") && !name.startsWith("local-timestamp-")) {
            return value;
        }
        ChronoUnit unit = name.endsWith("-millis")
                ? ChronoUnit.MILLIS
                : name.endsWith("-micros") ? ChronoUnit.MICROS : ChronoUnit.NANOS;
        Instant instant = Instant.EPOCH.plus(value, unit);
        return name.startsWith("local-") ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : Timestamp.from(instant);
    }

    private static byte[] bytes(Object value) {
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
