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
package io.cameldatabricks.testinfra.server.engine;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One isolated session of an engine. Several statements may run in it at the same time. */
public interface EngineSession extends AutoCloseable {

    /**
     * Runs a statement to its end on the calling thread and writes its result into the sink.
     *
     * @return what is known at the end beside the rows
     * @throws EngineException when the statement fails or was canceled
     */
    StatementOutcome execute(EngineStatement statement, ResultSink sink) throws EngineException;

    /**
     * Starts a statement. The server calls this one. As it stands it runs {@link #execute} to its end on the calling
     * thread; an engine whose statements only wait may override it and hold no thread meanwhile.
     *
     * @param admitted when the statement got its place, on the server's clock; its client may have been answered
     *     since, and may have turned the clock
     * @return completes with the outcome, or with the {@link EngineException} of a failed or canceled statement
     */
    default CompletionStage<StatementOutcome> start(EngineStatement statement, ResultSink sink, Instant admitted) {
        try {
            return CompletableFuture.completedFuture(execute(statement, sink));
        } catch (EngineException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Stops a running statement, from any thread; its {@link #execute} then throws {@link EngineException} with
     * {@link EngineException#canceled()}. Does nothing when the statement is unknown or has ended.
     */
    void cancel(String statementId);

    /** Cancels what still runs in the session and drops its temporary objects. */
    @Override
    void close();
}
