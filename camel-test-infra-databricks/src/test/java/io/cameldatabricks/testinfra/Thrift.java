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
package io.cameldatabricks.testinfra;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;

import com.databricks.internal.apache.thrift.TConfiguration;
import com.databricks.internal.apache.thrift.TException;
import com.databricks.internal.apache.thrift.protocol.TBinaryProtocol;
import com.databricks.internal.apache.thrift.transport.TEndpointTransport;
import com.databricks.internal.apache.thrift.transport.TTransportException;
import com.databricks.jdbc.model.client.thrift.generated.TCLIService;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementReq;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementResp;
import com.databricks.jdbc.model.client.thrift.generated.TFetchOrientation;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsReq;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionReq;
import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TProtocolVersion;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;
import com.databricks.jdbc.model.client.thrift.generated.TSparkGetDirectResults;

/** The Thrift service by plain HTTP and the generated client. */
final class Thrift {

    final TCLIService.Client client;
    final Connection connection;

    Thrift(LocalWarehouseProcess warehouse) throws TException {
        this(warehouse.httpUrl() + warehouse.httpPath(), "Bearer " + warehouse.token());
    }

    Thrift(String url, String authorization) throws TException {
        connection = new Connection(url, authorization);
        client = new TCLIService.Client(new TBinaryProtocol(connection));
    }

    /** Collects a call, sends it as one request, and holds its answer. */
    static final class Connection extends TEndpointTransport {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final String url;
        private final String authorization;
        private final ByteArrayOutputStream call = new ByteArrayOutputStream();
        private ByteArrayInputStream answer = new ByteArrayInputStream(new byte[0]);
        HttpResponse<byte[]> response;

        Connection(String url, String authorization) throws TTransportException {
            super(new TConfiguration());
            this.url = url;
            this.authorization = authorization;
        }

        @Override
        public void flush() throws TTransportException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(60))
                    .header("Content-Type", "application/x-thrift")
                    .header("User-Agent", "PyDatabricksSqlConnector/4.0.0")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(call.toByteArray()));
            if (authorization != null) {
                request.header("Authorization", authorization);
            }
            call.reset();
            try {
                response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException | InterruptedException e) {
                throw new TTransportException(e);
            }
            if (response.statusCode() != 200) {
                throw new TTransportException("status " + response.statusCode());
            }
            answer = new ByteArrayInputStream(response.body());
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws TTransportException {
            int count = answer.read(bytes, from, length);
            if (count < 0) {
                throw new TTransportException("end of answer");
            }
            return count;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            call.write(bytes, from, length);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void open() {}

        @Override
        public void close() {}
    }

    TSessionHandle open() throws TException {
        return client.OpenSession(new TOpenSessionReq()
                        .setClient_protocol_i64(TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V10.getValue()))
                .getSessionHandle();
    }

    /** Waits for the end and takes nothing of the result. */
    static TExecuteStatementReq sync(TSessionHandle session, String sql) {
        return new TExecuteStatementReq(session, sql);
    }

    static TExecuteStatementReq async(TSessionHandle session, String sql) {
        return new TExecuteStatementReq(session, sql).setRunAsync(true);
    }

    static TExecuteStatementReq direct(TSessionHandle session, String sql, long rows) {
        return async(session, sql).setGetDirectResults(new TSparkGetDirectResults(rows));
    }

    TOperationHandle execute(TExecuteStatementReq request) throws TException {
        TExecuteStatementResp response = client.ExecuteStatement(request);
        return response.getOperationHandle();
    }

    TGetOperationStatusResp status(TOperationHandle operation) throws TException {
        return client.GetOperationStatus(new TGetOperationStatusReq(operation));
    }

    TFetchResultsResp fetch(TOperationHandle operation, long rows) throws TException {
        return client.FetchResults(new TFetchResultsReq(operation, TFetchOrientation.FETCH_NEXT, rows));
    }

    /** The same handle with a secret of its own. */
    static TSessionHandle forged(TSessionHandle handle) {
        TSessionHandle copy = handle.deepCopy();
        copy.getSessionId().setSecret(ByteBuffer.wrap(new byte[16]));
        return copy;
    }

    /** The same handle with a secret of its own. */
    static TOperationHandle forged(TOperationHandle handle) {
        TOperationHandle copy = handle.deepCopy();
        copy.getOperationId().setSecret(ByteBuffer.wrap(new byte[16]));
        return copy;
    }
}
