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

import java.util.function.Function;

import com.databricks.internal.apache.thrift.TBase;
import com.databricks.internal.apache.thrift.TSerializable;
import com.databricks.jdbc.model.client.thrift.generated.TCLIService;
import com.databricks.jdbc.model.client.thrift.generated.TCancelOperationResp;
import com.databricks.jdbc.model.client.thrift.generated.TCloseOperationResp;
import com.databricks.jdbc.model.client.thrift.generated.TCloseSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementResp;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TStatus;

/** Finds the answer to each method's arguments, and the error answer of each method. */
final class Dispatch {

    private Dispatch() {}

    private interface Work<R> {
        Reply<R> run() throws ThriftFailure;
    }

    private interface Quick<R> {
        R run() throws ThriftFailure;
    }

    static Reply<? extends TSerializable> to(ThriftService service, TBase<?, ?> arguments, Caller caller) {
        SessionCalls sessions = service.sessions();
        StatementCalls statements = service.statements();
        if (arguments instanceof TCLIService.GetOperationStatus_args args) {
            return now(
                    () -> statements.status(args.getReq()),
                    TGetOperationStatusResp::new,
                    TCLIService.GetOperationStatus_result::new);
        } else if (arguments instanceof TCLIService.ExecuteStatement_args args) {
            return reply(
                    () -> statements.execute(args.getReq(), caller),
                    TExecuteStatementResp::new,
                    TCLIService.ExecuteStatement_result::new);
        } else if (arguments instanceof TCLIService.FetchResults_args args) {
            return now(
                    () -> statements.fetch(args.getReq(), caller),
                    TFetchResultsResp::new,
                    TCLIService.FetchResults_result::new);
        } else if (arguments instanceof TCLIService.GetResultSetMetadata_args args) {
            return now(
                    () -> statements.metadata(args.getReq()),
                    TGetResultSetMetadataResp::new,
                    TCLIService.GetResultSetMetadata_result::new);
        } else if (arguments instanceof TCLIService.CloseOperation_args args) {
            return now(
                    () -> statements.close(args.getReq()),
                    TCloseOperationResp::new,
                    TCLIService.CloseOperation_result::new);
        } else if (arguments instanceof TCLIService.CancelOperation_args args) {
            return now(
                    () -> statements.cancel(args.getReq()),
                    TCancelOperationResp::new,
                    TCLIService.CancelOperation_result::new);
        } else if (arguments instanceof TCLIService.OpenSession_args args) {
            return now(
                    () -> sessions.open(args.getReq()),
                    status -> new TOpenSessionResp(status, SessionCalls.NEWEST),
                    TCLIService.OpenSession_result::new);
        } else if (arguments instanceof TCLIService.CloseSession_args args) {
            return now(
                    () -> sessions.close(args.getReq()), TCloseSessionResp::new, TCLIService.CloseSession_result::new);
        }
        throw new IllegalStateException("No answer to " + arguments.getClass());
    }

    private static <R> Reply<TSerializable> now(
            Quick<R> work, Function<TStatus, R> failed, Function<R, TSerializable> result) {
        return reply(() -> Reply.of(work.run()), failed, result);
    }

    private static <R> Reply<TSerializable> reply(
            Work<R> work, Function<TStatus, R> failed, Function<R, TSerializable> result) {
        try {
            Reply<R> reply = work.run();
            return new Reply<>(reply.answer().thenApply(result), reply.then());
        } catch (ThriftFailure e) {
            return Reply.of(result.apply(failed.apply(e.status())));
        }
    }
}
