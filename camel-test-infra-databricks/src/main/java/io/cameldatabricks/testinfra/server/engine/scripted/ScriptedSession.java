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
package io.cameldatabricks.testinfra.server.engine.scripted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineSession;
import io.cameldatabricks.testinfra.server.engine.EngineStatement;
import io.cameldatabricks.testinfra.server.engine.ResultSink;
import io.cameldatabricks.testinfra.server.engine.StatementOutcome;
import io.cameldatabricks.testinfra.server.model.ServerClock;

/** A session of the scripted engine. */
final class ScriptedSession implements EngineSession {

    private static final JsonFactory JSON = new JsonFactory();

    private final ScriptedEngine engine;
    private final ServerClock clock;
    private final Map<String, CompletableFuture<StatementOutcome>> waiting = new ConcurrentHashMap<>();

    ScriptedSession(ScriptedEngine engine, ServerClock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public StatementOutcome execute(EngineStatement statement, ResultSink sink) throws EngineException {
        try {
            return start(statement, sink, clock.instant()).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EngineException exception) {
                throw exception;
            }
            throw e;
        }
    }

    @Override
    public CompletionStage<StatementOutcome> start(EngineStatement statement, ResultSink sink, Instant admitted) {
        ScriptedAnswer answer = engine.find(statement.sql());
        CompletableFuture<StatementOutcome> end = new CompletableFuture<>();
        if (answer == null) {
            end.completeExceptionally(EngineException.failed(
                    "BAD_REQUEST",
                    "0A000",
                    "[UNSCRIPTED_STATEMENT] The scripted engine has no answer for this statement. SQLSTATE: 0A000",
                    null));
            return end;
        }
        Duration left = answer.duration().minus(Duration.between(admitted, clock.instant()));
        if (left.isNegative() || left.isZero()) {
            finish(answer, statement, sink, end);
        } else {
            waiting.put(statement.id(), end);
            ServerClock.Timer timer = clock.schedule(left, () -> {
                if (waiting.remove(statement.id()) != null) {
                    finish(answer, statement, sink, end);
                }
            });
            end.whenComplete((outcome, failure) -> timer.cancel());
        }
        return end;
    }

    private static void finish(
            ScriptedAnswer answer,
            EngineStatement statement,
            ResultSink sink,
            CompletableFuture<StatementOutcome> end) {
        try {
            if (answer.failure() != null) {
                throw answer.failure();
            }
            end.complete(write(answer, statement, sink));
        } catch (EngineException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private static StatementOutcome write(ScriptedAnswer answer, EngineStatement statement, ResultSink sink)
            throws EngineException {
        if (answer.columns().isEmpty()) {
            return new StatementOutcome(false, "OTHER");
        }
        sink.begin(answer.columns());
        long rows = answer.rowCount();
        long wanted = statement.rowLimit() > 0 ? Math.min(rows, statement.rowLimit()) : rows;
        long written = 0;
        long bytes = 0;
        boolean full = false;
        while (written < wanted && !full) {
            Chunk chunk = new Chunk(statement.bytesPerChunk(), statement.byteLimit() - bytes);
            while (written + chunk.rows < wanted && chunk.rows < statement.rowsPerChunk() && chunk.takes()) {
                chunk.add(answer.row(written + chunk.rows));
            }
            byte[] payload = chunk.payload();
            full = statement.byteLimit() > 0 && bytes + payload.length >= statement.byteLimit();
            sink.chunk(payload, chunk.rows);
            written += chunk.rows;
            bytes += payload.length;
        }
        return new StatementOutcome(answer.truncated() || written < rows, "SELECT");
    }

    /** Rows as JSON, until there are enough bytes. */
    private static final class Chunk {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final JsonGenerator json;
        private final long limit;
        private long rows;

        Chunk(long bytesPerChunk, long bytesLeft) {
            limit = bytesLeft > 0 ? Math.min(bytesPerChunk, bytesLeft) : bytesPerChunk;
            try {
                json = JSON.createGenerator(bytes);
                json.writeStartArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean takes() {
            return bytes.size() + json.getOutputBuffered() < limit;
        }

        void add(List<String> row) {
            try {
                json.writeStartArray();
                for (String cell : row) {
                    json.writeString(cell);
                }
                json.writeEndArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rows++;
        }

        byte[] payload() {
            try {
                json.writeEndArray();
                json.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }

    @Override
    public void cancel(String statementId) {
        CompletableFuture<StatementOutcome> end = waiting.remove(statementId);
        if (end != null) {
            end.completeExceptionally(EngineException.ofCanceled());
        }
    }

    @Override
    public void close() {
        waiting.keySet().forEach(this::cancel);
    }
}
