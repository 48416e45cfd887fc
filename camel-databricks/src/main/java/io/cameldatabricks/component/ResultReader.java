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

import io.cameldatabricks.component.client.StatementErrors;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.thread.AsyncThreads;
import io.cameldatabricks.component.workspace.WarehouseAccess;

/** Reads the result of a statement that has ended, on a thread of the pool, and ends the exchange with it. */
final class ResultReader {

    private final WarehouseAccess warehouse;
    private final AsyncThreads threads;
    private final ResultSettings settings;

    ResultReader(WarehouseAccess warehouse, AsyncThreads threads, ResultSettings settings) {
        this.warehouse = warehouse;
        this.threads = threads;
        this.settings = settings;
    }

    /**
     * @param end terminal
     * @param rowLimit that the statement was submitted with, as far as it is known, else 0
     */
    void read(
            Exchange exchange,
            AsyncCallback callback,
            StatementReference reference,
            StatementStatus end,
            int rowLimit) {
        if (end.state() != StatementState.SUCCEEDED) {
            ExchangeWriter.writeFailure(
                    exchange, end.state().isSuccess() ? StatementErrors.released(end.id()) : StatementErrors.of(end));
            threads.goOn(() -> callback.done(false));
            return;
        }
        warehouse.fetch(new ExchangeTask(
                exchange,
                callback,
                () -> ExchangeWriter.writeResult(
                        exchange, settings, reference, warehouse.runner().fetch(reference.id(), settings, rowLimit)),
                "The component was stopped before the result was read"));
    }
}
