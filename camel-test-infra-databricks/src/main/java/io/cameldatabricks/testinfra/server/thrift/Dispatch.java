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
import com.databricks.jdbc.model.client.thrift.generated.TGetCatalogsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetCatalogsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetColumnsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetColumnsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetCrossReferenceReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetCrossReferenceResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetFunctionsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetFunctionsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetInfoResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetInfoValue;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetPrimaryKeysReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetPrimaryKeysResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetSchemasReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetSchemasResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetTableTypesReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetTableTypesResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetTablesReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetTablesResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetTypeInfoReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetTypeInfoResp;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TOperationType;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;
import com.databricks.jdbc.model.client.thrift.generated.TSparkGetDirectResults;
import com.databricks.jdbc.model.client.thrift.generated.TStatus;

/** Finds the answer to each method's arguments, and the error answer of each method. */
final class Dispatch {

    private final SessionCalls sessions;
    private final StatementCalls statements;
    private final MetadataCalls metadata;
    private final Caller caller;

    Dispatch(ThriftService service, Caller caller) {
        this.sessions = service.sessions();
        this.statements = service.statements();
        this.metadata = service.metadata();
        this.caller = caller;
    }

    private interface Work<R> {
        Reply<R> run() throws ThriftFailure;
    }

    private interface Quick<R> {
        R run() throws ThriftFailure;
    }

    /** @throws IllegalStateException for arguments of a method that the service does not know */
    Reply<? extends TSerializable> to(TBase<?, ?> arguments) {
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
        return describe(arguments);
    }

    private Reply<? extends TSerializable> describe(TBase<?, ?> arguments) {
        if (arguments instanceof TCLIService.GetCatalogs_args args) {
            TGetCatalogsReq req = args.getReq();
            return metadata(
                    TOperationType.GET_CATALOGS,
                    new Described(req.getSessionHandle(), req.getGetDirectResults(), req.isRunAsync()),
                    MetadataStatement::catalogs,
                    r -> new TCLIService.GetCatalogs_result(new TGetCatalogsResp(r.getStatus())
                            .setOperationHandle(r.getOperationHandle())
                            .setDirectResults(r.getDirectResults())));
        } else if (arguments instanceof TCLIService.GetSchemas_args args) {
            TGetSchemasReq req = args.getReq();
            return metadata(
                    TOperationType.GET_SCHEMAS,
                    new Described(req.getSessionHandle(), req.getGetDirectResults(), req.isRunAsync()),
                    () -> MetadataStatement.schemas(req),
                    r -> new TCLIService.GetSchemas_result(new TGetSchemasResp(r.getStatus())
                            .setOperationHandle(r.getOperationHandle())
                            .setDirectResults(r.getDirectResults())));
        } else if (arguments instanceof TCLIService.GetTables_args args) {
            TGetTablesReq req = args.getReq();
            return metadata(
                    TOperationType.GET_TABLES,
                    new Described(req.getSessionHandle(), req.getGetDirectResults(), req.isRunAsync()),
                    () -> MetadataStatement.tables(req),
                    r -> new TCLIService.GetTables_result(new TGetTablesResp(r.getStatus())
                            .setOperationHandle(r.getOperationHandle())
                            .setDirectResults(r.getDirectResults())));
        } else if (arguments instanceof TCLIService.GetTableTypes_args args) {
            TGetTableTypesReq req = args.getReq();
            return metadata(
                    TOperationType.GET_TABLE_TYPES,
                    new Described(req.getSessionHandle(), req.getGetDirectResults(), req.isRunAsync()),
                    MetadataStatement::tableTypes,
                    r -> new TCLIService.GetTableTypes_result(new TGetTableTypesResp(r.getStatus())
                            .setOperationHandle(r.getOperationHandle())
                            .setDirectResults(r.getDirectResults())));
        } else if (arguments instanceof TCLIService.GetColumns_args args) {
            TGetColumnsReq req = args.getReq();
            return metadata(
                    TOperationType.GET_COLUMNS,
                    new Described(req.getSessionHandle(), req.getGetDirectResults(), req.isRunAsync()),
                    () -> MetadataStatement.columns(req),
                    r -> new TCLIService.GetColumns_result(new TGetColumnsResp(r.getStatus())
                            .setOperationHandle(r.getOperationHandle())
                            .setDirectResults(r.getDirectResults())));
        } else if (arguments instanceof TCLIService.GetFunctions_args args) {
            TGetFunctionsReq req = args.getReq();
            return metadata(
                    TOperationType.GET_FUNCTIONS,
                    new Described(req.getSessionHandle(), req.getGetDirectResults(), req.isRunAsync()),
                    () -> MetadataStatement.functions(req),
                    r -> new TCLIService.GetFunctions_result(new TGetFunctionsResp(r.getStatus())
                            .setOperationHandle(r.getOperationHandle())
                            .setDirectResults(r.getDirectResults())));
        } else if (arguments instanceof TCLIService.GetPrimaryKeys_args args) {
            TGetPrimaryKeysReq req = args.getReq();
            return metadata(
                    TOperationType.UNKNOWN,
                    new Described(req.getSessionHandle(), req.getGetDirectResults(), req.isRunAsync()),
                    () -> MetadataStatement.primaryKeys(req),
                    r -> new TCLIService.GetPrimaryKeys_result(new TGetPrimaryKeysResp(r.getStatus())
                            .setOperationHandle(r.getOperationHandle())
                            .setDirectResults(r.getDirectResults())));
        } else if (arguments instanceof TCLIService.GetCrossReference_args args) {
            TGetCrossReferenceReq req = args.getReq();
            return metadata(
                    TOperationType.UNKNOWN,
                    new Described(req.getSessionHandle(), req.getGetDirectResults(), req.isRunAsync()),
                    () -> MetadataStatement.crossReference(req),
                    r -> new TCLIService.GetCrossReference_result(new TGetCrossReferenceResp(r.getStatus())
                            .setOperationHandle(r.getOperationHandle())
                            .setDirectResults(r.getDirectResults())));
        } else if (arguments instanceof TCLIService.GetTypeInfo_args args) {
            TGetTypeInfoReq req = args.getReq();
            return metadata(
                    TOperationType.GET_TYPE_INFO,
                    new Described(req.getSessionHandle(), req.getGetDirectResults(), req.isRunAsync()),
                    TypeInfo::statement,
                    r -> new TCLIService.GetTypeInfo_result(new TGetTypeInfoResp(r.getStatus())
                            .setOperationHandle(r.getOperationHandle())
                            .setDirectResults(r.getDirectResults())));
        } else if (arguments instanceof TCLIService.GetInfo_args args) {
            return now(
                    () -> metadata.info(args.getReq()),
                    status -> new TGetInfoResp(status, TGetInfoValue.stringValue("")),
                    TCLIService.GetInfo_result::new);
        }
        throw new IllegalStateException("No answer to " + arguments.getClass());
    }

    /** What all metadata requests have. */
    private record Described(TSessionHandle session, TSparkGetDirectResults direct, boolean async) {}

    private Reply<TSerializable> metadata(
            TOperationType type,
            Described request,
            Quick<MetadataStatement> statement,
            Function<TExecuteStatementResp, TSerializable> result) {
        return reply(
                () -> metadata.run(request.session(), type, statement.run(), request.direct(), request.async(), caller),
                TExecuteStatementResp::new,
                result);
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
