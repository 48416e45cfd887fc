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

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.execute.OutputType;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.RunningStatements;
import io.cameldatabricks.component.execute.StatementRequest;
import io.cameldatabricks.component.execute.StatementResult;
import io.cameldatabricks.component.execute.StatementSequence;
import io.cameldatabricks.component.ingest.LoadRun;
import io.cameldatabricks.component.ingest.LoadSettings;
import io.cameldatabricks.component.ingest.LoadStatements;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.workspace.VolumeAccess;
import io.cameldatabricks.component.workspace.WarehouseAccess;

/**
 * LOAD: uploads what a message brings, and lets the server load it. The upload holds no connection, and a thread of the
 * component only while it reads the message; the statements run on threads of the pool, as those of INSERT do.
 */
final class LoadOperation implements Operation {

    private final IngestReader reader;
    private final WriteSettings write;
    private final LoadSettings settings;
    private final ResultSettings result;
    private final Means means;

    /**
     * What an endpoint loads with.
     *
     * @param running ends the statements when the producer stops
     * @param turns lets writers of a table wait for each other
     */
    record Means(WarehouseAccess warehouse, RunningStatements running, VolumeAccess volumes, TableTurns turns) {}

    LoadOperation(IngestReader reader, WriteSettings write, LoadSettings settings, ResultSettings result, Means means) {
        this.reader = reader;
        this.write = write;
        this.settings = settings;
        this.result = result;
        this.means = means;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return process(exchange, reader.load(exchange, write), callback);
    }

    /** Loads what was read of the message already. */
    boolean process(Exchange exchange, LoadRequest request, AsyncCallback callback) {
        if (write.serial()) {
            means.turns()
                    .take(
                            request.write().table(),
                            means.running(),
                            exchange,
                            callback,
                            turn -> begin(exchange, request, turn));
        } else {
            begin(exchange, request, callback);
        }
        return false;
    }

    private void begin(Exchange exchange, LoadRequest request, AsyncCallback callback) {
        try {
            new Load(exchange, request, callback).stage();
        } catch (RuntimeException e) {
            ExchangeWriter.writeFailure(exchange, e);
            callback.done(false);
        }
    }

    /** The load of one message, step by step; one step ends before the next begins. */
    private final class Load implements LoadStatements {

        private final Exchange exchange;
        private final WriteRequest request;
        private final AsyncCallback callback;
        private final LoadRun run;

        Load(Exchange exchange, LoadRequest request, AsyncCallback callback) {
            this.exchange = exchange;
            this.request = request.write();
            this.callback = callback;
            this.run = new LoadRun(
                    request.write().table(),
                    settings,
                    request.source(),
                    request.key(),
                    means.volumes().client(),
                    this,
                    ThreadLocalRandom.current());
        }

        @Override
        public Written write(BoundSql statement) {
            StatementResult done = means.warehouse().runner().run(request.statement(statement), means.running());
            return new Written(done.statementId(), done.updateCount(), done.changes());
        }

        @Override
        public List<String> row(BoundSql query) {
            StatementRequest wanted =
                    new StatementRequest(query, request.limits(), ResultSettings.of(OutputType.SELECT_LIST));
            StatementSequence sequence =
                    new StatementSequence(StatementSequence.Kind.SCRIPT, List.of(wanted), request.tags());
            return means.warehouse().runner().run(sequence, means.running()).rows().get(0).values().stream()
                    .map(String::valueOf)
                    .toList();
        }

        void stage() {
            VolumeAccess volumes = means.volumes();
            volumes.open().add(run.stage(volumes.threads().transfers())).whenComplete((nothing, failure) -> {
                if (failure == null) {
                    copy();
                } else {
                    settle(cause(failure));
                }
            });
        }

        private void copy() {
            if (run.isDone()) {
                settle(null);
                return;
            }
            means.warehouse().executePatiently(task());
        }

        private ExchangeTask task() {
            return new ExchangeTask(exchange, callback, this::advance, () -> {
                run.settle(run.stopped());
                return run.stopped();
            });
        }

        /** Always false: the exchange ends when the uploaded file is cleared away. */
        private boolean advance() {
            try {
                LoadRun.Step step = run.advance();
                switch (step.next()) {
                    case ADVANCE -> means.warehouse().executeAfter(step.pause(), task());
                    case STAGE -> stage();
                    case NOTHING -> settle(null);
                }
            } catch (RuntimeException | Error e) {
                settle(e);
            }
            return false;
        }

        private void settle(Throwable failure) {
            CompletionStage<Void> settled = run.settle(failure);
            means.volumes().open().add(settled).whenComplete((nothing, stopped) -> {
                try {
                    if (failure == null) {
                        IngestWriter.writeLoaded(exchange, result, run.report());
                    } else {
                        IngestWriter.writeRowsFailure(exchange, run.report().rows(), run.meant(failure));
                    }
                } catch (RuntimeException | Error e) {
                    ExchangeWriter.writeFailure(exchange, e);
                }
                means.volumes().threads().goOn(() -> callback.done(false));
            });
        }

        private static Throwable cause(Throwable failure) {
            Throwable cause = failure;
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause;
        }
    }
}
