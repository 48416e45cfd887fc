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

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.execute.StatementRequest;

/** EXECUTE: runs the statement on a thread of the pool and waits for its result there. */
final class ExecuteOperation implements Operation {

    private final ExchangeReader reader;
    private final WarehouseAccess warehouse;

    ExecuteOperation(ExchangeReader reader, WarehouseAccess warehouse) {
        this.reader = reader;
        this.warehouse = warehouse;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        StatementRequest request = reader.statement(exchange);
        Runnable work = () -> ExchangeWriter.write(
                exchange, request.result(), warehouse.runner().run(request));
        warehouse.execute(new ExchangeTask(exchange, callback, warehouse.continuations(), work));
        return false;
    }
}
