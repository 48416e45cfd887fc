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

import java.util.concurrent.CompletionStage;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.workspace.StatementCalls;

/**
 * An operation on the handle that the message holds: one question to the server, whose answer ends the exchange.
 *
 * @param <T> what the server answers
 */
abstract class HandleOperation<T> implements Operation {

    private final ExchangeReader reader;
    private final StatementCalls calls;

    HandleOperation(ExchangeReader reader, StatementCalls calls) {
        this.reader = reader;
        this.calls = calls;
    }

    /** Asks the server. */
    abstract CompletionStage<T> ask(StatementCalls calls, StatementReference reference);

    /** Writes the answer into the message. */
    abstract void write(Exchange exchange, StatementReference reference, T answer);

    @Override
    public final boolean process(Exchange exchange, AsyncCallback callback) {
        StatementReference reference = calls.reachable(reader.reference(exchange));
        return StageTask.await(
                ask(calls, reference),
                exchange,
                callback,
                calls.threads(),
                answer -> write(exchange, reference, answer));
    }
}
