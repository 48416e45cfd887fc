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
package io.cameldatabricks.component.auth;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One proxy for all hosts but some, as the JDBC driver's properties name it. Immutable. */
final class NamedProxy extends ProxySelector {

    private final List<Proxy> proxy;
    private final List<String> ignored;

    /** @param ignoreList hosts with commas between them; one that begins with a dot stands for all that end so */
    NamedProxy(String host, int port, String ignoreList) {
        this.proxy = List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
        this.ignored = Arrays.stream(ignoreList.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return ignored.stream().anyMatch(name -> matches(host, name)) ? List.of(Proxy.NO_PROXY) : proxy;
    }

    private static boolean matches(String host, String name) {
        String ending = name.startsWith("*") ? name.substring(1) : name;
        return ending.startsWith(".") ? host.endsWith(ending) : host.equals(ending);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // there is no other proxy to turn to
    }
}
