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

import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.workspace.StatementCalls;

/** RESULT: waits for the end of a statement without holding a thread, and reads its result. */
final class ResultOperation implements Operation {

    private final ExchangeReader reader;
    private final StatementCalls calls;
    private final ResultReader results;

    ResultOperation(ExchangeReader reader, StatementCalls calls, ResultReader results) {
        this.reader = reader;
        this.calls = calls;
        this.results = results;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        int rowLimit = reader.rowLimit(exchange);
        StatementReference reference = calls.reachable(reader.reference(exchange));
        return StageTask.thenRead(
                calls.end(reference),
                exchange,
                callback,
                calls.threads(),
                end -> results.read(exchange, callback, reference, end, rowLimit));
    }
}
