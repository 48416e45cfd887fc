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

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a network may do to connections. */
@Timeout(60)
class NetworkRelayTest {

    /** More than a slow direction holds at a time. */
    private static final int MUCH = 6 << 20;

    private ServerSocket server;
    private NetworkRelay network;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        network = new NetworkRelay(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        network.close();
        server.close();
    }

    @Test
    void shouldKeepTheOrderOfBytesThatAreSlow() throws Exception {
        network.delay(Duration.ofMillis(20));
        byte[] sent = new byte[MUCH];
        new Random(1).nextBytes(sent);
        try (Connected connected = connect()) {
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> connected.receive(MUCH));
            long before = System.nanoTime();
            connected.client().getOutputStream().write(sent);
            assertThat(received.get()).isEqualTo(sent);
            // a lower bound is no matter of how busy the machine is
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(20));
        }
    }

    @Test
    void shouldEndSlowConnectionsAfterTheirLastByte() throws Exception {
        network.delay(Duration.ofMillis(20));
        try (Connected connected = connect()) {
            new DataOutputStream(connected.behind().getOutputStream()).writeInt(42);
            connected.behind().close();
            DataInputStream in = new DataInputStream(connected.client().getInputStream());
            assertThat(in.readInt()).isEqualTo(42);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldResetWhatIsOpenAndRefuseWhatIsNew() throws Exception {
        try (Connected connected = connect()) {
            network.cut();
            assertThatThrownBy(() -> connected.client().getInputStream().read()).hasMessageContaining("reset");
            assertThatThrownBy(this::client).hasMessageContaining("refused");
        }
        network.restore();
        connect().close();
    }

    @Test
    void shouldSwallowBytesInSilence() throws Exception {
        try (Connected connected = connect()) {
            network.freeze();
            connected.client().getOutputStream().write(1);
            connected.behind().setSoTimeout(200);
            assertThatThrownBy(() -> connected.behind().getInputStream().read())
                    .isInstanceOf(SocketTimeoutException.class);
        }
        network.thaw();
        try (Connected connected = connect()) {
            connected.client().getOutputStream().write(7);
            assertThat(connected.behind().getInputStream().read()).isEqualTo(7);
        }
    }

    private Socket client() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), network.port());
    }

    private Connected connect() throws IOException {
        return new Connected(client(), server.accept());
    }

    /** Both ends of a connection through the network. */
    private record Connected(Socket client, Socket behind) implements AutoCloseable {

        byte[] receive(int length) {
            try {
                return behind.getInputStream().readNBytes(length);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
            behind.close();
        }
    }
}
