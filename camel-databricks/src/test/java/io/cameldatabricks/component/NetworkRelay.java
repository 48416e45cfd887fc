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
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** A network between the driver and a local warehouse, of bytes and connections only, that can be lost in several ways. */
public final class NetworkRelay implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean frozen = new AtomicBoolean();
    private final int port;
    private volatile int target;
    private volatile ServerSocket server;

    /** @param target port of the warehouse on this machine */
    public NetworkRelay(int target) {
        this.target = target;
        this.port = listen(0);
    }

    private int listen(int wanted) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            server = socket;
            threads.execute(() -> accept(socket));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** New connections lead to another warehouse. */
    public void lead(int newTarget) {
        target = newTarget;
    }

    /** Resets every connection and refuses new ones. */
    public void cut() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
    }

    /** Resets every connection; new ones are welcome. */
    public void reset() {
        // all of them first: when one of a pair is closed, a pump closes the other, which must not end it in order
        sockets.forEach(socket -> quietly(() -> socket.setSoLinger(true, 0)));
        sockets.forEach(socket -> quietly(socket::close));
        sockets.clear();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            // gone already
        }
    }

    /** Accepts connections again, at the same address. */
    public void restore() {
        listen(port);
    }

    /** From now on bytes vanish: nobody is told that the other side is gone. */
    public void freeze() {
        frozen.set(true);
    }

    /** Ends the silence for new connections; bytes that vanished stay lost. */
    public void thaw() {
        frozen.set(false);
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                sockets.add(client);
                if (!frozen.get()) {
                    Socket warehouse = new Socket(InetAddress.getLoopbackAddress(), target);
                    warehouse.setTcpNoDelay(true);
                    client.setTcpNoDelay(true);
                    sockets.add(warehouse);
                    threads.execute(() -> pump(client, warehouse));
                    threads.execute(() -> pump(warehouse, client));
                }
            } catch (IOException e) {
                // the listener is closed, or the warehouse is down: then the client finds its connection closed
                reset();
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 << 10];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!frozen.get()) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // the other pump ends too
        } finally {
            sockets.remove(from);
        }
    }

    @Override
    public void close() {
        cut();
        threads.shutdownNow();
    }
}
