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
package io.cameldatabricks.testinfra.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Counts the JVMs that use the warehouse: each holds a connection open, which the operating system closes when the JVM is
 * gone, however it went. When the last one has been gone for a while, the warehouse ends.
 */
final class LeaseKeeper implements AutoCloseable {

    /** Even a busy machine needs no longer between the launcher's hearing and its answer. */
    private static final Duration FIRST_LEASE = Duration.ofSeconds(30);

    private final ServerSocket socket;
    private final byte[] token;
    private final Duration grace;
    private final Runnable onEnd;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "lease-timer");
        thread.setDaemon(true);
        return thread;
    });
    private int leases;
    private ScheduledFuture<?> end;

    private LeaseKeeper(ServerSocket socket, String token, Duration grace, Runnable onEnd) {
        this.socket = socket;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.grace = grace;
        this.onEnd = onEnd;
    }

    /**
     * @param grace how long the warehouse may be without users
     * @param onEnd called when it has been
     */
    static LeaseKeeper open(String token, Duration grace, Runnable onEnd) throws IOException {
        ServerSocket socket = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
        LeaseKeeper keeper = new LeaseKeeper(socket, token, grace, onEnd);
        keeper.thread("lease-listener", keeper::listen);
        return keeper;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** From now on the warehouse is of use; a launcher that died meanwhile never comes. */
    synchronized void begin() {
        if (leases == 0) {
            scheduleEnd(grace.plus(FIRST_LEASE));
        }
    }

    /** Listens no more: a thread that waits for a connection holds up the end of its JVM for a third of a second. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // the JVM ends
        }
    }

    private void listen() {
        while (true) {
            try {
                Socket connection = socket.accept();
                thread("lease", () -> hold(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void hold(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            connection.setSoTimeout(10_000);
            String line = in.readLine();
            if (line == null || !MessageDigest.isEqual(line.getBytes(StandardCharsets.UTF_8), token)) {
                return;
            }
            connection.setSoTimeout(0);
            if (!take()) {
                return;
            }
            try {
                connection.getOutputStream().write("ok\n".getBytes(StandardCharsets.UTF_8));
                while (in.read() >= 0) {
                    // a lease says nothing; it only ends
                }
            } finally {
                giveBack();
            }
        } catch (IOException e) {
            // gone, like any other end
        }
    }

    private synchronized boolean take() {
        if (end != null && !end.cancel(false)) {
            return false;
        }
        end = null;
        leases++;
        return true;
    }

    private synchronized void giveBack() {
        if (--leases == 0) {
            scheduleEnd(grace);
        }
    }

    private void scheduleEnd(Duration after) {
        end = timer.schedule(onEnd, after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
