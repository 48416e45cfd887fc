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
package io.cameldatabricks.component.auth;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/** The part of a workspace that gives tokens, over the JDK's HTTP server. */
final class TokenService implements AutoCloseable {

    record Call(String path, String authorization, String body) {}

    record Answer(int status, String body) {}

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger issued = new AtomicInteger();
    private volatile Function<Call, Answer> tokens = call -> new Answer(
            200,
            "{\"access_token\":\"issued-" + issued.incrementAndGet()
                    + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");

    private TokenService(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    static TokenService start() throws IOException {
        return new TokenService(HttpServer.create(loopback(), 0));
    }

    static TokenService start(SSLContext context) throws IOException {
        HttpsServer https = HttpsServer.create(loopback(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        return new TokenService(https);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    String url() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    void answerTokenCalls(Function<Call, Answer> answer) {
        tokens = answer;
    }

    List<Call> calls(String path) {
        return calls.stream().filter(call -> call.path().equals(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Call call = new Call(
                exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("Authorization"), body);
        calls.add(call);
        Answer answer = answer(call);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Answer answer(Call call) {
        return switch (call.path()) {
            case "/.well-known/databricks-config" ->
                new Answer(200, "{\"oidc_endpoint\":\"" + url() + "/oidc\",\"workspace_id\":\"42\"}");
            case "/oidc/.well-known/oauth-authorization-server" ->
                new Answer(
                        200,
                        "{\"token_endpoint\":\"" + url() + "/oidc/v1/token\",\"authorization_endpoint\":\"" + url()
                                + "/oidc/v1/authorize\"}");
            case "/oidc/v1/token" -> tokens.apply(call);
            default -> new Answer(404, "{\"error_code\":\"NOT_FOUND\",\"message\":\"no\"}");
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
