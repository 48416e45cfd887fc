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
package io.cameldatabricks.component.client.jdbc;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.statement.ForeignHandleException;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.UnknownStatementStateException;

/** What the driver throws, checked or not, as the port's exceptions. Stateless. */
final class DriverErrors {

    private DriverErrors() {}

    /**
     * @param phase {@link CallPhase#EXECUTE} for a submit, else {@link CallPhase#ASK}
     * @param sql that was sent, or null; only used to keep it out of the message
     */
    static RuntimeException of(Throwable failure, CallPhase phase, StatementId id, String sql) {
        if (failure instanceof UnknownStatementStateException unknown) {
            return unknown;
        }
        if (failure instanceof ForeignHandleException foreign) {
            return foreign;
        }
        return FailureTranslator.translate(failure, phase, id == null ? null : id.publicPart(), sql);
    }
}
