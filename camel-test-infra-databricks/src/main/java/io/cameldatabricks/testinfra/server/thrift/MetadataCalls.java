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

import java.util.List;

import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetInfoReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetInfoResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetInfoValue;
import com.databricks.jdbc.model.client.thrift.generated.TOperationType;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;
import com.databricks.jdbc.model.client.thrift.generated.TSparkGetDirectResults;

import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.model.Disposition;
import io.cameldatabricks.testinfra.server.model.ServerSession;
import io.cameldatabricks.testinfra.server.model.StatementRequest;

/** Metadata calls: each runs a statement, with all that statements have, and gives its rows another shape. */
final class MetadataCalls {

    private final SessionCalls sessions;
    private final StatementCalls statements;

    MetadataCalls(SessionCalls sessions, StatementCalls statements) {
        this.sessions = sessions;
        this.statements = statements;
    }

    /**
     * @param direct what the first answer may hold of the result, or null
     * @param async true to answer before the end
     */
    Reply<TExecuteStatementResp> run(
            TSessionHandle handle,
            TOperationType type,
            MetadataStatement statement,
            TSparkGetDirectResults direct,
            boolean async,
            Caller caller)
            throws ThriftFailure {
        ServerSession session = sessions.find(handle);
        StatementRequest request = new StatementRequest(
                statement.sql(),
                List.of(),
                caller.compute(),
                session.id(),
                null,
                null,
                Disposition.INLINE_OR_EXTERNAL_LINKS,
                ResultFormat.JSON_ARRAY,
                false,
                0,
                0,
                session.statementTimeout(),
                session.tags(),
                caller.client(),
                0);
        return statements.start(
                new StatementCalls.Start(request, session, type, statement.rows(), false, async, direct), caller);
    }

    TGetInfoResp info(TGetInfoReq request) throws ThriftFailure {
        sessions.find(request.getSessionHandle());
        return switch (request.getInfoType()) {
            case CLI_SERVER_NAME, CLI_DBMS_NAME -> info("Spark SQL");
            case CLI_DBMS_VER -> info("4.2.0");
            default -> throw new ThriftFailure("HYC00", "Unrecognized GetInfoType value: " + request.getInfoType());
        };
    }

    private static TGetInfoResp info(String value) {
        return new TGetInfoResp(ThriftFailure.success(), TGetInfoValue.stringValue(value));
    }
}
