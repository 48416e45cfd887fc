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
package io.cameldatabricks.testinfra.server.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

import com.sun.net.httpserver.HttpExchange;

/**
 * Breaks connections as a network does. The JDK's server can only close them, which a client sees as a polite end; so this
 * reaches for their sockets, for which the server's JVM is started with {@code --add-opens}.
 */
final class ConnectionCutter {

    private static final System.Logger LOG = System.getLogger(ConnectionCutter.class.getName());

    private ConnectionCutter() {}

    /** Ends the connection with a TCP reset, or with a mere close where the JVM does not let its sockets be reached. */
    static void reset(HttpExchange exchange) {
        cut(exchange, true);
    }

    /** Ends the connection when the client has got what was sent so far, which the JDK's server itself does not do. */
    static void end(HttpExchange exchange) {
        cut(exchange, false);
    }

    private static void cut(HttpExchange exchange, boolean reset) {
        try {
            SocketChannel channel = channel(exchange);
            if (reset) {
                // makes the close a reset
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        } catch (ReflectiveOperationException | IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "A connection could not be cut, only given up", e);
        } finally {
            exchange.close();
        }
    }

    private static SocketChannel channel(HttpExchange exchange) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.net.httpserver.ExchangeImpl");
        Method get = type.getDeclaredMethod("get", HttpExchange.class);
        get.setAccessible(true);
        Field connection = type.getDeclaredField("connection");
        connection.setAccessible(true);
        Object held = connection.get(get.invoke(null, exchange));
        Method channel = held.getClass().getDeclaredMethod("getChannel");
        channel.setAccessible(true);
        return (SocketChannel) channel.invoke(held);
    }
}
