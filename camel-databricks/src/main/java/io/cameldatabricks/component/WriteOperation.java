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
package io.cameldatabricks.component;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.RunningStatements;
import io.cameldatabricks.component.execute.StatementResult;
import io.cameldatabricks.component.ingest.IngestRun;
import io.cameldatabricks.component.ingest.StatementWriter;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.workspace.WarehouseAccess;

/**
 * INSERT and MERGE: writes the rows of a message on a thread of the pool, statement after statement. A pause after a
 * conflict with another writer, and the wait for one's turn, hold neither a thread nor a connection.
 */
final class WriteOperation implements Operation {

    private final IngestReader reader;
    private final WriteSettings settings;
    private final ResultSettings result;
    private final WarehouseAccess warehouse;
    private final RunningStatements running;
    private final TableTurns turns;

    /** @param running ends the statements when the producer stops */
    WriteOperation(
            IngestReader reader,
            WriteSettings settings,
            ResultSettings result,
            WarehouseAccess warehouse,
            RunningStatements running,
            TableTurns turns) {
        this.reader = reader;
        this.settings = settings;
        this.result = result;
        this.warehouse = warehouse;
        this.running = running;
        this.turns = turns;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return process(exchange, reader.write(exchange, settings), false, callback);
    }

    /**
     * Writes what was read of the message already.
     *
     * @param begun whether rows were read that are gone then, so that the message cannot be refused for a full queue
     */
    boolean process(Exchange exchange, WriteRequest request, boolean begun, AsyncCallback callback) {
        if (settings.serial()) {
            turns.take(request.table(), running, exchange, callback, turn -> beginTurn(exchange, request, turn));
        } else {
            begin(exchange, request, begun, callback);
        }
        return false;
    }

    private void beginTurn(Exchange exchange, WriteRequest request, AsyncCallback callback) {
        try {
            // a message that has waited for its turn waits for a place too
            begin(exchange, request, true, callback);
        } catch (RuntimeException e) {
            ExchangeWriter.writeFailure(exchange, e);
            callback.done(false);
        }
    }

    private void begin(Exchange exchange, WriteRequest request, boolean patient, AsyncCallback callback) {
        IngestRun run = new IngestRun(
                request.table(),
                settings.rows(),
                request.rows(),
                sql -> write(request, sql),
                ThreadLocalRandom.current());
        ExchangeTask task = task(exchange, run, callback);
        if (patient) {
            warehouse.executePatiently(task);
        } else {
            warehouse.execute(task);
        }
    }

    private StatementWriter.Written write(WriteRequest request, BoundSql sql) {
        StatementResult written = warehouse.runner().run(request.statement(sql), running);
        return new StatementWriter.Written(written.statementId(), written.updateCount(), written.changes());
    }

    private ExchangeTask task(Exchange exchange, IngestRun run, AsyncCallback callback) {
        return new ExchangeTask(exchange, callback, () -> advance(exchange, run, callback), run::stopped);
    }

    /** Returns whether the exchange is done. */
    private boolean advance(Exchange exchange, IngestRun run, AsyncCallback callback) {
        try {
            Optional<Duration> pause = run.advance();
            if (pause.isPresent()) {
                warehouse.executeAfter(pause.get(), task(exchange, run, callback));
                return false;
            }
            IngestWriter.writeRows(exchange, result, run.report());
        } catch (DatabricksException e) {
            IngestWriter.writeRowsFailure(exchange, run.report(), e);
        }
        return true;
    }
}
