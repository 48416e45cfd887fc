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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** JSON_ARRAY: an array of rows, each an array of strings and nulls. */
final class JsonChunks implements ChunkFormat {

    private static final JsonFactory JSON = new JsonFactory();

    private final StructField[] fields;
    private final CellText cells;
    private ByteArrayOutputStream bytes;
    private JsonGenerator json;

    JsonChunks(StructType schema, CellText cells) {
        this.fields = schema.fields();
        this.cells = cells;
        begin();
    }

    private void begin() {
        bytes = new ByteArrayOutputStream();
        try {
            json = JSON.createGenerator(bytes);
            json.writeStartArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void add(InternalRow row) {
        try {
            json.writeStartArray();
            for (int i = 0; i < fields.length; i++) {
                String text = cells.text(row, i, fields[i].dataType());
                if (text == null) {
                    json.writeNull();
                } else {
                    json.writeString(text);
                }
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long size() {
        return bytes.size() + json.getOutputBuffered();
    }

    @Override
    public byte[] finish() {
        try {
            json.writeEndArray();
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] payload = bytes.toByteArray();
        begin();
        return payload;
    }

    @Override
    public void close() {
        // holds nothing but memory
    }
}
