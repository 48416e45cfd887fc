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
package io.cameldatabricks.testinfra.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.ResultColumn;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.model.ResultFaults;
import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.model.ServerStatement;
import io.cameldatabricks.testinfra.server.model.StatementResult;
import io.cameldatabricks.testinfra.server.model.StatementState;
import io.cameldatabricks.testinfra.server.thrift.ResultLinks;

/** Writes statements, their manifests and their chunks as the Statement Execution API does. */
final class StatementAnswer {

    static final Duration LINK_LIFE = Duration.ofMinutes(15);
    private static final int HYBRID_LIMIT = 1 << 20;
    private static final byte[] NO_ROWS = "[]".getBytes(StandardCharsets.UTF_8);

    private final ServerClock clock;
    private final LinkSigner signer;

    StatementAnswer(ServerClock clock, LinkSigner signer) {
        this.clock = clock;
        this.signer = signer;
    }

    /**
     * How links are made.
     *
     * @param baseUrl scheme, host and port as the client knows them
     * @param life how long a link lives
     */
    record Links(String baseUrl, Duration life) {}

    /** Whether the next answer with the statement has all its rows and, by a fault, says CLOSED. */
    boolean closes(ServerStatement statement) {
        return statement.faults().closing() == ResultFaults.Closing.WITH_RESULT
                && statement.snapshot().state() == StatementState.SUCCEEDED
                && statement.result().chunks().size() <= 1
                && inline(statement, statement.result().chunks());
    }

    /**
     * @return the statement with its status and, when it has succeeded, manifest and first chunk
     */
    byte[] statement(ServerStatement statement, Links links) throws IOException {
        ServerStatement.Snapshot snapshot = statement.snapshot();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("statement_id", statement.id());
            json.writeFieldName("status");
            status(json, snapshot, closes(statement) ? StatementState.CLOSED : snapshot.state());
            if (snapshot.state() == StatementState.SUCCEEDED) {
                json.writeFieldName("manifest");
                manifest(json, statement, snapshot.outcome().truncated());
                json.writeFieldName("result");
                List<StatementResult.Chunk> chunks = statement.result().chunks();
                if (chunks.isEmpty()) {
                    noRows(json, statement);
                } else {
                    chunk(json, statement, chunks, 0, links);
                }
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    byte[] status(ServerStatement statement) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("statement_id", statement.id());
            json.writeFieldName("status");
            ServerStatement.Snapshot snapshot = statement.snapshot();
            status(json, snapshot, snapshot.state());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** @throws ApiException when there is no such chunk */
    byte[] chunk(ServerStatement statement, int index, Links links) throws IOException {
        List<StatementResult.Chunk> chunks = statement.result().chunks();
        if (index < 0 || index >= chunks.size()) {
            throw ApiException.invalid(
                    "Chunk " + index + " does not exist: the result has " + chunks.size() + " chunks.");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            chunk(json, statement, chunks, index, links);
        }
        return bytes.toByteArray();
    }

    private static void status(JsonGenerator json, ServerStatement.Snapshot snapshot, StatementState shown)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("state", shown.name());
        EngineException error = snapshot.error();
        if (error != null) {
            json.writeObjectFieldStart("error");
            json.writeStringField("error_code", error.errorCode());
            json.writeStringField("message", error.getMessage());
            json.writeEndObject();
            if (error.sqlState() != null) {
                json.writeStringField("sql_state", error.sqlState());
            }
        }
        json.writeEndObject();
    }

    private static void manifest(JsonGenerator json, ServerStatement statement, boolean truncated) throws IOException {
        StatementResult result = statement.result();
        List<StatementResult.Chunk> chunks = result.chunks();
        json.writeStartObject();
        json.writeStringField("format", result.format().name());
        schema(json, result.columns());
        json.writeNumberField("total_chunk_count", chunks.size());
        if (!chunks.isEmpty()) {
            json.writeArrayFieldStart("chunks");
            for (StatementResult.Chunk chunk : chunks) {
                json.writeStartObject();
                position(json, chunk);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeNumberField("total_row_count", result.rows());
        json.writeNumberField("total_byte_count", result.bytes());
        json.writeBooleanField("truncated", truncated);
        json.writeStringField("result_compression", result.compressed() ? "LZ4_FRAME" : "NONE");
        if (result.isVolumeOperation()) {
            json.writeBooleanField("is_volume_operation", true);
        }
        json.writeEndObject();
    }

    private static void schema(JsonGenerator json, List<ResultColumn> columns) throws IOException {
        json.writeObjectFieldStart("schema");
        json.writeNumberField("column_count", columns.size());
        if (!columns.isEmpty()) {
            json.writeArrayFieldStart("columns");
            for (int i = 0; i < columns.size(); i++) {
                column(json, columns.get(i), i);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void column(JsonGenerator json, ResultColumn column, int position) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", column.name());
        json.writeStringField("type_text", column.typeText());
        json.writeStringField("type_name", column.typeName());
        if ("DECIMAL".equals(column.typeName())) {
            json.writeNumberField("type_precision", column.precision());
            json.writeNumberField("type_scale", column.scale());
        }
        if (column.intervalType() != null) {
            json.writeStringField("type_interval_type", column.intervalType());
        }
        json.writeNumberField("position", position);
        json.writeEndObject();
    }

    private static void position(JsonGenerator json, StatementResult.Chunk chunk) throws IOException {
        json.writeNumberField("chunk_index", chunk.index());
        json.writeNumberField("row_offset", chunk.rowOffset());
        json.writeNumberField("row_count", chunk.rows());
        json.writeNumberField("byte_count", chunk.bytes());
    }

    private static void noRows(JsonGenerator json, ServerStatement statement) throws IOException {
        json.writeStartObject();
        StatementResult result = statement.result();
        if (result.hasRows() && result.format() == ResultFormat.JSON_ARRAY) {
            json.writeArrayFieldStart("data_array");
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void chunk(
            JsonGenerator json, ServerStatement statement, List<StatementResult.Chunk> chunks, int index, Links links)
            throws IOException {
        StatementResult.Chunk chunk = chunks.get(index);
        boolean last = index + 1 == chunks.size();
        json.writeStartObject();
        if (inline(statement, chunks)) {
            position(json, chunk);
            if (!last) {
                next(json, statement, chunks.get(index + 1));
            }
            payload(json, statement.result(), chunk);
        } else {
            json.writeArrayFieldStart("external_links");
            json.writeStartObject();
            position(json, chunk);
            if (!last) {
                next(json, statement, chunks.get(index + 1));
            }
            link(json, statement, chunk, links);
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static boolean inline(ServerStatement statement, List<StatementResult.Chunk> chunks) {
        boolean json = statement.result().format() == ResultFormat.JSON_ARRAY;
        if (json && statement.request().format() != ResultFormat.JSON_ARRAY) {
            // the JDBC driver reads JSON from answers alone; behind links it sees no rows
            return true;
        }
        return switch (statement.request().disposition()) {
            case INLINE -> true;
            case EXTERNAL_LINKS -> false;
            // a client that gets Arrow in the answer does not ask for a second chunk
            case INLINE_OR_EXTERNAL_LINKS ->
                json || chunks.size() == 1 && chunks.get(0).bytes() <= HYBRID_LIMIT;
        };
    }

    private static void next(JsonGenerator json, ServerStatement statement, StatementResult.Chunk next)
            throws IOException {
        json.writeNumberField("next_chunk_index", next.index());
        json.writeStringField(
                "next_chunk_internal_link",
                "/api/2.0/sql/statements/" + statement.id() + "/result/chunks/" + next.index() + "?row_offset="
                        + next.rowOffset());
    }

    private static void payload(JsonGenerator json, StatementResult result, StatementResult.Chunk chunk)
            throws IOException {
        byte[] payload = result.read(chunk);
        if (result.format() == ResultFormat.JSON_ARRAY) {
            json.writeFieldName("data_array");
            json.writeRawValue(new String(payload == null ? NO_ROWS : payload, StandardCharsets.UTF_8));
        } else {
            json.writeBinaryField("attachment", payload == null ? new byte[0] : payload);
        }
    }

    private void link(JsonGenerator json, ServerStatement statement, StatementResult.Chunk chunk, Links links)
            throws IOException {
        ResultLinks.Link link = link(statement, chunk, links);
        json.writeStringField("external_link", link.url());
        json.writeStringField("expiration", link.expires().toString());
        json.writeObjectFieldStart("http_headers");
        json.writeEndObject();
    }

    /** Makes a link to a chunk, signed. */
    ResultLinks.Link link(ServerStatement statement, StatementResult.Chunk chunk, Links links) {
        Instant expires = clock.instant().plus(links.life()).truncatedTo(ChronoUnit.SECONDS);
        String signature = signer.sign(statement.id(), chunk.index(), expires.getEpochSecond());
        return new ResultLinks.Link(
                links.baseUrl() + "/results/" + statement.id() + "/" + chunk.index() + "?expires="
                        + expires.getEpochSecond() + "&signature=" + signature,
                expires);
    }
}
