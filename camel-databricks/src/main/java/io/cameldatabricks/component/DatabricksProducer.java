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

import java.util.EnumMap;
import java.util.Map;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

import io.cameldatabricks.component.execute.StatementRequest;

/**
 * Reads a message, runs its operation on a thread of the pool, writes the result, and lets the route go on. Never blocks
 * the thread that sends.
 */
public class DatabricksProducer extends DefaultAsyncProducer {

    /** From a message, checked and bound on the thread that sends, to the work that a thread of the pool does. */
    private interface Operation {
        Runnable prepare(Exchange exchange, WarehouseAccess access);
    }

    private final Map<DatabricksOperation, Operation> operations = new EnumMap<>(DatabricksOperation.class);
    private ExchangeReader reader;
    private WarehouseAccess access;

    public DatabricksProducer(DatabricksEndpoint endpoint) {
        super(endpoint);
        for (DatabricksOperation operation : DatabricksOperation.values()) {
            operations.put(operation, operation(operation));
        }
    }

    private Operation operation(DatabricksOperation operation) {
        return switch (operation) {
            case EXECUTE -> this::execute;
        };
    }

    private Runnable execute(Exchange exchange, WarehouseAccess warehouse) {
        StatementRequest request = reader.statement(exchange);
        return () -> ExchangeWriter.write(exchange, request, warehouse.runner().run(request));
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            WarehouseAccess warehouse = access;
            if (warehouse == null) {
                throw new IllegalStateException("The producer is not started");
            }
            Runnable work = operations.get(reader.operation(exchange)).prepare(exchange, warehouse);
            warehouse.execute(new ExchangeTask(exchange, callback, warehouse.continuations(), work));
            return false;
        } catch (Exception e) {
            ExchangeWriter.writeFailure(exchange, e);
            callback.done(true);
            return true;
        }
    }

    @Override
    public DatabricksEndpoint getEndpoint() {
        return (DatabricksEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        reader = getEndpoint().createReader();
        access = getEndpoint().acquireWarehouse();
    }

    @Override
    protected void doStop() throws Exception {
        if (access != null) {
            access = null;
            getEndpoint().releaseWarehouse();
        }
        super.doStop();
    }
}
