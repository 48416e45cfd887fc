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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

import com.databricks.internal.apache.thrift.TException;
import com.databricks.internal.apache.thrift.protocol.TBinaryProtocol;
import com.databricks.internal.sdk.service.sql.ServiceError;
import com.databricks.jdbc.api.IDatabricksConnection;
import com.databricks.jdbc.api.IDatabricksResultSet;
import com.databricks.jdbc.api.IDatabricksStatement;
import com.databricks.jdbc.api.impl.DatabricksResultSet;
import com.databricks.jdbc.api.internal.IDatabricksConnectionInternal;
import com.databricks.jdbc.api.internal.IDatabricksStatementInternal;
import com.databricks.jdbc.common.DatabricksClientType;
import com.databricks.jdbc.common.StatementType;
import com.databricks.jdbc.common.util.DatabricksThriftUtil;
import com.databricks.jdbc.dbclient.impl.http.DatabricksHttpClientFactory;
import com.databricks.jdbc.dbclient.impl.thrift.DatabricksHttpTTransport;
import com.databricks.jdbc.model.client.thrift.generated.TCLIService;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsReq;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TOperationState;
import com.databricks.jdbc.model.client.thrift.generated.TStatus;
import com.databricks.jdbc.model.client.thrift.generated.TStatusCode;
import com.databricks.jdbc.model.core.StatementStatus;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementState;

/**
 * What the driver tells of a statement that it did not submit itself.
 *
 * <p>Over Thrift the driver reads on where the last reader has stopped, and asks for all rows in one answer. A result that
 * is read a second time, since it is delivered again, would be empty. So there the first rows are fetched here, from the
 * first one on, and no more of them than the driver fetches otherwise.
 */
final class SubmittedAnswer {

    private static final long MAX_BYTES = 400_000_000;
    private static final Pattern GONE = Pattern.compile("(?i)invalid operationhandle");

    private final IDatabricksStatementInternal statement;
    private final IDatabricksResultSet resultSet;

    private SubmittedAnswer(IDatabricksStatementInternal statement, IDatabricksResultSet resultSet) {
        this.statement = statement;
        this.resultSet = resultSet;
    }

    /** @throws PermanentDatabricksException when the connection is none of the driver's */
    static SubmittedAnswer of(Connection connection, StatementId id) throws SQLException {
        if (!connection.isWrapperFor(IDatabricksConnectionInternal.class)) {
            throw new PermanentDatabricksException(
                    "The result of a submitted statement can only be read over connections of the Databricks JDBC driver, but"
                            + " the data source lends "
                            + connection.getClass().getName(),
                    ErrorDetails.none(),
                    null);
        }
        IDatabricksConnectionInternal driver = connection.unwrap(IDatabricksConnectionInternal.class);
        Statement raw = connection.unwrap(IDatabricksConnection.class).getStatement(id.reveal());
        IDatabricksStatementInternal statement = raw.unwrap(IDatabricksStatementInternal.class);
        boolean thrift = driver.getConnectionContext().getClientType() == DatabricksClientType.THRIFT;
        ResultSet resultSet = thrift
                ? overThrift(driver, statement)
                : raw.unwrap(IDatabricksStatement.class).getExecutionResult();
        return new SubmittedAnswer(statement, resultSet.unwrap(IDatabricksResultSet.class));
    }

    private static DatabricksResultSet overThrift(
            IDatabricksConnectionInternal connection, IDatabricksStatementInternal statement) throws SQLException {
        TCLIService.Client service = new TCLIService.Client(new TBinaryProtocol(new DatabricksHttpTTransport(
                DatabricksHttpClientFactory.getInstance().getClient(connection.getConnectionContext()),
                connection.getConnectionContext().getEndpointURL(),
                connection.getSession().getDatabricksClient().getDatabricksConfig(),
                connection.getConnectionContext())));
        TOperationHandle handle = DatabricksThriftUtil.getOperationHandle(statement.getStatementId());
        try {
            TGetOperationStatusResp status =
                    service.GetOperationStatus(new TGetOperationStatusReq(handle).setGetProgressUpdate(false));
            requireKnown(status.getStatus());
            TFetchResultsResp first = null;
            if (status.getOperationState() == TOperationState.FINISHED_STATE) {
                first = service.FetchResults(new TFetchResultsReq()
                        .setOperationHandle(handle)
                        .setFetchType((short) 0)
                        .setStartRowOffset(0)
                        .setMaxRows(connection.getConnectionContext().getRowsFetchedPerBlock())
                        .setMaxBytes(MAX_BYTES)
                        .setIncludeResultSetMetadata(true));
                requireKnown(first.getStatus());
            }
            return new DatabricksResultSet(
                    status(status),
                    statement.getStatementId(),
                    first,
                    StatementType.SQL,
                    statement,
                    connection.getSession());
        } catch (TException e) {
            throw new SQLException("The call failed", e);
        }
    }

    private static void requireKnown(TStatus status) throws SQLException {
        String message = String.valueOf(status.getErrorMessage());
        if (status.getStatusCode() == TStatusCode.INVALID_HANDLE_STATUS
                || status.getStatusCode() == TStatusCode.ERROR_STATUS
                        && GONE.matcher(message).find()) {
            throw new GoneException();
        }
        if (status.getStatusCode() == TStatusCode.ERROR_STATUS) {
            throw new SQLException(message, status.getSqlState());
        }
    }

    /** As the driver does it, but with what the server says of a failure. */
    private static StatementStatus status(TGetOperationStatusResp answer) {
        return DatabricksThriftUtil.getStatementStatus(answer)
                .setSqlState(answer.getSqlState())
                .setError(
                        answer.getErrorMessage() == null
                                ? null
                                : new ServiceError().setMessage(answer.getErrorMessage()));
    }

    /** The server does not know the statement. */
    static final class GoneException extends SQLException {
        private static final long serialVersionUID = 1L;
    }

    /** Where the statement is. */
    StatementState state() {
        return switch (resultSet.getExecutionStatus().getExecutionState()) {
            case PENDING -> StatementState.PENDING;
            case RUNNING -> StatementState.RUNNING;
            case SUCCEEDED -> StatementState.SUCCEEDED;
            case FAILED -> StatementState.FAILED;
            case ABORTED -> StatementState.CANCELED;
            case CLOSED -> StatementState.CLOSED;
        };
    }

    /** Why a statement failed, in the words of the server. */
    SQLException failure() {
        String message = resultSet.getExecutionStatus().getErrorMessage();
        return new SQLException(
                message == null ? "" : message, resultSet.getExecutionStatus().getSqlState());
    }

    ResultSet resultSet() {
        return resultSet;
    }

    /** Whether the only row tells how many rows were written. The text of the statement is not known here. */
    boolean isReport() throws SQLException {
        return resultSet.hasUpdateCount()
                && resultSet.getMetaData().getColumnName(1).startsWith("num_");
    }

    /** Directly before the result set is closed: else the driver would release the statement on the server with it. */
    void detach() {
        statement.setStatementId(null);
    }

    /** Frees what is held on this side. */
    void close() {
        detach();
        DriverAnswer.closeQuietly("result set", resultSet);
    }
}
