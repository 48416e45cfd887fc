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

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

import io.cameldatabricks.component.execute.RunningStatements;
import io.cameldatabricks.component.workspace.AwaitedStatements;
import io.cameldatabricks.component.workspace.OpenStages;
import io.cameldatabricks.component.workspace.StatementPlace;
import io.cameldatabricks.component.workspace.WarehouseAccess;

/** Finds the operation that a message asks for and hands the message to it. Never blocks the thread that sends. */
public class DatabricksProducer extends DefaultAsyncProducer {

    private ExchangeReader reader;
    private WarehouseAccess warehouse;
    private RunningStatements running;
    private AwaitedStatements awaited;
    private OpenStages transfers;
    private volatile Map<DatabricksOperation, Operation> operations;

    public DatabricksProducer(DatabricksEndpoint endpoint) {
        super(endpoint);
    }

    private Operation operation(DatabricksOperation operation) {
        DatabricksEndpoint endpoint = getEndpoint();
        EndpointHandles handles = endpoint.handles();
        return switch (operation) {
            case EXECUTE ->
                endpoint.getStatement().isAsync()
                        ? new AsyncExecuteOperation(
                                reader, handles.settings(), handles.calls(), warehouse, awaited, results(endpoint))
                        : new ExecuteOperation(reader, warehouse, running, () -> handles.settings()
                                .target());
            case SUBMIT -> new SubmitOperation(reader, handles.settings(), handles.threads(), handles::tracker);
            case STATUS -> new StatusOperation(reader, handles.calls());
            case RESULT -> new ResultOperation(reader, handles.calls(), results(endpoint));
            case CANCEL -> new CancelOperation(reader, handles.calls());
            case CLOSE -> new CloseOperation(reader, handles.calls());
            case INSERT, MERGE, LOAD, UPLOAD, DOWNLOAD, DELETE, LIST ->
                endpoint.operations()
                        .make(
                                operation,
                                new EndpointOperations.Means(new IngestReader(reader), warehouse, running, transfers));
        };
    }

    private ResultReader results(DatabricksEndpoint endpoint) {
        return new ResultReader(warehouse, endpoint.handles().threads(), endpoint.resultSettings());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        OperationWatch watch = new OperationWatch(
                getEndpoint().getName(),
                getEndpoint().getStatement().getOperation(),
                getEndpoint().getComponent().services().observation().listener());
        return process(exchange, watch, doneSync -> {
            watch.end(exchange.getException());
            callback.done(doneSync);
        });
    }

    private boolean process(Exchange exchange, OperationWatch watch, AsyncCallback callback) {
        try {
            Map<DatabricksOperation, Operation> started = operations;
            if (started == null) {
                throw new IllegalStateException("The producer is not started");
            }
            DatabricksOperation asked = reader.operation(exchange);
            watch.asked(asked);
            StatementPlace place = getEndpoint().holdsNoThread(asked)
                    ? getEndpoint().handles().settings().place()
                    : null;
            if (place == null || place.isKnown()) {
                return process(started, asked, exchange, callback);
            }
            return StageTask.thenRead(
                    place.find(), exchange, callback, getEndpoint().handles().threads(), found -> {
                        try {
                            process(started, asked, exchange, doneSync -> callback.done(false));
                        } catch (Exception e) {
                            throw new CompletionException(e);
                        }
                    });
        } catch (Exception e) {
            ExchangeWriter.writeFailure(exchange, e);
            callback.done(true);
            return true;
        }
    }

    private boolean process(
            Map<DatabricksOperation, Operation> started,
            DatabricksOperation asked,
            Exchange exchange,
            AsyncCallback callback)
            throws Exception {
        // made when first asked for: not every operation fits to every endpoint
        return started.computeIfAbsent(asked, this::operation).process(exchange, callback);
    }

    @Override
    public DatabricksEndpoint getEndpoint() {
        return (DatabricksEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        reader = getEndpoint().createReader();
        warehouse = getEndpoint().warehouse().acquire();
        running = new RunningStatements();
        awaited = new AwaitedStatements();
        transfers = new OpenStages();
        operations = new ConcurrentHashMap<>();
        DatabricksComponent component = getEndpoint().getComponent();
        component
                .services()
                .checks()
                .addWarehouse(
                        getEndpoint().getName(),
                        getEndpoint().warehouse().key(),
                        warehouse,
                        component.isHealthCheckProducerEnabled());
        getEndpoint().handles().lookAfterLeftBehind();
    }

    @Override
    protected void doStop() throws Exception {
        if (operations != null) {
            operations = null;
            getEndpoint().getComponent().services().turns().withdraw(running);
            running.stop();
            awaited.stop();
            transfers.stop();
            getEndpoint()
                    .getComponent()
                    .services()
                    .checks()
                    .removeWarehouse(
                            getEndpoint().getName(), getEndpoint().warehouse().key());
            getEndpoint().warehouse().release();
        }
        super.doStop();
    }
}
