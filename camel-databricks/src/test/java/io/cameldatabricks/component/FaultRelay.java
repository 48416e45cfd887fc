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
package io.cameldatabricks.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Stands between the driver and a local warehouse, and spoils some of the answers. */
public final class FaultRelay implements AutoCloseable {

    /** What to do with a request; null to pass it on. */
    @FunctionalInterface
    public interface Fault {
        Spoiled spoil(String method, String path);
    }

    /**
     * A spoiled answer.
     *
     * @param status the HTTP status, or 0 to break the connection
     * @param delivered whether the warehouse still gets the request
     * @param body of the answer
     */
    public record Spoiled(int status, boolean delivered, String body) {

        public Spoiled(int status, boolean delivered) {
            this(status, delivered, "{\"error_code\":\"SPOILED\",\"message\":\"spoiled\"}");
        }
    }

    static {
        // else each answer waits for 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Set<String> NOT_FORWARDED =
            Set.of("connection", "content-length", "host", "upgrade", "expect");

    private static final List<String> PASSED_BACK = List.of("Content-Type", "Retry-After");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String target;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Fault fault = (method, path) -> null;

    public FaultRelay(String target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void fault(Fault next) {
        fault = next;
    }

    /** Method and path of every request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        requests.add(method + " " + path);
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            Spoiled spoiled = fault.spoil(method, path);
            HttpResponse<byte[]> answer = spoiled == null || spoiled.delivered() ? forward(exchange, body) : null;
            if (spoiled == null) {
                for (String name : PASSED_BACK) {
                    answer.headers().firstValue(name).ifPresent(value -> exchange.getResponseHeaders()
                            .set(name, value));
                }
                send(exchange, answer.statusCode(), answer.body());
            } else if (spoiled.status() > 0) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                send(exchange, spoiled.status(), spoiled.body().getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
