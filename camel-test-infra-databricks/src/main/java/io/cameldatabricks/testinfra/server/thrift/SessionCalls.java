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

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import com.databricks.jdbc.model.client.thrift.generated.TCloseSessionReq;
import com.databricks.jdbc.model.client.thrift.generated.TCloseSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TNamespace;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionReq;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TProtocolVersion;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.SessionSettings;
import io.cameldatabricks.testinfra.server.model.ServerSession;
import io.cameldatabricks.testinfra.server.model.SessionStore;

/** Opens and closes sessions; they are the same as those of the REST API. */
final class SessionCalls {

    /** The newest version that the generated structures know. */
    static final TProtocolVersion NEWEST = TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V10;

    private final SessionStore sessions;
    private final OperationStore operations;
    private final Handles handles;

    SessionCalls(SessionStore sessions, OperationStore operations, Handles handles) {
        this.sessions = sessions;
        this.operations = operations;
        this.handles = handles;
    }

    TOpenSessionResp open(TOpenSessionReq request) throws ThriftFailure {
        TNamespace namespace = request.getInitialNamespace();
        String catalog = namespace == null ? null : blankToNull(namespace.getCatalogName());
        String schema = namespace == null ? null : blankToNull(namespace.getSchemaName());
        Map<String, String> configuration = new HashMap<>();
        if (request.getConfiguration() != null) {
            request.getConfiguration().forEach((key, value) -> configuration.put(key.toUpperCase(Locale.ROOT), value));
        }
        boolean catalogs = !request.isSetCanUseMultipleCatalogs() || request.isCanUseMultipleCatalogs();
        try {
            ServerSession session =
                    sessions.open(new SessionSettings(catalogs ? catalog : null, schema, configuration));
            TOpenSessionResp response = new TOpenSessionResp(ThriftFailure.success(), version(request))
                    .setSessionHandle(handles.session(session.id()))
                    .setConfiguration(Map.of())
                    .setCanUseMultipleCatalogs(catalogs);
            if (namespace != null) {
                response.setInitialNamespace(namespace);
            }
            return response;
        } catch (EngineException e) {
            throw ThriftFailure.of(e);
        }
    }

    /** The older of both sides' newest versions. */
    private static TProtocolVersion version(TOpenSessionReq request) {
        TProtocolVersion asked = request.isSetClient_protocol_i64()
                ? TProtocolVersion.findByValue((int) request.getClient_protocol_i64())
                : request.getClient_protocol();
        boolean known = asked != null && asked.getValue() >= 0 && asked.compareTo(NEWEST) <= 0;
        return known ? asked : NEWEST;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    TCloseSessionResp close(TCloseSessionReq request) throws ThriftFailure {
        String id = handles.id(request.getSessionHandle());
        operations.closeAllOf(id);
        if (!sessions.close(id)) {
            throw ThriftFailure.invalidSession(id);
        }
        return new TCloseSessionResp(ThriftFailure.success());
    }

    /** @throws ThriftFailure when the session is not open */
    ServerSession find(TSessionHandle handle) throws ThriftFailure {
        String id = handles.id(handle);
        return sessions.find(id).orElseThrow(() -> ThriftFailure.invalidSession(id));
    }
}
