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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import com.databricks.jdbc.model.client.thrift.generated.TColumn;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TRowSet;
import com.databricks.jdbc.model.client.thrift.generated.TSparkArrowBatch;
import com.databricks.jdbc.model.client.thrift.generated.TSparkArrowResultLink;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jpountz.lz4.LZ4FrameOutputStream;

import io.cameldatabricks.testinfra.server.model.StatementResult;

/**
 * Pages of results. Rows for clients without Arrow are cut to the row; Arrow travels in the batches that the engine wrote, so
 * a page of it ends with the first batch that reaches the limit.
 */
final class ResultPages {

    /** What a page may take of the warehouse's memory, whatever the client would take. */
    private static final long PAGE_BYTES = 16L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the operation's next page and moves on behind it.
     *
     * @param maxRows 0 or less for no limit
     * @param maxBytes 0 or less for no limit
     */
    TFetchResultsResp next(Operation operation, long maxRows, long maxBytes, ResultLinks links) throws ThriftFailure {
        synchronized (operation) {
            Page page = new Page(operation, maxRows, maxBytes);
            switch (ResultMetadata.format(operation)) {
                case ARROW_BASED_SET -> page.batches();
                case URL_BASED_SET -> page.links(links);
                default -> page.columns();
            }
            operation.nextRow(page.end);
            return new TFetchResultsResp(ThriftFailure.success())
                    .setResults(page.rows)
                    .setHasMoreRows(page.end < operation.statement().result().rows());
        }
    }

    private static final class Page {
        private final Operation operation;
        private final StatementResult result;
        private final List<StatementResult.Chunk> chunks;
        private final long maxRows;
        private final long maxBytes;
        private final TRowSet rows;
        private long end;
        private long bytes;

        Page(Operation operation, long maxRows, long maxBytes) {
            this.operation = operation;
            this.result = operation.statement().result();
            this.chunks = result.chunks();
            this.maxRows = maxRows <= 0 ? Long.MAX_VALUE : maxRows;
            this.maxBytes = maxBytes <= 0 ? Long.MAX_VALUE : maxBytes;
            this.end = operation.nextRow();
            this.rows = new TRowSet(end, List.of());
        }

        /** The chunks that hold the rows from here on. */
        private List<StatementResult.Chunk> ahead() {
            return chunks.stream()
                    .filter(chunk -> chunk.rowOffset() + chunk.rows() > end)
                    .toList();
        }

        private boolean takes(StatementResult.Chunk chunk, long budget) {
            boolean first = bytes == 0;
            return first
                    || (end + chunk.rows() - rows.getStartRowOffset() <= maxRows
                            && bytes + chunk.bytes() <= Math.min(maxBytes, budget));
        }

        private void took(StatementResult.Chunk chunk) {
            end = chunk.rowOffset() + chunk.rows();
            bytes += Math.max(1, chunk.bytes());
        }

        void batches() throws ThriftFailure {
            List<TSparkArrowBatch> batches = new ArrayList<>();
            for (StatementResult.Chunk chunk : ahead()) {
                if (!takes(chunk, PAGE_BYTES)) {
                    break;
                }
                ByteBuffer batch = ArrowStream.of(read(chunk)).batches();
                batches.add(new TSparkArrowBatch(result.compressed() ? compress(batch) : batch, chunk.rows()));
                if (batches.size() == 1) {
                    rows.setStartRowOffset(chunk.rowOffset());
                }
                took(chunk);
            }
            rows.setArrowBatches(batches);
        }

        private byte[] read(StatementResult.Chunk chunk) throws ThriftFailure {
            byte[] payload = result.readPlain(chunk);
            if (payload == null) {
                throw ThriftFailure.invalidOperation(operation.statement().id());
            }
            return payload;
        }

        private static ByteBuffer compress(ByteBuffer batch) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(batch.remaining() / 2 + 64);
            try (OutputStream frame = new LZ4FrameOutputStream(bytes)) {
                frame.write(batch.array(), batch.arrayOffset() + batch.position(), batch.remaining());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return ByteBuffer.wrap(bytes.toByteArray());
        }

        void links(ResultLinks links) {
            List<TSparkArrowResultLink> found = new ArrayList<>();
            for (StatementResult.Chunk chunk : ahead()) {
                if (!takes(chunk, Long.MAX_VALUE)) {
                    break;
                }
                ResultLinks.Link link = links.link(operation.statement(), chunk);
                found.add(new TSparkArrowResultLink(
                        link.url(), link.expires().toEpochMilli(), chunk.rowOffset(), chunk.rows(), chunk.bytes()));
                if (found.size() == 1) {
                    rows.setStartRowOffset(chunk.rowOffset());
                }
                took(chunk);
            }
            rows.setResultLinks(found);
        }

        void columns() throws ThriftFailure {
            List<ColumnValues> columns = ResultMetadata.columns(operation).stream()
                    .map(ColumnValues::new)
                    .toList();
            long taken = 0;
            for (StatementResult.Chunk chunk : ahead()) {
                if (bytes > 0 && bytes + chunk.bytes() > Math.min(maxBytes, PAGE_BYTES)) {
                    break;
                }
                JsonNode array = parse(read(chunk));
                bytes += Math.max(1, chunk.bytes());
                for (int i = (int) (end - chunk.rowOffset()); i < array.size() && taken < maxRows; i++) {
                    taken += add(columns, array.get(i)) ? 1 : 0;
                    end++;
                }
            }
            List<TColumn> values = new ArrayList<>();
            columns.forEach(column -> values.add(column.column()));
            rows.setColumns(values);
        }

        private boolean add(List<ColumnValues> columns, JsonNode row) {
            List<String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell.isNull() ? null : cell.textValue()));
            List<String> shaped =
                    operation.shape() == null ? cells : operation.shape().shape(cells);
            if (shaped == null) {
                return false;
            }
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(shaped.get(i));
            }
            return true;
        }

        private static JsonNode parse(byte[] json) {
            try {
                return JSON.readTree(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
