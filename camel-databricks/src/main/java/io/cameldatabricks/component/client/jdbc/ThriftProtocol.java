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

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import com.databricks.internal.apache.thrift.TException;
import com.databricks.internal.apache.thrift.protocol.TBinaryProtocol;
import com.databricks.internal.apache.thrift.transport.TTransport;
import com.databricks.jdbc.common.util.DatabricksThriftUtil;
import com.databricks.jdbc.exception.DatabricksHttpException;
import com.databricks.jdbc.model.client.thrift.generated.TCLIService;
import com.databricks.jdbc.model.client.thrift.generated.TCancelOperationReq;
import com.databricks.jdbc.model.client.thrift.generated.TCloseOperationReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TOperationState;
import com.databricks.jdbc.model.client.thrift.generated.TStatus;
import com.databricks.jdbc.model.client.thrift.generated.TStatusCode;

import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementErrors;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.error.ServerMessage;
import io.cameldatabricks.component.statement.ForeignHandleException;
import io.cameldatabricks.component.statement.StatementFailure;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.UnknownStatementStateException;

/**
 * The calls of Thrift, over the driver's HTTP client. The driver's own question for a status fetches rows when there are
 * some, which moves on where the next reader would begin, and loses why a statement failed.
 */
final class ThriftProtocol implements Protocol {

    private static final Pattern GONE =
            Pattern.compile("HTTP request failed by code: 404, .*(?:Thrift Header|Error message) ?:.*", Pattern.DOTALL);

    private final TCLIService.Client service;
    private final InstantSource clock;

    ThriftProtocol(TTransport transport, InstantSource clock) {
        this.service = new TCLIService.Client(new TBinaryProtocol(transport));
        this.clock = clock;
    }

    @Override
    public Optional<StatementStatus> status(StatementId id) throws SQLException {
        return call(Optional.empty(), () -> {
            TGetOperationStatusResp answer =
                    service.GetOperationStatus(new TGetOperationStatusReq(handle(id)).setGetProgressUpdate(false));
            if (!isKnown(answer.getStatus())) {
                return Optional.empty();
            }
            return Optional.of(status(id, answer));
        });
    }

    private StatementStatus status(StatementId id, TGetOperationStatusResp answer) {
        StatementState state = state(answer.getOperationState());
        StatementFailure failure = state == StatementState.FAILED ? failure(answer) : null;
        Instant endedAt = state.isTerminal() && answer.getOperationCompleted() > 0
                ? Instant.ofEpochMilli(answer.getOperationCompleted())
                : null;
        return new StatementStatus(id, state, failure, clock.instant(), endedAt);
    }

    private static StatementState state(TOperationState state) {
        if (state == null) {
            throw new UnknownStatementStateException(null);
        }
        return switch (state) {
            case INITIALIZED_STATE, PENDING_STATE -> StatementState.PENDING;
            case RUNNING_STATE -> StatementState.RUNNING;
            case FINISHED_STATE -> StatementState.SUCCEEDED;
            case CLOSED_STATE -> StatementState.CLOSED;
            case CANCELED_STATE -> StatementState.CANCELED;
            case ERROR_STATE, TIMEDOUT_STATE -> StatementState.FAILED;
            case UKNOWN_STATE -> throw new UnknownStatementStateException("UNKNOWN");
        };
    }

    private static StatementFailure failure(TGetOperationStatusResp answer) {
        String message = answer.getDisplayMessage() != null ? answer.getDisplayMessage() : answer.getErrorMessage();
        ServerMessage said = ServerMessage.parse(message, null);
        String sqlState = answer.getSqlState() != null ? answer.getSqlState() : said.sqlState();
        String shown = said.toString();
        return said.errorClass() == null && sqlState == null
                ? null
                : new StatementFailure(said.errorClass(), sqlState, shown.isEmpty() ? null : shown);
    }

    @Override
    public ResultSummary result(StatementId id) throws SQLException {
        StatementStatus status = status(id).orElseThrow(() -> gone(id));
        StatementErrors.requireRows(status);
        Optional<ResultSummary> summary = call(Optional.empty(), () -> {
            TGetResultSetMetadataResp metadata = service.GetResultSetMetadata(new TGetResultSetMetadataReq(handle(id)));
            return isKnown(metadata.getStatus()) ? Optional.of(summary(status, metadata)) : Optional.empty();
        });
        return summary.orElseThrow(() -> gone(id));
    }

    private static ResultSummary summary(StatementStatus status, TGetResultSetMetadataResp metadata) {
        return new ResultSummary(
                status,
                ThriftColumns.of(metadata),
                ResultSummary.NOT_KNOWN,
                ResultSummary.NOT_KNOWN,
                false,
                List.of(),
                List.of());
    }

    private static ResultExpiredException gone(StatementId id) {
        return new ResultExpiredException(
                "The server does not know the statement any more",
                new ErrorDetails(id.publicPart(), null, null, null, 404),
                null);
    }

    @Override
    public boolean cancel(StatementId id) throws SQLException {
        return call(
                false,
                () -> isKnown(service.CancelOperation(new TCancelOperationReq(handle(id)))
                        .getStatus()));
    }

    @Override
    public boolean release(StatementId id) throws SQLException {
        return call(
                false,
                () -> isKnown(service.CloseOperation(new TCloseOperationReq(handle(id)))
                        .getStatus()));
    }

    private interface Call<T> {
        T run() throws TException, SQLException;
    }

    /**
     * @param whenGone the answer for an operation that the server has given up
     */
    private static <T> T call(T whenGone, Call<T> call) throws SQLException {
        try {
            return call.run();
        } catch (TException e) {
            if (isGone(e)) {
                return whenGone;
            }
            // its own kind of exception is none that others know
            throw new SQLException("The call failed", e);
        }
    }

    /** A gateway says 404 too, but without a word of the API. */
    private static boolean isGone(TException failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof DatabricksHttpException && link.getMessage() != null) {
                return GONE.matcher(link.getMessage()).lookingAt();
            }
        }
        return false;
    }

    private static TOperationHandle handle(StatementId id) {
        try {
            return DatabricksThriftUtil.getOperationHandle(
                    com.databricks.jdbc.dbclient.impl.common.StatementId.deserialize(id.reveal()));
        } catch (RuntimeException e) {
            // both parts must be UUIDs; the cause would show the secret
            throw new ForeignHandleException("Statement " + id + " was not submitted over Thrift");
        }
    }

    /** @throws SQLException with the server's words, when it refused the call for another reason */
    private static boolean isKnown(TStatus status) throws SQLException {
        if (status == null || status.getStatusCode() == null) {
            throw new SQLException("The server's answer has no status");
        }
        if (status.getStatusCode() == TStatusCode.INVALID_HANDLE_STATUS) {
            return false;
        }
        if (status.getStatusCode() != TStatusCode.ERROR_STATUS) {
            return true;
        }
        String message = String.valueOf(status.getErrorMessage());
        if (message.toLowerCase(Locale.ROOT).contains("invalid operationhandle")) {
            return false;
        }
        throw new SQLException(message, status.getSqlState());
    }
}
