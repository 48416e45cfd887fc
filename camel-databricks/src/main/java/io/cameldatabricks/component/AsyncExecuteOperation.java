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

import io.cameldatabricks.component.error.StatementDetachedException;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.workspace.AwaitedStatement;
import io.cameldatabricks.component.workspace.AwaitedStatements;
import io.cameldatabricks.component.workspace.StatementCalls;
import io.cameldatabricks.component.workspace.WarehouseAccess;

/**
 * EXECUTE with {@code async=true}: the exchange waits for the end of the statement, which holds no thread and no connection
 * meanwhile. Time limits and the stop of the route end it by the same rules as a statement that a thread waits for.
 */
final class AsyncExecuteOperation implements Operation {

    private final ExchangeReader reader;
    private final AsyncSettings settings;
    private final StatementCalls calls;
    private final WarehouseAccess warehouse;
    private final AwaitedStatements awaited;
    private final ResultReader results;

    /** @param awaited ends the statements when the producer stops */
    AsyncExecuteOperation(
            ExchangeReader reader,
            AsyncSettings settings,
            StatementCalls calls,
            WarehouseAccess warehouse,
            AwaitedStatements awaited,
            ResultReader results) {
        this.reader = reader;
        this.settings = settings;
        this.calls = calls;
        this.warehouse = warehouse;
        this.awaited = awaited;
        this.results = results;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        StatementRequest request = reader.submission(exchange, settings).request();
        AwaitedStatement statement = calls.run(request, settings.target(), settings.limits(), warehouse, awaited);
        return StageTask.thenRead(
                statement.outcome().whenComplete((end, failure) -> {
                    if (failure instanceof StatementDetachedException) {
                        statement.reference().ifPresent(handle -> ExchangeWriter.writeDetached(exchange, handle));
                    }
                }),
                exchange,
                callback,
                calls.threads(),
                end -> results.read(exchange, callback, new StatementReference(settings.target(), end.id()), end, (int)
                        Math.min(Integer.MAX_VALUE, request.limits().rows())));
    }
}
