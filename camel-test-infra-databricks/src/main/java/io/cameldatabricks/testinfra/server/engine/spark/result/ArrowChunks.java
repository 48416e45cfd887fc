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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * ARROW_STREAM: each chunk a complete IPC stream, written by Spark's own Arrow writer. Types that Arrow or the driver
 * cannot carry (VARIANT, nested ones, calendar intervals) travel as text; each field's metadata tells the SQL type.
 */
final class ArrowChunks implements ChunkFormat {

    private static final String SQL_TYPE = "Spark:DataType:SqlName";
    private static final String JSON_TYPE = "Spark:DataType:JsonType";
    private static final long BYTES_PER_VALUE = 16;

    private final StructField[] fields;
    private final boolean[] asText;
    private final boolean anyText;
    private final CellText cells;
    private final BufferAllocator allocator;
    private final VectorSchemaRoot root;
    private final ArrowWriter writer;
    private long size;

    ArrowChunks(StructType schema, CellText cells, String timeZone) {
        this.fields = schema.fields();
        this.cells = cells;
        this.asText = new boolean[fields.length];
        StructField[] carried = new StructField[fields.length];
        boolean any = false;
        for (int i = 0; i < fields.length; i++) {
            asText[i] = travelsAsText(fields[i].dataType());
            any |= asText[i];
            DataType type = asText[i] ? DataTypes.StringType : fields[i].dataType();
            carried[i] = new StructField(fields[i].name(), type, true, fields[i].metadata());
        }
        this.anyText = any;
        this.allocator = ArrowUtils.rootAllocator().newChildAllocator("result", 0, Long.MAX_VALUE);
        this.root = VectorSchemaRoot.create(arrowSchema(new StructType(carried), timeZone), allocator);
        this.writer = ArrowWriter.create(root);
    }

    private static boolean travelsAsText(DataType type) {
        return type instanceof VariantType
                || type instanceof ArrayType
                || type instanceof MapType
                || type instanceof StructType
                || type instanceof CalendarIntervalType;
    }

    private Schema arrowSchema(StructType carried, String timeZone) {
        List<Field> arrow = new ArrayList<>();
        List<Field> plain =
                ArrowUtils.toArrowSchema(carried, timeZone, false, false).getFields();
        for (int i = 0; i < fields.length; i++) {
            Field field = plain.get(i);
            DataType type = ResultTypes.sent(fields[i].dataType());
            Map<String, String> metadata = Map.of(SQL_TYPE, type.sql(), JSON_TYPE, type.json());
            arrow.add(new Field(
                    field.getName(),
                    new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata),
                    field.getChildren()));
        }
        return new Schema(arrow);
    }

    @Override
    public void add(InternalRow row) {
        writer.write(anyText ? carried(row) : row);
        size += row instanceof UnsafeRow unsafe ? unsafe.getSizeInBytes() : fields.length * BYTES_PER_VALUE;
    }

    private InternalRow carried(InternalRow row) {
        Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = asText[i]
                    ? UTF8String.fromString(cells.text(row, i, fields[i].dataType()))
                    : row.get(i, fields[i].dataType());
        }
        return new GenericInternalRow(values);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public byte[] finish() {
        writer.finish();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArrowStreamWriter stream = new ArrowStreamWriter(root, null, Channels.newChannel(bytes))) {
            stream.writeBatch();
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer.reset();
        size = 0;
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        root.close();
        allocator.close();
    }
}
