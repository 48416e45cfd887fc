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
package io.cameldatabricks.testinfra.server.engine.spark.information;

import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.result.ResultTypes;

/** Fills information_schema.columns. */
final class ColumnsView {

    static final String[] COLUMNS = {
        "table_catalog",
        "table_schema",
        "table_name",
        "column_name",
        "ordinal_position:INT",
        "column_default",
        "is_nullable",
        "full_data_type",
        "data_type",
        "character_maximum_length:BIGINT",
        "character_octet_length:BIGINT",
        "numeric_precision:INT",
        "numeric_precision_radix:INT",
        "numeric_scale:INT",
        "is_identity",
        "identity_generation",
        "identity_start",
        "identity_increment",
        "is_generated",
        "generation_expression",
        "is_updatable",
        "partition_index:INT",
        "comment"
    };

    private ColumnsView() {}

    static void fill(TableDetails table, Rows rows) {
        int position = 0;
        for (StructField field : table.schema().fields()) {
            DataType type = field.dataType();
            Metadata metadata = field.metadata();
            boolean identity = metadata.contains("delta.identity.start");
            boolean byDefault = metadata.contains("delta.identity.allowExplicitInsert")
                    && metadata.getBoolean("delta.identity.allowExplicitInsert");
            boolean generated = metadata.contains("delta.generationExpression");
            int partition = table.partitionColumns().indexOf(field.name());
            rows.add(
                    table.name().schema().catalog(),
                    table.name().schema().schema(),
                    table.name().name(),
                    field.name(),
                    position++,
                    metadata.contains("CURRENT_DEFAULT") ? metadata.getString("CURRENT_DEFAULT") : null,
                    field.nullable() ? "YES" : "NO",
                    type.catalogString(),
                    ResultTypes.name(type),
                    type instanceof StringType ? (Long) 0L : null,
                    type instanceof StringType ? (Long) 0L : null,
                    precision(type),
                    precision(type) == null ? null : radix(type),
                    scale(type),
                    identity ? "YES" : "NO",
                    identity ? (byDefault ? "BY DEFAULT" : "ALWAYS") : null,
                    identity ? String.valueOf(metadata.getLong("delta.identity.start")) : null,
                    identity ? String.valueOf(metadata.getLong("delta.identity.step")) : null,
                    generated ? "ALWAYS" : "NEVER",
                    generated ? metadata.getString("delta.generationExpression") : null,
                    table.isView() ? "NO" : "YES",
                    partition < 0 ? null : (Integer) partition,
                    field.getComment().isDefined() ? field.getComment().get() : null);
        }
    }

    private static Integer precision(DataType type) {
        if (type instanceof DecimalType decimal) {
            return decimal.precision();
        } else if (type instanceof ByteType) {
            return 3;
        } else if (type instanceof ShortType) {
            return 5;
        } else if (type instanceof IntegerType) {
            return 10;
        } else if (type instanceof LongType) {
            return 19;
        } else if (type instanceof FloatType) {
            return 24;
        }
        return type instanceof DoubleType ? 53 : null;
    }

    private static int radix(DataType type) {
        return type instanceof FloatType || type instanceof DoubleType ? 2 : 10;
    }

    private static Integer scale(DataType type) {
        if (type instanceof DecimalType decimal) {
            return decimal.scale();
        }
        boolean integral = precision(type) != null && radix(type) == 10;
        return integral ? 0 : null;
    }
}
