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
package io.cameldatabricks.testinfra.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;

import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.server.fault.FaultPlan;
import io.cameldatabricks.testinfra.server.fault.Refusal;

/**
 * One request and its answer. The answer may be given later and from any thread; the first one counts.
 */
final class ApiCall {

    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    private static final System.Logger LOG = System.getLogger(ApiCall.class.getName());

    /** The JDK's server keeps a buffer of twice the largest piece for each connection, until it is closed. */
    private static final int PIECE = 16 << 10;

    private final HttpExchange exchange;
    private final RequestLog log;
    private final long number;
    private final RequestBody body;
    private final AtomicBoolean answered = new AtomicBoolean();
    private Map<String, String> pathVariables = Map.of();
    private FaultPlan faults = new FaultPlan();

    ApiCall(HttpExchange exchange, RequestLog log, long number) {
        this.exchange = exchange;
        this.log = log;
        this.number = number;
        this.body = new RequestBody(exchange);
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String path() {
        URI uri = exchange.getRequestURI();
        // the JDBC driver begins the path with two slashes, so that its first part passes for a host
        return uri.getScheme() == null && uri.getRawAuthority() != null
                ? "/" + uri.getAuthority() + uri.getPath()
                : uri.getPath();
    }

    /** Writes down the body as people can read it. */
    void logBody(String text) {
        log.body(number, text);
    }

    String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    void faults(FaultPlan plan) {
        faults = plan;
    }

    /** What is to go wrong with this call; a statement that it brings takes its {@link FaultPlan#result()}. */
    FaultPlan faults() {
        return faults;
    }

    void pathVariables(Map<String, String> variables) {
        pathVariables = variables;
    }

    String pathVariable(String name) {
        return pathVariables.get(name);
    }

    /**
     * The path as it was sent, decoded once, without what it begins with.
     *
     * @throws ApiException when its escapes are no text
     */
    String pathBelow(String prefix) {
        String decoded = PathText.decode(exchange.getRequestURI().getRawPath());
        if (!decoded.startsWith(prefix)) {
            throw ApiException.badRequest("The path is written in a way that this API does not take.");
        }
        return decoded.substring(prefix.length());
    }

    /** The body, whole or as a stream. */
    RequestBody requestBody() {
        return body;
    }

    /** Reads the body once; the exchange cannot be answered properly before. */
    byte[] body() throws IOException {
        return body.bytes();
    }

    /** @return the body as a JSON object; an absent body is an empty one */
    JsonNode json() throws IOException {
        return body.json();
    }

    /** @return query parameters; one that comes several times has several values */
    Map<String, List<String>> query() {
        return FormText.decode(exchange.getRequestURI().getRawQuery());
    }

    /** @return the value of a query parameter, or null when it is absent or empty */
    String queryValue(String name) {
        String value = query().getOrDefault(name, List.of("")).get(0);
        return value.isEmpty() ? null : value;
    }

    /** @return the body as an HTML form */
    Map<String, List<String>> form() throws IOException {
        return FormText.decode(new String(body(), StandardCharsets.UTF_8));
    }

    ApiCall answerHeader(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
        return this;
    }

    /** The client has gone. */
    void abandon() {
        answered.set(true);
        exchange.close();
    }

    /** Breaks the connection, unless there was an answer. */
    void cut() {
        if (answered.compareAndSet(false, true)) {
            ConnectionCutter.reset(exchange);
        }
    }

    /** Answers with the refusal that the faults of this call want. */
    void refuse() {
        Refusal refusal = faults.refusal();
        String retryAfter = refusal.retryAfter(Instant.now());
        if (retryAfter != null) {
            answerHeader("Retry-After", retryAfter);
        }
        byte[] body = refusal.body().getBytes(StandardCharsets.UTF_8);
        if (answered.compareAndSet(false, true)) {
            send(refusal.status(), body.length, refusal.contentType(), pieces(body));
        }
    }

    void answer(int status, byte[] payload, String contentType) {
        answer(status, payload.length, contentType, pieces(payload));
    }

    private static Body pieces(byte[] payload) {
        return (out, count) -> {
            for (int at = 0; at < count; at += PIECE) {
                out.write(payload, at, (int) Math.min(PIECE, count - at));
            }
        };
    }

    /** Writes the first bytes of an answer's body. */
    interface Body {
        void write(OutputStream out, long count) throws IOException;
    }

    /** An answer of any length, written piece by piece. */
    void stream(int status, long length, String contentType, Body body) {
        answer(status, length, contentType, body);
    }

    /** An answer without a body, not even a type. */
    void noContent() {
        answer(204, 0, null, (out, count) -> {});
    }

    /** The headers that a GET would be answered with. */
    void head(int status, String contentType) {
        answer(status, 0, contentType, (out, count) -> {});
    }

    private void answer(int status, long length, String contentType, Body body) {
        if (faults.refusal() != null) {
            refuse();
        } else if (faults.cut() == CutPoint.UNANSWERED || faults.cut() == CutPoint.HALF_ANSWERED && length == 0) {
            cut();
        } else if (answered.compareAndSet(false, true)) {
            if (faults.cut() == CutPoint.HALF_ANSWERED) {
                sendHalf(status, length, contentType, body);
            } else {
                send(status, length, contentType, body);
            }
        }
    }

    private void sendHalf(int status, long length, String contentType, Body body) {
        try {
            sendHeaders(status, length, contentType);
            body.write(exchange.getResponseBody(), length / 2);
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A client has gone before its answer", e);
        } finally {
            ConnectionCutter.end(exchange);
        }
    }

    private void send(int status, long length, String contentType, Body body) {
        try (exchange) {
            sendHeaders(status, length, contentType);
            if (length > 0 && !isHead()) {
                try (OutputStream out = exchange.getResponseBody()) {
                    body.write(out, length);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A client has gone before its answer", e);
        }
    }

    private void sendHeaders(int status, long length, String contentType) throws IOException {
        body.drain();
        log.answered(number, status);
        if (contentType != null) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
        }
        exchange.sendResponseHeaders(status, length == 0 || isHead() ? -1 : length);
    }

    private boolean isHead() {
        return method().equals("HEAD");
    }

    void json(int status, Object value) {
        try {
            answer(status, Json.MAPPER.writeValueAsBytes(value), JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void text(int status, String text) {
        answer(status, text.getBytes(StandardCharsets.UTF_8), TEXT);
    }

    void error(ApiException e) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error_code", e.errorCode());
        answer.put("message", e.getMessage());
        if (e.reason() != null) {
            answer.put(
                    "details",
                    List.of(Map.of(
                            "@type",
                            "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason",
                            e.reason(),
                            "domain",
                            "filesystem.databricks.com")));
        }
        json(e.status(), answer);
    }
}
