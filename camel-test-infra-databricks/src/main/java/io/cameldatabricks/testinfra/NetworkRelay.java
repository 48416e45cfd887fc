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
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A network between a client and a server on this machine, such as a local warehouse or a database. It knows bytes and
 * connections only, can be slow, and can be lost in several ways. Safe for many threads.
 */
public final class NetworkRelay implements AutoCloseable {

    private static final int CHUNK = 16 << 10;

    /** What one direction of a slow connection holds at most: 4 MiB. */
    private static final int CHUNKS_UNDER_WAY = 256;

    private final ExecutorService threads = Executors.newCachedThreadPool(NetworkRelay::daemon);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean frozen;
    private volatile int target;
    private volatile ServerSocket server;

    /** @param target port of the server on this machine */
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

    /** @return the port on this machine that clients connect to */
    public int port() {
        return port;
    }

    /** @return where clients of a warehouse connect to */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * Makes connections slow that are opened from now on.
     *
     * @param eachWay how long each byte is under way, in either direction; a round trip takes twice as long
     */
    public void delay(Duration eachWay) {
        delay = eachWay;
    }

    /**
     * Leads new connections to another server.
     *
     * @param newTarget its port on this machine
     */
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

    /** Accepts connections again after {@link #cut()}, at the same address. */
    public void restore() {
        listen(port);
    }

    /** Resets every connection; new ones are welcome. */
    public void reset() {
        // all of them first: when one of a pair is closed, a pump closes the other, which must not end it in order
        sockets.forEach(socket -> quietly(() -> socket.setSoLinger(true, 0)));
        sockets.forEach(socket -> quietly(socket::close));
        sockets.clear();
    }

    /** From now on bytes vanish: nobody is told that the other side is gone. */
    public void freeze() {
        frozen = true;
    }

    /** Ends the silence; bytes that vanished stay lost, so that only connections opened from now on are whole. */
    public void thaw() {
        frozen = false;
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                sockets.add(client);
                if (!frozen) {
                    Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
                    behind.setTcpNoDelay(true);
                    client.setTcpNoDelay(true);
                    sockets.add(behind);
                    Duration eachWay = delay;
                    threads.execute(() -> pump(client, behind, eachWay));
                    threads.execute(() -> pump(behind, client, eachWay));
                }
            } catch (IOException e) {
                // the listener is closed, or the server is down: then the client finds its connection closed
                reset();
            }
        }
    }

    private void pump(Socket from, Socket to, Duration eachWay) {
        byte[] buffer = new byte[CHUNK];
        try (Way way = eachWay.isZero() ? new Fast(to) : new Slow(to, eachWay);
                InputStream in = from.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!frozen) {
                    way.send(buffer, read);
                }
            }
        } catch (IOException e) {
            // the other pump ends too
        } finally {
            sockets.remove(from);
        }
    }

    /** One direction of a connection. Closing it ends the connection when what was sent before has arrived. */
    private interface Way extends AutoCloseable {

        void send(byte[] buffer, int length) throws IOException;

        @Override
        void close() throws IOException;
    }

    private record Fast(Socket to) implements Way {

        @Override
        public void send(byte[] buffer, int length) throws IOException {
            to.getOutputStream().write(buffer, 0, length);
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }

    /** Bytes arrive late, but none waits for the arrival of another. */
    private static final class Slow implements Way {
        private final ScheduledExecutorService arrivals =
                Executors.newSingleThreadScheduledExecutor(NetworkRelay::daemon);
        private final Semaphore room = new Semaphore(CHUNKS_UNDER_WAY);
        private final Socket to;
        private final long nanos;

        private Slow(Socket to, Duration eachWay) {
            this.to = to;
            this.nanos = eachWay.toNanos();
        }

        @Override
        public void send(byte[] buffer, int length) throws IOException {
            byte[] sent = new byte[length];
            System.arraycopy(buffer, 0, sent, 0, length);
            room.acquireUninterruptibly();
            OutputStream out = to.getOutputStream();
            arrivals.schedule(
                    () -> {
                        try {
                            out.write(sent);
                        } catch (IOException e) {
                            quietly(to::close);
                        } finally {
                            room.release();
                        }
                    },
                    nanos,
                    TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            arrivals.schedule(() -> quietly(to::close), nanos, TimeUnit.NANOSECONDS);
            // what was scheduled still happens
            arrivals.shutdown();
        }
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

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "network-relay");
        thread.setDaemon(true);
        return thread;
    }

    /** Ends every connection and listens no more. */
    @Override
    public void close() {
        cut();
        threads.shutdownNow();
    }
}
