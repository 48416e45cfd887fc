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

import java.util.Iterator;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.StructType;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineStatement;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.engine.ResultSink;

/** Writes rows into a statement's sink, chunk by chunk, up to its limits. */
public final class ResultWriter {

    private ResultWriter() {}

    /** @return true when a limit cut the result */
    public static boolean write(
            EngineStatement statement, StructType schema, String timeZone, Iterator<InternalRow> rows, ResultSink sink)
            throws EngineException {
        sink.begin(ResultTypes.columns(schema));
        try (ChunkFormat chunk = format(statement.format(), schema, timeZone)) {
            return write(statement, rows, chunk, sink);
        }
    }

    private static boolean write(
            EngineStatement statement, Iterator<InternalRow> rows, ChunkFormat chunk, ResultSink sink)
            throws EngineException {
        long rowLimit = statement.rowLimit() > 0 ? statement.rowLimit() : Long.MAX_VALUE;
        long byteLimit = statement.byteLimit() > 0 ? statement.byteLimit() : Long.MAX_VALUE;
        long total = 0;
        long bytes = 0;
        long inChunk = 0;
        boolean truncated = false;
        while (rows.hasNext()) {
            if (total >= rowLimit || bytes + chunk.size() >= byteLimit) {
                truncated = true;
                break;
            }
            chunk.add(rows.next());
            total++;
            inChunk++;
            if (inChunk >= statement.rowsPerChunk() || chunk.size() >= statement.bytesPerChunk()) {
                bytes += chunk.size();
                sink.chunk(chunk.finish(), inChunk);
                inChunk = 0;
            }
        }
        if (inChunk > 0 || (total == 0 && statement.format() == ResultFormat.CSV)) {
            sink.chunk(chunk.finish(), inChunk);
        } else if (total == 0 && statement.format() == ResultFormat.ARROW_STREAM) {
            sink.noRows(chunk.finish());
        }
        return truncated;
    }

    private static ChunkFormat format(ResultFormat format, StructType schema, String timeZone) {
        CellText cells = new CellText(DateTimeUtils.getZoneId(timeZone));
        return switch (format) {
            case JSON_ARRAY -> new JsonChunks(schema, cells);
            case CSV -> new CsvChunks(schema, cells);
            case ARROW_STREAM -> new ArrowChunks(schema, cells, timeZone);
        };
    }
}
