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
package io.cameldatabricks.component.client;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.FailureFacts;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.statement.StatementFailure;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

/** Turns the end of a statement that did not succeed into an exception. */
public final class StatementErrors {

    private static final StatementFailure NO_REASON = new StatementFailure(null, null, null);

    private StatementErrors() {}

    /** The server does not know the statement: it never did, or the statement ended more than 12 hours ago. */
    public static DatabricksException unknown(StatementId id) {
        return new PermanentDatabricksException(
                "The server does not know this statement: it ended too long ago, or belongs to another workspace",
                new ErrorDetails(id.publicPart(), null, null, null, 404),
                null);
    }

    /**
     * Returns when the server can hold rows of the statement.
     *
     * @throws TransientDatabricksException when it has not ended yet
     * @throws ResultExpiredException when its rows have been released
     * @throws DatabricksException its own failure when it did not succeed
     */
    public static void requireRows(StatementStatus status) {
        ErrorDetails details =
                new ErrorDetails(status.id().publicPart(), status.state().name(), null, null, null);
        switch (status.state()) {
            case SUCCEEDED -> {}
            case PENDING, RUNNING ->
                throw new TransientDatabricksException("The statement has not ended yet", details, null);
            case CLOSED ->
                throw new ResultExpiredException(
                        "The statement succeeded, but its rows have been released", details, null);
            case FAILED, CANCELED -> throw of(status);
        }
    }

    /** The statement succeeded, and its result is not there any more. */
    public static ResultExpiredException released(StatementId id) {
        return new ResultExpiredException(
                "The statement succeeded, but its rows have been released",
                new ErrorDetails(id.publicPart(), StatementState.CLOSED.name(), null, null, null),
                null);
    }

    /**
     * @param status terminal and no success
     * @return transient when two writers collided, so that the same statement may succeed later; else permanent
     */
    public static DatabricksException of(StatementStatus status) {
        if (!status.isTerminal() || status.state().isSuccess()) {
            throw new IllegalArgumentException("A statement in state " + status.state() + " did not fail");
        }
        StatementFailure failure = status.failure() == null ? NO_REASON : status.failure();
        return FailureTranslator.decide(
                FailureFacts.ofStatement(
                        status.state().name(), failure.sqlState(), failure.errorCode(), failure.message()),
                CallPhase.ASK,
                status.id().publicPart(),
                null);
    }
}
