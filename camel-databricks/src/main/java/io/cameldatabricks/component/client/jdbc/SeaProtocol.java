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

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import com.databricks.internal.sdk.core.ApiClient;
import com.databricks.internal.sdk.core.DatabricksError;
import com.databricks.internal.sdk.core.http.Request;
import com.fasterxml.jackson.databind.JsonNode;

import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.sea.SeaErrors;
import io.cameldatabricks.component.client.sea.SeaJson;
import io.cameldatabricks.component.client.sea.SeaResponses;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementStatus;

/** The Statement Execution API through the HTTP client, the login, the proxy and the certificates of the driver. */
final class SeaProtocol implements Protocol {

    private static final String STATEMENTS = "/api/2.0/sql/statements/";
    /** Rows within an answer end at 25 MiB; one that is cut off is no JSON. */
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    private static final String JSON = "application/json";

    private final ApiClient api;
    private final Map<String, String> headers;
    private final InstantSource clock;

    /** @param headers that the connection adds to every request */
    SeaProtocol(ApiClient api, Map<String, String> headers, InstantSource clock) {
        this.api = api;
        this.headers = headers;
        this.clock = clock;
    }

    @Override
    public Optional<StatementStatus> status(StatementId id) throws IOException {
        return read(id).map(answer -> SeaResponses.status(answer, id, clock.instant()));
    }

    @Override
    public ResultSummary result(StatementId id) throws IOException {
        return SeaResponses.summary(read(id).orElse(null), id, clock.instant());
    }

    @Override
    public boolean cancel(StatementId id) throws IOException {
        return send(new Request("POST", path(id) + "/cancel", "{}")).isPresent();
    }

    @Override
    public boolean release(StatementId id) throws IOException {
        return send(new Request("DELETE", path(id))).isPresent();
    }

    private Optional<JsonNode> read(StatementId id) throws IOException {
        return send(new Request("GET", path(id)));
    }

    /** @return empty when the API says that it does not know the statement */
    private Optional<JsonNode> send(Request request) throws IOException {
        request.withHeader("Accept", JSON).withHeader("Content-Type", JSON).withHeaders(headers);
        // read as a tree, since the driver's own models turn a state that they do not know into null
        try (InputStream body = api.execute(request, InputStream.class)) {
            return Optional.of(SeaJson.readOrMissing(body == null ? new byte[0] : body.readNBytes(LONGEST_ANSWER)));
        } catch (DatabricksError e) {
            if (e.getStatusCode() == 404 && SeaErrors.statementGone(e.getErrorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String path(StatementId id) {
        return STATEMENTS + URLEncoder.encode(id.reveal(), StandardCharsets.UTF_8);
    }
}
