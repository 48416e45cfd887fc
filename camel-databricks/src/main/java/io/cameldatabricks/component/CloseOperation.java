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

import org.apache.camel.Exchange;

import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.workspace.StatementCalls;

/** CLOSE: releases the result of a statement on the server. */
final class CloseOperation extends HandleOperation<Boolean> {

    CloseOperation(ExchangeReader reader, StatementCalls calls) {
        super(reader, calls);
    }

    @Override
    CompletionStage<Boolean> ask(StatementCalls calls, StatementReference reference) {
        return calls.release(reference);
    }

    @Override
    void write(Exchange exchange, StatementReference reference, Boolean known) {
        ExchangeWriter.writeClosed(exchange, reference);
    }
}
