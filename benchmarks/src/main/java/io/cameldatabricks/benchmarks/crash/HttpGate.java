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
package io.cameldatabricks.benchmarks.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands between workers and the warehouse, and sees every call: ends a worker before a call reaches the warehouse, or
 * after it was carried out and before its answer comes back; and cuts single workers off. Workers are told apart by the
 * header {@link #WORKER}. Thread-safe.
 */
final class HttpGate implements AutoCloseable {

    static final String WORKER = "X-Crash-Worker";

    /** Who does not say who he is. */
    static final String ANYBODY = "";

    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "host", "upgrade", "http2-settings", "expect", "transfer-encoding");
    private static final List<Kind> KINDS = List.of(
            new Kind("submit", "POST /+api/2.0/sql/statements/?"),
            new Kind("status", "GET /+api/2.0/sql/statements/[^/]+"),
            new Kind("history", "GET /+api/2.0/sql/history/queries.*"),
            new Kind("session", "POST /+api/2.0/sql/(?:warehouses/[^/]+/)?sessions/?"),
            new Kind("result", "GET /+api/2.0/sql/statements/[^/]+/result/.*"),
            new Kind("download", "GET /+results/.*"));

    /** What may tell an address of the warehouse. */
    private static final String JSON = "application/json";

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String target;
    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();

    /** Also the lock of those who wait. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    private final Map<String, Trap> traps = new ConcurrentHashMap<>();

    /** By worker, the kind of call that is answered with 503. */
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    private record Kind(String name, Pattern pattern) {
        private Kind(String name, String pattern) {
            this(name, Pattern.compile(pattern));
        }
    }

    /** What happens before and after a call. */
    interface Trap {

        Trap NONE = point -> {};

        /** @param point {@code submit:before}, {@code status:after}, and so on; for nothing if it is not sprung */
        void pass(String point);
    }

    /** @param target scheme, host and port of the warehouse */
    HttpGate(String target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Sets a trap for one worker. */
    void set(String worker, Trap trap) {
        traps.put(worker, trap);
    }

    /** From now on calls of this kind of this worker are answered with 503. */
    void refuse(String worker, String kind) {
        refused.put(worker, kind);
    }

    void accept(String worker) {
        refused.remove(worker);
    }

    /** From now on no call of this worker gets through, and no answer. */
    void cutOff(String worker) {
        cutOff.add(worker);
    }

    void reconnect(String worker) {
        cutOff.remove(worker);
    }

    /** From now on calls of this worker wait. */
    void hold(String worker) {
        held.add(worker);
    }

    /** What waits goes on. */
    void release(String worker) {
        synchronized (held) {
            held.remove(worker);
            held.notifyAll();
        }
    }

    private void awaitRelease(String worker) throws InterruptedException {
        synchronized (held) {
            while (held.contains(worker)) {
                held.wait();
            }
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String said = exchange.getRequestHeaders().getFirst(WORKER);
            String worker = said == null ? ANYBODY : said;
            String kind = kind(exchange);
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (cutOff.contains(worker)) {
                return;
            }
            awaitRelease(worker);
            if (kind.equals(refused.get(worker))) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            Trap trap = traps.getOrDefault(worker, Trap.NONE);
            trap.pass(kind + ":before");
            HttpResponse<byte[]> answer = client.send(request(exchange, body), HttpResponse.BodyHandlers.ofByteArray());
            trap.pass(kind + ":after");
            if (cutOff.contains(worker)) {
                return;
            }
            answer(exchange, answer.statusCode(), answer.headers(), throughGate(answer));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    /** Links in an answer lead through this gate as well, so that downloads are among the calls that it sees. */
    private byte[] throughGate(HttpResponse<byte[]> answer) {
        boolean json = answer.headers()
                .firstValue("content-type")
                .filter(type -> type.startsWith(JSON))
                .isPresent();
        if (!json) {
            return answer.body();
        }
        return new String(answer.body(), StandardCharsets.UTF_8)
                .replace(target, url())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, HttpHeaders headers, byte[] body) throws IOException {
        headers.map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static String kind(HttpExchange exchange) {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        return KINDS.stream()
                .filter(kind -> kind.pattern().matcher(call).matches())
                .map(Kind::name)
                .findFirst()
                .orElse("other");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
