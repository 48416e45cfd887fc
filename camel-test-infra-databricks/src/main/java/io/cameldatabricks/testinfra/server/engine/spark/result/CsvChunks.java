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

import java.nio.charset.StandardCharsets;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** CSV after RFC 4180, the column names in the first line of the first chunk. NULL is an empty field. */
final class CsvChunks implements ChunkFormat {

    private static final String LINE_END = "\r\n";

    private final StructField[] fields;
    private final CellText cells;
    private StringBuilder lines = new StringBuilder();

    CsvChunks(StructType schema, CellText cells) {
        this.fields = schema.fields();
        this.cells = cells;
        for (int i = 0; i < fields.length; i++) {
            field(i, fields[i].name());
        }
        lines.append(LINE_END);
    }

    private void field(int index, String text) {
        if (index > 0) {
            lines.append(',');
        }
        if (text == null) {
            return;
        }
        boolean quote = text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        if (quote) {
            lines.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            lines.append(text);
        }
    }

    @Override
    public void add(InternalRow row) {
        for (int i = 0; i < fields.length; i++) {
            field(i, cells.text(row, i, fields[i].dataType()));
        }
        lines.append(LINE_END);
    }

    @Override
    public long size() {
        return lines.length();
    }

    @Override
    public byte[] finish() {
        byte[] payload = lines.toString().getBytes(StandardCharsets.UTF_8);
        lines = new StringBuilder();
        return payload;
    }

    @Override
    public void close() {
        // holds nothing but memory
    }
}
