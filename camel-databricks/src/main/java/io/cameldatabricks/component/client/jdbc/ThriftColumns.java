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
package io.cameldatabricks.component.client.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.databricks.internal.apache.arrow.vector.ipc.ReadChannel;
import com.databricks.internal.apache.arrow.vector.ipc.message.MessageSerializer;
import com.databricks.internal.apache.arrow.vector.types.pojo.Field;
import com.databricks.jdbc.model.client.thrift.generated.TColumnDesc;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TPrimitiveTypeEntry;
import com.databricks.jdbc.model.client.thrift.generated.TTypeEntry;
import com.databricks.jdbc.model.client.thrift.generated.TTypeQualifierValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.client.ResultColumn;

/** The columns of a result over Thrift, with their types as SQL writes them. */
final class ThriftColumns {

    private static final Logger LOG = LoggerFactory.getLogger(ThriftColumns.class);
    /** Where Databricks writes a column's type into the schema of Arrow: Thrift itself knows only the older types. */
    private static final String SQL_NAME = "Spark:DataType:SqlName";

    private ThriftColumns() {}

    static List<ResultColumn> of(TGetResultSetMetadataResp metadata) {
        List<ResultColumn> columns = new ArrayList<>();
        if (metadata.getSchema() == null || metadata.getSchema().getColumns() == null) {
            return columns;
        }
        List<Field> fields = fields(metadata.getArrowSchema());
        List<TColumnDesc> described = metadata.getSchema().getColumns();
        for (int i = 0; i < described.size(); i++) {
            String exact = i < fields.size() ? fields.get(i).getMetadata().get(SQL_NAME) : null;
            TColumnDesc column = described.get(i);
            columns.add(new ResultColumn(column.getColumnName(), exact != null ? exact : type(column)));
        }
        return columns;
    }

    private static List<Field> fields(byte[] arrowSchema) {
        if (arrowSchema == null || arrowSchema.length == 0) {
            return List.of();
        }
        try (ReadChannel channel = new ReadChannel(Channels.newChannel(new ByteArrayInputStream(arrowSchema)))) {
            return MessageSerializer.deserializeSchema(channel).getFields();
        } catch (IOException | RuntimeException e) {
            LOG.debug("The Arrow schema of a result cannot be read; its types are less exact", e);
            return List.of();
        }
    }

    private static String type(TColumnDesc column) {
        if (column.getTypeDesc() == null || column.getTypeDesc().getTypesSize() == 0) {
            return "STRING";
        }
        TTypeEntry entry = column.getTypeDesc().getTypes().get(0);
        if (!entry.isSetPrimitiveEntry()) {
            return "STRING";
        }
        TPrimitiveTypeEntry primitive = entry.getPrimitiveEntry();
        String name = primitive.getType().name().replaceFirst("_TYPE$", "");
        if (!name.equals("DECIMAL") || primitive.getTypeQualifiers() == null) {
            return name;
        }
        Map<String, TTypeQualifierValue> qualifiers =
                primitive.getTypeQualifiers().getQualifiers();
        TTypeQualifierValue precision = qualifiers.get("precision");
        TTypeQualifierValue scale = qualifiers.get("scale");
        return precision == null || scale == null
                ? name
                : name + "(" + precision.getI32Value() + "," + scale.getI32Value() + ")";
    }
}
