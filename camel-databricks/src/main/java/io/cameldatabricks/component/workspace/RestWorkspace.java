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
package io.cameldatabricks.component.workspace;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.cameldatabricks.component.auth.CachingTokenSource;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.auth.TokenTransport;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.sea.LoginBearer;
import io.cameldatabricks.component.client.sea.SeaClients;
import io.cameldatabricks.component.client.sea.SeaSettings;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.WarehouseAddress;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.volume.VolumeClient;

/**
 * The Statement Execution API of a workspace, whichever warehouse runs the statements.
 *
 * @param login who connects
 * @param httpHeaders added to every request
 * @param tokenTransport for trust stores and proxies
 */
public record RestWorkspace(
        WarehouseAddress address, Login login, Map<String, String> httpHeaders, TokenTransport tokenTransport)
        implements StatementAccess.Key {

    public RestWorkspace {
        Objects.requireNonNull(address);
        Objects.requireNonNull(login);
        // sorted, so that the order in which they were given makes no difference
        httpHeaders = new TreeMap<>(httpHeaders);
    }

    /** @throws IllegalArgumentException when the proxy of the connection cannot be used */
    public static RestWorkspace of(ConnectionSettings connection) {
        TokenTransport transport = new TokenTransport(connection.extras().driverProperties());
        // a proxy that cannot be used is reported at the start
        transport.proxySelector();
        transport.proxyAuthorization(connection.address().ssl());
        return new RestWorkspace(
                connection.address(), connection.login(), connection.extras().httpHeaders(), transport);
    }

    @Override
    public Transport transport() {
        return Transport.REST;
    }

    @Override
    public String workspace() {
        return name(address);
    }

    /** As handles name a workspace: its host, with the port where it is not 443. */
    static String name(WarehouseAddress address) {
        return address.port() == 443 ? address.host() : address.host() + ":" + address.port();
    }

    @Override
    public StatementClient open(StatementAccess.Means means) {
        return clients(means).create(settings(means), bearer(means), limiter(means));
    }

    /** Makes the client of the Files API of the same workspace. */
    VolumeClient openVolumes(StatementAccess.Means means) {
        return clients(means)
                .createVolumes(
                        settings(means),
                        bearer(means),
                        limiter(means),
                        means.threads().transfers());
    }

    private LoginBearer bearer(StatementAccess.Means means) {
        CachingTokenSource tokens = new CachingTokenSource(
                login.open(tokenTransport, means.clock()),
                means.clock(),
                means.threads().logins());
        return new LoginBearer(tokens, means.threads().logins());
    }

    private RateLimiter limiter(StatementAccess.Means means) {
        return means.statements().limiter(workspace());
    }

    private SeaSettings settings(StatementAccess.Means means) {
        SeaSettings standard = SeaSettings.of(URI.create(address.url()), means.userAgent());
        Map<String, String> headers = new TreeMap<>(httpHeaders);
        tokenTransport.proxyAuthorization(address.ssl()).ifPresent(proof -> headers.put("Proxy-Authorization", proof));
        return new SeaSettings(
                standard.workspace(),
                standard.userAgent(),
                headers,
                standard.callTimeout(),
                standard.reads(),
                standard.submits());
    }

    private SeaClients clients(StatementAccess.Means means) {
        return new SeaClients(
                means.threads().http(),
                means.clock(),
                means.threads().httpDelayer(),
                means.statements().random(),
                address.ssl() ? tokenTransport.sslContext() : null,
                tokenTransport.proxySelector());
    }

    /** Without headers, which may hold secrets. */
    @Override
    public String toString() {
        return "RestWorkspace[" + address + "]";
    }
}
