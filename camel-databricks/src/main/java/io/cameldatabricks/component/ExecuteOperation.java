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

import java.util.function.Supplier;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.error.StatementDetachedException;
import io.cameldatabricks.component.execute.RunningStatements;
import io.cameldatabricks.component.execute.StatementSequence;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.workspace.WarehouseAccess;

/** EXECUTE: runs the statements on a thread of the pool and waits for the result there. */
final class ExecuteOperation implements Operation {

    private final ExchangeReader reader;
    private final WarehouseAccess warehouse;
    private final RunningStatements running;
    private final Supplier<StatementTarget> target;

    /**
     * @param running ends the statements when the producer stops
     * @param target where a statement that is left running will be found; asked for when there is one
     */
    ExecuteOperation(
            ExchangeReader reader,
            WarehouseAccess warehouse,
            RunningStatements running,
            Supplier<StatementTarget> target) {
        this.reader = reader;
        this.warehouse = warehouse;
        this.running = running;
        this.target = target;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        StatementSequence statements = reader.statements(exchange);
        Runnable work = () -> run(exchange, statements);
        warehouse.execute(new ExchangeTask(exchange, callback, work));
        return false;
    }

    private void run(Exchange exchange, StatementSequence statements) {
        try {
            ExchangeWriter.write(
                    exchange, statements.last().result(), warehouse.runner().run(statements, running));
        } catch (StatementDetachedException e) {
            ExchangeWriter.writeDetached(
                    exchange, new StatementReference(target.get(), StatementId.of(e.getStatementId())));
            throw e;
        }
    }
}
