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
package io.cameldatabricks.component.outcome;

import io.cameldatabricks.component.client.StatementErrors;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.statement.HandleOutcome;
import io.cameldatabricks.component.statement.StatementHandle;

/** What a route is told about a statement that did not come to a result. */
final class OutcomeFailures {

    private OutcomeFailures() {}

    /** @return null for an outcome that is none */
    static DatabricksException of(StatementHandle handle, HandleOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED, RELEASED -> null;
            case FAILED, CANCELED -> StatementErrors.of(handle.status());
            case RESULT_EXPIRED ->
                new ResultExpiredException(
                        "The statement succeeded, but its rows were not read in time: they could be read until "
                                + handle.deadlines().resultExpiresAt(),
                        details(handle),
                        null);
            case ROWS_RELEASED ->
                new ResultExpiredException(
                        "The statement succeeded, but the server had released its rows before its end was seen, as it"
                                + " does an hour after the end, or when somebody closes the statement",
                        details(handle),
                        null);
            case PURGED ->
                new PermanentDatabricksException(
                        "The end of the statement was not seen before the server forgot it: whether it succeeded is"
                                + " not known",
                        details(handle),
                        null);
            case UNKNOWN_TO_SERVER ->
                new PermanentDatabricksException(
                        "The server does not know the statement: it was dropped, and whether it succeeded is not"
                                + " known",
                        details(handle),
                        null);
            case NEVER_FOUND ->
                new SubmitOutcomeUnknownException(
                        "No answer came to the submit, and the statement was not found: it may or may not have run",
                        details(handle),
                        null);
        };
    }

    private static ErrorDetails details(StatementHandle handle) {
        return new ErrorDetails(
                handle.statementId() == null ? null : handle.statementId().publicPart(),
                handle.status() == null ? null : handle.status().state().name(),
                null,
                null,
                null);
    }
}
