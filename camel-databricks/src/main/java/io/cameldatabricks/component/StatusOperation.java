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
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.workspace.StatementCalls;

/** STATUS: asks the server once how a statement is doing. */
final class StatusOperation extends HandleOperation<StatementStatus> {

    StatusOperation(ExchangeReader reader, StatementCalls calls) {
        super(reader, calls);
    }

    @Override
    CompletionStage<StatementStatus> ask(StatementCalls calls, StatementReference reference) {
        return calls.status(reference);
    }

    @Override
    void write(Exchange exchange, StatementReference reference, StatementStatus status) {
        ExchangeWriter.writeStatus(exchange, reference, status);
    }
}
