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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;

/** The Statement Execution API by plain HTTP. */
final class Sea {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String STATEMENTS = "/api/2.0/sql/statements";

    private final LocalWarehouseProcess warehouse;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Sea(LocalWarehouseProcess warehouse) {
        this.warehouse = warehouse;
    }

    record Answer(int status, byte[] bytes, HttpResponse<byte[]> response) {
        JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String state() {
            return json().at("/status/state").asText();
        }

        String id() {
            return json().at("/statement_id").asText();
        }

        String errorCode() {
            return json().path("error_code").asText();
        }

        String message() {
            return json().path("message").asText();
        }
    }

    /** @param fields JSON fields after the statement and the warehouse, such as {@code "wait_timeout":"0s"} */
    Answer execute(String sql, String... fields) {
        StringBuilder body = new StringBuilder("{\"warehouse_id\":\"" + warehouse.warehouseId() + "\",\"statement\":");
        body.append(TextNode.valueOf(sql));
        for (String field : fields) {
            body.append(',').append(field);
        }
        return send("POST", STATEMENTS, body.append('}').toString());
    }

    Answer get(String id) {
        return send("GET", STATEMENTS + "/" + id, null);
    }

    Answer send(String method, String path, String body) {
        return send(method, path, body, "Bearer " + warehouse.token());
    }

    Answer send(String method, String path, String body, String authorization) {
        String url = path.startsWith("http") ? path : warehouse.httpUrl() + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without an authorization, as links want it. */
    Answer download(String link) {
        return send("GET", link, null, null);
    }
}
