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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.ResultColumn;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.engine.ResultSink;
import io.cameldatabricks.testinfra.server.engine.StatementOutcome;

/** Keeps what an engine wrote. */
class CollectedResult implements ResultSink {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ResultFormat format;
    private final List<byte[]> chunks = new ArrayList<>();
    private final List<Long> chunkRows = new ArrayList<>();
    private List<ResultColumn> columns;
    private StatementOutcome outcome;

    CollectedResult(ResultFormat format) {
        this.format = format;
    }

    @Override
    public void begin(List<ResultColumn> begun) {
        if (columns != null) {
            throw new AssertionError("begin was called twice");
        }
        columns = begun;
    }

    @Override
    public void chunk(byte[] payload, long rows) throws EngineException {
        chunks.add(payload);
        chunkRows.add(rows);
    }

    void outcome(StatementOutcome ended) {
        outcome = ended;
    }

    StatementOutcome outcome() {
        return outcome;
    }

    /** The columns, or null when the statement had no result set. */
    List<ResultColumn> columns() {
        return columns;
    }

    List<String> columnNames() {
        return columns.stream().map(ResultColumn::name).toList();
    }

    List<byte[]> chunks() {
        return chunks;
    }

    List<Long> chunkRows() {
        return chunkRows;
    }

    List<List<String>> rows() {
        if (format != ResultFormat.JSON_ARRAY) {
            throw new IllegalStateException("rows are read from JSON_ARRAY only");
        }
        List<List<String>> rows = new ArrayList<>();
        try {
            for (byte[] chunk : chunks) {
                for (String[] row : JSON.readValue(chunk, String[][].class)) {
                    rows.add(Arrays.asList(row));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    List<String> firstColumn() {
        return rows().stream().map(row -> row.get(0)).toList();
    }
}
