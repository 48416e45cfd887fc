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
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections of clients that keep them open, after answers that were large. */
@Timeout(60)
class OpenConnectionsTest {

    private static final int ROWS = 1_000;
    private static final int CONNECTIONS = 60;

    @RegisterExtension
    static LocalWarehouse warehouse =
            LocalWarehouse.create(WarehouseOptions.scripted().withJvmOptions("-Xmx48m"));

    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void shouldKeepNoMemoryForThem() throws IOException {
        warehouse.script(Script.statement("SELECT large")
                .column("a", "STRING")
                .row("x".repeat(1_000))
                .repeat(ROWS));
        Sea sea = new Sea(warehouse);
        String id = sea.execute("SELECT large").id();

        long read = 0;
        for (int i = 0; i < CONNECTIONS; i++) {
            read += readAndStay("/api/2.0/sql/statements/" + id);
        }

        assertThat(read).isGreaterThan(CONNECTIONS * ROWS * 1_000L);
        assertThat(sea.execute("SELECT large").state()).isEqualTo("SUCCEEDED");
    }

    private long readAndStay(String path) throws IOException {
        URI where = URI.create(warehouse.httpUrl());
        Socket socket = new Socket(where.getHost(), where.getPort());
        open.add(socket);
        // a server without memory does not answer
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + where.getAuthority() + "\r\nAuthorization: Bearer "
                                + warehouse.token() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = length(in);
        in.readFully(new byte[length]);
        return length;
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
            }
        }
        return length;
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.append((char) next);
        }
        return line.toString().trim();
    }
}
