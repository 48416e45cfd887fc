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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.cameldatabricks.component.auth.TestCertificate;

/**
 * The machines of Microsoft and GitHub that give identities, as far as one on this machine can play them: an HTTP proxy
 * that leads every host to itself, with a certificate of its own for those that are called over TLS.
 */
final class IdentityProviders implements AutoCloseable {

    /**
     * A call, whatever the host.
     *
     * @param line method, host and path
     * @param authorization the header or null
     * @param form query and body together
     */
    record Call(String line, String authorization, String form) {}

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer plain;
    private final HttpsServer secure;
    private final ServerSocket proxy;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Function<Call, String> answers = call -> null;

    IdentityProviders(TestCertificate certificate) throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        plain = HttpServer.create(any, 0);
        secure = HttpsServer.create(any, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        for (HttpServer server : List.of(plain, secure)) {
            server.setExecutor(threads);
            server.createContext("/", this::handle);
            server.start();
        }
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** @param answer the JSON for a call, or null for 404 */
    void answer(Function<Call, String> answer) {
        answers = answer;
    }

    int proxyPort() {
        return proxy.getLocalPort();
    }

    /** Without the proxy. */
    String url() {
        return "http://127.0.0.1:" + plain.getAddress().getPort();
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    private void handle(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String form = URLDecoder.decode(
                (uri.getRawQuery() == null ? "" : uri.getRawQuery()) + "&" + body, StandardCharsets.UTF_8);
        Call call = new Call(
                exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Host") + uri.getPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                form);
        calls.add(call);
        String answer = answers.apply(call);
        byte[] bytes = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void accept() {
        while (!proxy.isClosed()) {
            try {
                Socket client = proxy.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            String head = head(in);
            boolean tunnel = head.startsWith("CONNECT ");
            int port = (tunnel ? secure : plain).getAddress().getPort();
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (tunnel) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } else {
                    server.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                }
                threads.execute(() -> copy(in, server));
                server.getInputStream().transferTo(client.getOutputStream());
            }
        } catch (IOException e) {
            // one of them has hung up
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void copy(InputStream in, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // the other direction ends too
        }
    }

    @Override
    public void close() {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        plain.stop(0);
        secure.stop(0);
        threads.shutdownNow();
    }
}
