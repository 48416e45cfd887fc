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
package io.cameldatabricks.component.client.sea;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of bare sockets that breaks off where it is told to, and writes down what it received. */
final class RawServer implements AutoCloseable {

    /** A request that arrived as a whole. */
    record Received(String line, String head, String body) {
        String header(String name) {
            for (String field : head.split("\r\n")) {
                if (field.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                    return field.substring(name.length() + 1).strip();
                }
            }
            return null;
        }
    }

    /** What the server does with one connection's next request. */
    interface Step {
        /** @return whether the connection can take another request */
        boolean serve(RawServer server, Socket socket, InputStream in) throws IOException;
    }

    static final Step CUT_BEFORE_REQUEST = (server, socket, in) -> false;

    static final Step CUT_DURING_REQUEST = (server, socket, in) -> {
        server.head(in);
        return false;
    };

    static final Step CUT_AFTER_REQUEST = (server, socket, in) -> {
        server.receive(in);
        return false;
    };

    static final Step STALL = (server, socket, in) -> {
        server.receive(in);
        server.keep(socket);
        return true;
    };

    private final ServerSocket listener;
    private final Deque<Step> steps = new ConcurrentLinkedDeque<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Step rest = answer(500, "{}");

    RawServer(int port) throws IOException {
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread thread = new Thread(this::accept, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    static Step answer(int status, String body, String... headers) {
        return (server, socket, in) -> {
            if (!server.receive(in)) {
                return false;
            }
            StringBuilder answer =
                    new StringBuilder("HTTP/1.1 " + status + " Whatever\r\nContent-Type: application/json\r\n");
            for (String header : headers) {
                answer.append(header).append("\r\n");
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            answer.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
            socket.getOutputStream().write(answer.toString().getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return true;
        };
    }

    /** Sends the head and half of a body, then breaks off or keeps silent. */
    static Step halfAnAnswer(String body, boolean thenStall) {
        return (server, socket, in) -> {
            server.receive(in);
            String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream()
                    .write((head + body.substring(0, body.length() / 2)).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            if (thenStall) {
                server.keep(socket);
            }
            return thenStall;
        };
    }

    /** The next requests, one step for each. */
    RawServer then(Step... next) {
        steps.addAll(List.of(next));
        return this;
    }

    /** All requests after those. */
    RawServer always(Step step) {
        rest = step;
        return this;
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Received> received() {
        return new ArrayList<>(received);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "raw-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            boolean open = true;
            while (open) {
                Step step = steps.poll();
                open = (step == null ? rest : step).serve(this, socket, in);
            }
        } catch (IOException e) {
            // the client went away, which many of these tests are about
            sockets.remove(socket);
        }
    }

    /** Holds the connection open until the client or the test ends it. */
    private void keep(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            continue;
        }
        throw new IOException("client left");
    }

    private boolean receive(InputStream in) throws IOException {
        String head = head(in);
        if (head == null) {
            return false;
        }
        Received request = new Received(head.substring(0, head.indexOf("\r\n")), head, "");
        String length = request.header("Content-Length");
        byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
        received.add(new Received(request.line(), head, new String(body, StandardCharsets.UTF_8)));
        return true;
    }

    private String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int read;
        while ((read = in.read()) >= 0) {
            head.append((char) read);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
