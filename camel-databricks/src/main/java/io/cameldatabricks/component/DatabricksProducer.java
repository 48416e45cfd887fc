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

/** Finds the operation that a message asks for and hands the message to it. Never blocks the thread that sends. */
public class DatabricksProducer extends DefaultAsyncProducer {

    private ExchangeReader reader;
    private volatile Map<DatabricksOperation, Operation> operations;

    public DatabricksProducer(DatabricksEndpoint endpoint) {
        super(endpoint);
    }

    private static Operation operation(
            DatabricksOperation operation, ExchangeReader reader, WarehouseAccess warehouse) {
        return switch (operation) {
            case EXECUTE -> new ExecuteOperation(reader, warehouse);
        };
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Map<DatabricksOperation, Operation> started = operations;
            if (started == null) {
                throw new IllegalStateException("The producer is not started");
            }
            return started.get(reader.operation(exchange)).process(exchange, callback);
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
        WarehouseAccess warehouse = getEndpoint().acquireWarehouse();
        Map<DatabricksOperation, Operation> all = new EnumMap<>(DatabricksOperation.class);
        for (DatabricksOperation operation : DatabricksOperation.values()) {
            all.put(operation, operation(operation, reader, warehouse));
        }
        operations = all;
    }

    @Override
    protected void doStop() throws Exception {
        if (operations != null) {
            operations = null;
            getEndpoint().releaseWarehouse();
        }
        super.doStop();
    }
}
