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

import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Optional;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.NotRun;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementState;

/**
 * The result of a statement that was submitted elsewhere and has succeeded, read over any connection of the driver.
 *
 * <p>The driver releases a statement on the server when its result set, or itself, is closed. Here it never does: the
 * statement is made to forget its id directly before, so that what is closed is only what is held on this side.
 */
final class SubmittedStatement {

    private final StatementId id;
    private final Connection connection;

    SubmittedStatement(StatementId id, Connection connection) {
        this.id = id;
        this.connection = connection;
    }

    /**
     * @param rowLimit that it was submitted with, as far as it is known; else 0
     * @throws DatabricksException when there are no rows to be had, and why
     */
    StatementResult read(ResultSettings settings, int rowLimit, ResultReader.Lease lease) {
        SubmittedAnswer answer;
        try {
            answer = SubmittedAnswer.of(connection, id);
        } catch (SQLException | RuntimeException e) {
            throw notRead(e);
        }
        try {
            requireSuccess(answer);
            ResultSetMetaData metaData = answer.resultSet().getMetaData();
            if (metaData == null || metaData.getColumnCount() == 0) {
                answer.close();
                return StatementResult.ofUpdate(id.publicPart(), WriteReport.of(0));
            }
            if (answer.isReport()) {
                WriteReport report = WriteReport.read(answer.resultSet());
                answer.close();
                return StatementResult.ofUpdate(id.publicPart(), report);
            }
        } catch (SQLException | RuntimeException e) {
            answer.close();
            throw ReportedRows.failure(e, id.publicPart(), null);
        }
        return ResultReader.read(
                new ResultReader.Opened(answer.resultSet(), id.publicPart(), null, answer::detach, lease),
                settings,
                rowLimit);
    }

    /** Nothing runs here, so what says that the request was not even looked at is a reason to ask once more. */
    private RuntimeException notRead(Exception e) {
        DatabricksException failure = e instanceof SubmittedAnswer.GoneException
                ? ReportedRows.expired(id.publicPart(), null)
                : ReportedRows.failure(e, id.publicPart(), null);
        Optional<NotRun> proof = NotRun.proof(e, false, null);
        return proof.isPresent() ? new NotRunException(proof.get(), failure) : failure;
    }

    private void requireSuccess(SubmittedAnswer answer) {
        StatementState state = answer.state();
        switch (state) {
            case SUCCEEDED -> {}
            case FAILED -> throw FailureTranslator.translate(answer.failure(), CallPhase.FETCH, id.publicPart(), null);
            case CANCELED ->
                throw new PermanentDatabricksException("The statement was cancelled", details(state), null);
            case CLOSED -> throw ReportedRows.expired(id.publicPart(), null);
            case PENDING, RUNNING ->
                throw new TransientDatabricksException(
                        "The statement has not ended yet (" + state + "), so that there is no result to read",
                        details(state),
                        null);
        }
    }

    private ErrorDetails details(StatementState state) {
        return new ErrorDetails(id.publicPart(), state.name(), null, null, null);
    }
}
