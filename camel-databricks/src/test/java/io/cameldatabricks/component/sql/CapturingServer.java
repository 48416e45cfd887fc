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
package io.cameldatabricks.component.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Answers the driver's sessions and statements with nothing, and keeps what it was sent. */
final class CapturingServer implements AutoCloseable {

    static {
        // else each answer waits for a delayed acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final JsonFactory JSON = new JsonFactory();

    /** A parameter as it came: SQL type and text; null stands for no value. */
    record Sent(String type, String value) {}

    /** A statement as it came, its parameters in the order of their ordinals. */
    record Statement(String sql, List<Sent> parameters) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final BlockingQueue<Statement> statements = new LinkedBlockingQueue<>();

    CapturingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:databricks://127.0.0.1:" + server.getAddress().getPort()
                        + "/default;ssl=0;httpPath=/sql/1.0/warehouses/w;AuthMech=3;UID=token;PWD=x;UseThriftClient=0;"
                        + "EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0");
    }

    Statement take() throws InterruptedException {
        Statement statement = statements.poll(10, TimeUnit.SECONDS);
        if (statement == null) {
            throw new AssertionError("no statement came");
        }
        return statement;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (method.equals("POST") && path.endsWith("/sessions")) {
            answer(exchange, 200, "{\"session_id\":\"s\"}");
        } else if (method.equals("POST") && path.startsWith("/api/2.0/sql/statements")) {
            statements.add(read(exchange.getRequestBody().readAllBytes()));
            answer(
                    exchange,
                    200,
                    "{\"statement_id\":\"1\",\"status\":{\"state\":\"SUCCEEDED\"},\"manifest\":{\"format\":\"JSON_ARRAY\","
                            + "\"schema\":{\"column_count\":0,\"columns\":[]},\"total_chunk_count\":1,\"total_row_count\":0},"
                            + "\"result\":{}}");
        } else if (method.equals("DELETE")) {
            answer(exchange, 200, "{}");
        } else {
            answer(exchange, 404, "{}");
        }
    }

    private static Statement read(byte[] body) {
        Map<Integer, Sent> parameters = new TreeMap<>();
        String sql = null;
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("statement")) {
                    sql = parser.getText();
                } else if (field.equals("parameters")) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        parameter(parser, parameters);
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Statement(sql, List.copyOf(parameters.values()));
    }

    private static void parameter(JsonParser parser, Map<Integer, Sent> parameters) throws IOException {
        int ordinal = 0;
        String type = null;
        String value = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "ordinal" -> ordinal = parser.getIntValue();
                case "type" -> type = parser.getText();
                case "value" -> value = parser.getValueAsString();
                default -> throw new IOException("unexpected field " + field);
            }
        }
        parameters.put(ordinal, new Sent(type, value));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
