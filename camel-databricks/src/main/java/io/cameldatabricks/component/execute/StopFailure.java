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
package io.cameldatabricks.component.execute;

import java.sql.SQLTimeoutException;
import java.time.Duration;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.StatementDetachedException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;

/** Says what became of a statement whose wait was ended: what was done, and what of it was seen. Stateless. */
public final class StopFailure {

    private StopFailure() {}

    /** Whether somebody interrupted the thread; the driver hides that in a time-out, which is never asked of it. */
    static boolean isInterruption(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof SQLTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /**
     * The statement runs on.
     *
     * @param id as it may be shown
     */
    public static DatabricksException detached(
            StopReason reason, StatementRequest.Limits limits, Duration startTimeout, String id) {
        return new StatementDetachedException(
                what(reason, limits, startTimeout) + "; it was left running as statement " + id,
                new ErrorDetails(id, null, null, null, null),
                null);
    }

    /**
     * A cancel was sent.
     *
     * @param failure what was said in the end: by the driver, or by the server
     * @param seen whether it was seen that the statement has been cancelled
     */
    public static DatabricksException cancelled(
            StopReason reason,
            StatementRequest.Limits limits,
            Duration startTimeout,
            DatabricksException failure,
            boolean seen) {
        String subject = reason == StopReason.START_TIMEOUT ? "the statement " : "";
        String text = what(reason, limits, startTimeout) + " and "
                + (seen ? subject + "was cancelled" : "a cancel was sent, but its end was not seen");
        ErrorDetails details = new ErrorDetails(
                failure.getStatementId(),
                seen ? failure.getState() : null,
                failure.getSqlState(),
                failure.getErrorCode(),
                failure.getHttpStatus());
        if (reason == StopReason.QUERY_TIMEOUT) {
            return new PermanentDatabricksException(text, details, failure);
        }
        return seen
                ? new TransientDatabricksException(text, details, failure)
                : new SubmitOutcomeUnknownException(text, details, failure);
    }

    private static String what(StopReason reason, StatementRequest.Limits limits, Duration startTimeout) {
        return switch (reason) {
            case QUERY_TIMEOUT ->
                "The statement ran longer than queryTimeout="
                        + limits.queryTimeout().toMillis() + "ms";
            case START_TIMEOUT -> "The warehouse did not start within startTimeout=" + startTimeout.toMillis() + "ms";
            case SHUTDOWN -> "The endpoint was stopped while the statement was running";
            case INTERRUPTED -> "The thread was interrupted while the statement was running";
        };
    }
}
