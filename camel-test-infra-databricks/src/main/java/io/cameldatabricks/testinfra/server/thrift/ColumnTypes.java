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
package io.cameldatabricks.testinfra.server.thrift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.databricks.jdbc.model.client.thrift.generated.TColumnDesc;
import com.databricks.jdbc.model.client.thrift.generated.TPrimitiveTypeEntry;
import com.databricks.jdbc.model.client.thrift.generated.TTableSchema;
import com.databricks.jdbc.model.client.thrift.generated.TTypeDesc;
import com.databricks.jdbc.model.client.thrift.generated.TTypeEntry;
import com.databricks.jdbc.model.client.thrift.generated.TTypeId;
import com.databricks.jdbc.model.client.thrift.generated.TTypeQualifierValue;
import com.databricks.jdbc.model.client.thrift.generated.TTypeQualifiers;

import io.cameldatabricks.testinfra.server.engine.ResultColumn;

/** Columns as Thrift describes them. */
final class ColumnTypes {

    private ColumnTypes() {}

    static TTableSchema schema(List<ResultColumn> columns) {
        List<TColumnDesc> descriptions = new ArrayList<>();
        for (ResultColumn column : columns) {
            descriptions.add(new TColumnDesc(column.name(), type(column), descriptions.size() + 1).setComment(""));
        }
        return new TTableSchema(descriptions);
    }

    private static TTypeDesc type(ResultColumn column) {
        TPrimitiveTypeEntry entry = new TPrimitiveTypeEntry(id(column));
        if (entry.getType() == TTypeId.DECIMAL_TYPE) {
            entry.setTypeQualifiers(new TTypeQualifiers(Map.of(
                    "precision", TTypeQualifierValue.i32Value(column.precision()),
                    "scale", TTypeQualifierValue.i32Value(column.scale()))));
        }
        return new TTypeDesc(List.of(TTypeEntry.primitiveEntry(entry)));
    }

    private static TTypeId id(ResultColumn column) {
        return switch (column.typeName()) {
            case "BOOLEAN" -> TTypeId.BOOLEAN_TYPE;
            case "BYTE" -> TTypeId.TINYINT_TYPE;
            case "SHORT" -> TTypeId.SMALLINT_TYPE;
            case "INT" -> TTypeId.INT_TYPE;
            case "LONG" -> TTypeId.BIGINT_TYPE;
            case "FLOAT" -> TTypeId.FLOAT_TYPE;
            case "DOUBLE" -> TTypeId.DOUBLE_TYPE;
            case "DECIMAL" -> TTypeId.DECIMAL_TYPE;
            case "BINARY" -> TTypeId.BINARY_TYPE;
            case "DATE" -> TTypeId.DATE_TYPE;
            case "TIMESTAMP" -> TTypeId.TIMESTAMP_TYPE;
            case "ARRAY" -> TTypeId.ARRAY_TYPE;
            case "MAP" -> TTypeId.MAP_TYPE;
            case "STRUCT" -> TTypeId.STRUCT_TYPE;
            case "NULL" -> TTypeId.NULL_TYPE;
            case "INTERVAL" -> interval(column.typeText().toUpperCase(Locale.ROOT));
            // VARIANT and whatever comes travel as text
            default -> TTypeId.STRING_TYPE;
        };
    }

    private static TTypeId interval(String type) {
        boolean months = type.contains("YEAR") || type.contains("MONTH");
        boolean time =
                type.contains("DAY") || type.contains("HOUR") || type.contains("MINUTE") || type.contains("SECOND");
        if (!months && !time) {
            // calendar intervals are text
            return TTypeId.STRING_TYPE;
        }
        return months ? TTypeId.INTERVAL_YEAR_MONTH_TYPE : TTypeId.INTERVAL_DAY_TIME_TYPE;
    }
}
