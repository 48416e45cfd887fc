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
package io.cameldatabricks.testinfra.server.engine.spark.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A result in the making: columns first, then rows. */
public final class Rows {

    private final List<List<Object>> rows = new ArrayList<>();

    /** @param columns names; all are STRING unless written {@code name:INT}, {@code name:BIGINT} or {@code name:BOOLEAN} */
    public static StructType columns(String... columns) {
        StructType schema = new StructType();
        for (String column : columns) {
            int colon = column.indexOf(':');
            String name = colon < 0 ? column : column.substring(0, colon);
            schema = schema.add(name, type(colon < 0 ? "STRING" : column.substring(colon + 1)), true);
        }
        return schema;
    }

    private static DataType type(String name) {
        return switch (name) {
            case "INT" -> DataTypes.IntegerType;
            case "BIGINT" -> DataTypes.LongType;
            case "BOOLEAN" -> DataTypes.BooleanType;
            case "TIMESTAMP" -> DataTypes.TimestampType;
            default -> DataTypes.StringType;
        };
    }

    public Rows add(Object... values) {
        rows.add(Arrays.asList(values));
        return this;
    }

    public List<List<Object>> list() {
        return rows;
    }
}
