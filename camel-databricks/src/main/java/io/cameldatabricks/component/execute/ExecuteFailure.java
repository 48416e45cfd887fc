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

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.NotRun;
import io.cameldatabricks.component.pool.WarehouseSession;

/** What it means that the execute of a statement has failed. Stateless. */
final class ExecuteFailure {

    private static final Logger LOG = LoggerFactory.getLogger(ExecuteFailure.class);

    private ExecuteFailure() {}

    /**
     * What the failure of a call means for the message; a statement that shall run on is let go.
     *
     * @param e what the driver has thrown
     * @param running is closed, so that nobody sets a reason any more
     * @param startTimeout only for messages
     */
    static RuntimeException of(
            Exception e,
            RunningStatement running,
            PreparedStatement statement,
            StatementRequest request,
            Duration startTimeout) {
        String id = DriverAnswer.statementId(statement);
        DatabricksException failure = FailureTranslator.translate(
                e, CallPhase.EXECUTE, id, request.sql().sql());
        StopReason reason = running.stopped().orElse(null);
        boolean interrupted = reason == null && StopFailure.isInterruption(e);
        // with an error class the server has said why, such as its own STATEMENT_TIMEOUT
        boolean endedByItself = "FAILED".equals(failure.getState()) || failure.getErrorCode() != null;
        if (DriverAnswer.hasNoId(statement) || endedByItself || reason == null && !interrupted) {
            return notRun(e, statement, request, failure);
        }
        StatementRequest.Limits limits = request.limits();
        boolean brokenOff = interrupted || running.isBrokenOff();
        if (brokenOff && limits.onTimeout() == OnTimeout.DETACH) {
            detach(statement);
            return StopFailure.detached(interrupted ? StopReason.INTERRUPTED : reason, limits, startTimeout, id);
        }
        if (interrupted) {
            // the flag would make the cancel fail, and the driver may have cleared it
            Thread.interrupted();
            RunningStatement.cancel(statement);
            Thread.currentThread().interrupt();
            return StopFailure.cancelled(StopReason.INTERRUPTED, limits, startTimeout, failure, false);
        }
        boolean seen = !brokenOff && "CANCELED".equals(failure.getState());
        return StopFailure.cancelled(reason, limits, startTimeout, failure, seen);
    }

    private static RuntimeException notRun(
            Exception e, PreparedStatement statement, StatementRequest request, DatabricksException failure) {
        boolean accepted = !DriverAnswer.hasNoId(statement);
        return NotRun.proof(e, accepted, request.sql().sql())
                .<RuntimeException>map(proof -> new NotRunException(proof, failure))
                .orElse(failure);
    }

    private static void detach(PreparedStatement statement) {
        DriverAnswer.detach(statement);
        try {
            // what runs in a session may end with it, and the connection may close at any time
            WarehouseSession.of(statement.getConnection()).ifPresent(session -> session.keepWhile(() -> true));
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The session of a statement that is left running could not be kept", e);
        }
    }
}
