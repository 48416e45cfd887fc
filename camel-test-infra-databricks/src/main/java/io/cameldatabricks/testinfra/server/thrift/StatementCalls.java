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
package io.cameldatabricks.testinfra.server.thrift;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.databricks.jdbc.model.client.thrift.generated.TCancelOperationReq;
import com.databricks.jdbc.model.client.thrift.generated.TCancelOperationResp;
import com.databricks.jdbc.model.client.thrift.generated.TCloseOperationReq;
import com.databricks.jdbc.model.client.thrift.generated.TCloseOperationResp;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementReq;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementResp;
import com.databricks.jdbc.model.client.thrift.generated.TFetchOrientation;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsReq;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TOperationType;
import com.databricks.jdbc.model.client.thrift.generated.TSparkDirectResults;
import com.databricks.jdbc.model.client.thrift.generated.TSparkGetDirectResults;

import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.model.ServerSession;
import io.cameldatabricks.testinfra.server.model.ServerStatement;
import io.cameldatabricks.testinfra.server.model.StatementFactory;
import io.cameldatabricks.testinfra.server.model.StatementRequest;
import io.cameldatabricks.testinfra.server.model.StatementRunner;
import io.cameldatabricks.testinfra.server.model.StatementState;
import io.cameldatabricks.testinfra.server.model.StatementStore;

/** Runs statements, and tells, fetches and ends what runs. */
final class StatementCalls {

    /** How long the service waits for direct results before it lets the client poll. */
    private static final Duration DIRECT_WAIT = Duration.ofSeconds(5);
    /** Operations are given up when they are idle, and their statements with them. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final StatementFactory factory;
    private final StatementStore statements;
    private final StatementRunner runner;
    private final SessionCalls sessions;
    private final OperationStore operations;
    private final Handles handles;
    private final ResultPages pages = new ResultPages();
    private final ServerClock clock;

    StatementCalls(
            StatementFactory factory,
            StatementStore statements,
            StatementRunner runner,
            SessionCalls sessions,
            OperationStore operations,
            Handles handles,
            ServerClock clock) {
        this.factory = factory;
        this.statements = statements;
        this.runner = runner;
        this.sessions = sessions;
        this.operations = operations;
        this.handles = handles;
        this.clock = clock;
    }

    Reply<TExecuteStatementResp> execute(TExecuteStatementReq request, Caller caller) throws ThriftFailure {
        ServerSession session = sessions.find(request.getSessionHandle());
        Start start = new Start(
                StatementSpec.of(request, session, caller),
                session,
                TOperationType.EXECUTE_STATEMENT,
                null,
                request.isCanDownloadResult(),
                request.isRunAsync(),
                request.getGetDirectResults());
        return start(start, caller);
    }

    /**
     * @param shape how rows are changed on their way out, or null
     * @param links true when the client can follow links
     * @param async true to answer before the end
     * @param direct what the first answer may hold of the result, or null
     */
    record Start(
            StatementRequest request,
            ServerSession session,
            TOperationType type,
            RowShape shape,
            boolean links,
            boolean async,
            TSparkGetDirectResults direct) {}

    Reply<TExecuteStatementResp> start(Start start, Caller caller) {
        ServerStatement statement = factory.create(start.request(), caller.faults(), FOREVER);
        StatementRunner.Admission admission = runner.admit(statement, start.session());
        if (admission == StatementRunner.Admission.REFUSED) {
            throw new QueueFullException();
        }
        statements.add(statement);
        Operation operation = new Operation(
                statement,
                handles.operation(statement.id(), start.type()),
                start.shape(),
                start.links(),
                clock.instant());
        operations.add(operation);
        Runnable then = admission == StatementRunner.Admission.RUN ? () -> runner.run(statement) : () -> {};
        return new Reply<>(answer(start, operation, caller), then);
    }

    private CompletableFuture<TExecuteStatementResp> answer(Start start, Operation operation, Caller caller) {
        CompletableFuture<TExecuteStatementResp> answer = new CompletableFuture<>();
        if (start.async() && start.direct() == null) {
            answer.complete(started(operation));
            return answer;
        }
        ServerClock.Timer timer = start.async()
                ? clock.schedule(DIRECT_WAIT, () -> complete(answer, start, operation, caller))
                : () -> {};
        operation.awaited(!start.async(), clock.instant());
        operation.statement().ended().thenAccept(ended -> {
            timer.cancel();
            operation.awaited(false, clock.instant());
            complete(answer, start, operation, caller);
        });
        return answer;
    }

    private void complete(
            CompletableFuture<TExecuteStatementResp> answer, Start start, Operation operation, Caller caller) {
        if (answer.isDone()) {
            return;
        }
        TExecuteStatementResp response = started(operation);
        try {
            if (start.direct() != null) {
                response.setDirectResults(directResults(start.direct(), operation, caller));
            }
            answer.complete(response);
        } catch (ThriftFailure e) {
            answer.complete(new TExecuteStatementResp(e.status()));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private static TExecuteStatementResp started(Operation operation) {
        return new TExecuteStatementResp(ThriftFailure.success()).setOperationHandle(operation.handle());
    }

    /** State, and when the statement has succeeded its first rows; when these are all, the operation is closed at once. */
    private TSparkDirectResults directResults(TSparkGetDirectResults direct, Operation operation, Caller caller)
            throws ThriftFailure {
        TSparkDirectResults results =
                new TSparkDirectResults().setOperationStatus(OperationStatus.of(operation.statement()));
        if (operation.statement().snapshot().state() == StatementState.SUCCEEDED) {
            TGetResultSetMetadataResp metadata = ResultMetadata.of(operation);
            TFetchResultsResp page = pages.next(operation, direct.getMaxRows(), direct.getMaxBytes(), caller.links());
            results.setResultSetMetadata(metadata).setResultSet(page);
            if (!page.isHasMoreRows() && !page.getResults().isSetResultLinks()) {
                operations.close(operation);
                results.setCloseOperation(new TCloseOperationResp(ThriftFailure.success()));
            }
        }
        return results;
    }

    TGetOperationStatusResp status(TGetOperationStatusReq request) throws ThriftFailure {
        return OperationStatus.of(operations.find(request.getOperationHandle()).statement());
    }

    TCancelOperationResp cancel(TCancelOperationReq request) throws ThriftFailure {
        runner.cancel(operations.find(request.getOperationHandle()).statement());
        return new TCancelOperationResp(ThriftFailure.success());
    }

    TCloseOperationResp close(TCloseOperationReq request) throws ThriftFailure {
        operations.close(operations.find(request.getOperationHandle()));
        return new TCloseOperationResp(ThriftFailure.success());
    }

    TGetResultSetMetadataResp metadata(TGetResultSetMetadataReq request) throws ThriftFailure {
        return ResultMetadata.of(finished(operations.find(request.getOperationHandle())));
    }

    TFetchResultsResp fetch(TFetchResultsReq request, Caller caller) throws ThriftFailure {
        Operation operation = finished(operations.find(request.getOperationHandle()));
        if (request.isSetStartRowOffset()) {
            operation.nextRow(Math.max(0, request.getStartRowOffset()));
        } else if (request.getOrientation() == TFetchOrientation.FETCH_FIRST) {
            operation.nextRow(0);
        } else if (request.getOrientation() != TFetchOrientation.FETCH_NEXT) {
            throw new ThriftFailure("HYC00", "The fetch type " + request.getOrientation() + " is not supported.");
        }
        TFetchResultsResp page = pages.next(operation, request.getMaxRows(), request.getMaxBytes(), caller.links());
        if (request.isIncludeResultSetMetadata()) {
            page.setResultSetMetadata(ResultMetadata.of(operation));
        }
        return page;
    }

    private static Operation finished(Operation operation) throws ThriftFailure {
        StatementState state = operation.statement().snapshot().state();
        if (state != StatementState.SUCCEEDED) {
            throw OperationStatus.noResult(state);
        }
        return operation;
    }
}
