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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

import com.databricks.jdbc.api.ExecutionState;
import com.databricks.jdbc.api.IDatabricksConnection;
import com.databricks.jdbc.api.IDatabricksResultSet;
import com.databricks.jdbc.api.IDatabricksStatement;
import com.databricks.jdbc.api.IExecutionStatus;
import com.databricks.jdbc.api.internal.IDatabricksStatementInternal;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.NotRun;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.statement.StatementId;

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
        IDatabricksResultSet resultSet;
        IDatabricksStatementInternal statement;
        try {
            Statement raw = unwrapped().getStatement(id.reveal());
            statement = raw.unwrap(IDatabricksStatementInternal.class);
            resultSet =
                    raw.unwrap(IDatabricksStatement.class).getExecutionResult().unwrap(IDatabricksResultSet.class);
        } catch (SQLException | RuntimeException e) {
            throw notRead(e);
        }
        ResultReader.Opened opened =
                new ResultReader.Opened(resultSet, id.publicPart(), null, () -> detach(statement), lease);
        try {
            requireSuccess(resultSet.getExecutionStatus());
            if (isReport(resultSet)) {
                long count = resultSet.getUpdateCount();
                close(statement, resultSet);
                return StatementResult.ofUpdate(id.publicPart(), count);
            }
            if (resultSet.getMetaData() == null || resultSet.getMetaData().getColumnCount() == 0) {
                close(statement, resultSet);
                return StatementResult.ofUpdate(id.publicPart(), 0);
            }
        } catch (SQLException | RuntimeException e) {
            close(statement, resultSet);
            throw ReportedRows.failure(e, id.publicPart(), null);
        }
        return ResultReader.read(opened, settings, rowLimit);
    }

    private IDatabricksConnection unwrapped() throws SQLException {
        if (!connection.isWrapperFor(IDatabricksConnection.class)) {
            throw new PermanentDatabricksException(
                    "The result of a submitted statement can only be read over connections of the Databricks JDBC driver, but"
                            + " the data source lends "
                            + connection.getClass().getName(),
                    ErrorDetails.none(),
                    null);
        }
        return connection.unwrap(IDatabricksConnection.class);
    }

    /** Nothing runs here, so what says that the request was not even looked at is a reason to ask once more. */
    private RuntimeException notRead(Exception e) {
        DatabricksException failure = e instanceof NullPointerException && id.hasSecret()
                // what the driver throws when a server of the Thrift protocol does not know the id
                ? ReportedRows.expired(id.publicPart(), null)
                : ReportedRows.failure(e, id.publicPart(), null);
        Optional<NotRun> proof = NotRun.proof(e, false, null);
        return proof.isPresent() ? new NotRunException(proof.get(), failure) : failure;
    }

    private void requireSuccess(IExecutionStatus status) {
        ExecutionState state = status.getExecutionState();
        switch (state) {
            case SUCCEEDED -> {}
            case PENDING, RUNNING ->
                throw new TransientDatabricksException(
                        "The statement has not ended yet (" + state + "), so that there is no result to read",
                        new ErrorDetails(id.publicPart(), state.name(), null, null, null),
                        null);
            case FAILED ->
                throw FailureTranslator.translate(
                        new SQLException(
                                status.getErrorMessage() == null ? "" : status.getErrorMessage(), status.getSqlState()),
                        CallPhase.FETCH,
                        id.publicPart(),
                        null);
            case ABORTED ->
                throw new PermanentDatabricksException(
                        "The statement was cancelled",
                        new ErrorDetails(id.publicPart(), "CANCELED", null, null, null),
                        null);
            case CLOSED -> throw ReportedRows.expired(id.publicPart(), null);
        }
    }

    /** Whether the only row tells how many rows were written. The text of the statement is not known here. */
    private static boolean isReport(IDatabricksResultSet resultSet) throws SQLException {
        return resultSet.hasUpdateCount()
                && resultSet.getMetaData().getColumnName(1).startsWith("num_");
    }

    private static void detach(IDatabricksStatementInternal statement) {
        statement.setStatementId(null);
    }

    private static void close(IDatabricksStatementInternal statement, IDatabricksResultSet resultSet) {
        detach(statement);
        DriverAnswer.closeQuietly("result set", resultSet);
    }
}
