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
package io.cameldatabricks.component.pool;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Map;

import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.WarehouseAddress;

/**
 * Knocks at the host before the driver does. The driver repeats a refused connection for up to 17 seconds and cannot be
 * told otherwise, so that without this a wait of a few seconds would end without a reason.
 */
final class ReachableHost {

    private static final int TIMEOUT_MS = 5_000;

    private ReachableHost() {}

    /**
     * Returns when the host accepts a TCP connection, or when a proxy makes the question meaningless.
     *
     * @throws IOException why not
     */
    static void check(ConnectionSettings settings) throws IOException {
        if (usesProxy(settings.extras().driverProperties())) {
            return;
        }
        WarehouseAddress address = settings.address();
        InetSocketAddress socketAddress = new InetSocketAddress(address.host(), address.port());
        if (socketAddress.isUnresolved()) {
            throw new UnknownHostException(address.host());
        }
        try (Socket socket = new Socket()) {
            socket.connect(socketAddress, TIMEOUT_MS);
        }
    }

    private static boolean usesProxy(Map<String, String> driverProperties) {
        return "1".equals(driverProperties.get("UseProxy")) || "1".equals(driverProperties.get("UseSystemProxy"));
    }
}
