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
import java.io.InputStream;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import com.databricks.sdk.core.ProxyConfig;
import com.databricks.sdk.core.commons.CommonsHttpClient;
import com.databricks.sdk.core.http.HttpClient;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;

/**
 * How the call for a token travels: with the same trust store, client certificate and proxy as the calls of the JDBC
 * driver, told by the driver's own property names. Immutable; prints the names only.
 *
 * @param driverProperties the driver's properties; names know no case
 */
public record TokenTransport(Map<String, String> driverProperties) {

    private static final int TIMEOUT_SECONDS = 30;
    private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    public TokenTransport {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(driverProperties);
        driverProperties = Collections.unmodifiableMap(copy);
    }

    /**
     * @return a client of its own, whose calls may block for 30 s
     * @throws IllegalArgumentException when a store cannot be read; the message names the property
     */
    public HttpClient open() {
        // the connection manager, since the SDK's client ignores a socket factory beside one
        return new CommonsHttpClient.Builder()
                .withTimeoutSeconds(TIMEOUT_SECONDS)
                .withProxyConfig(proxy())
                .withConnectionManager(new PoolingHttpClientConnectionManager(sockets()))
                .build();
    }

    /**
     * Reads the stores and the numbers without a call.
     *
     * @throws IllegalArgumentException as {@link #open} would
     */
    public void check() {
        proxy();
        sockets();
    }

    private ProxyConfig proxy() {
        boolean useProxy = isOn("UseProxy");
        boolean useSystem = isOn("UseSystemProxy");
        ProxyConfig proxy = new ProxyConfig().setUseSystemProperties(useSystem);
        if (useProxy) {
            proxy.setHost(driverProperties.get("ProxyHost")).setPort(port());
        }
        if (useProxy || useSystem) {
            proxy.setUsername(driverProperties.get("ProxyUID"))
                    .setPassword(driverProperties.get("ProxyPWD"))
                    .setProxyAuthType(proxyAuth());
        }
        String ignored = driverProperties.get("ProxyIgnoreList");
        if (useProxy && ignored != null) {
            proxy.setNonProxyHosts(ignored.replace(',', '|').replaceAll("(^|\\|)\\.", "$1*."));
        }
        return proxy;
    }

    /**
     * Which proxy other clients than that for tokens use.
     *
     * @throws IllegalArgumentException when the proxy has no name, or no port that is a number
     */
    public ProxySelector proxySelector() {
        if (!isOn("UseProxy")) {
            return isOn("UseSystemProxy") ? ProxySelector.getDefault() : java.net.http.HttpClient.Builder.NO_PROXY;
        }
        String host = driverProperties.get("ProxyHost");
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("The option driverProperties.ProxyHost is missing: give the name of the"
                    + " proxy, or remove driverProperties.UseProxy.");
        }
        return new NamedProxy(host.strip(), port(), driverProperties.getOrDefault("ProxyIgnoreList", ""));
    }

    /**
     * What a proxy is told about who asks, as the value of {@code Proxy-Authorization}; empty when it is not asked for.
     *
     * @param tunnel whether calls travel through a tunnel, as HTTPS does
     * @throws IllegalArgumentException when Java does not send that, or the proxy wants another proof
     */
    public Optional<String> proxyAuthorization(boolean tunnel) {
        boolean proxied = isOn("UseProxy") || isOn("UseSystemProxy");
        ProxyConfig.ProxyAuthType kind = proxyAuth();
        if (!proxied || kind == ProxyConfig.ProxyAuthType.NONE) {
            return Optional.empty();
        }
        if (kind == ProxyConfig.ProxyAuthType.SPNEGO) {
            throw new IllegalArgumentException("The option driverProperties.ProxyAuth=2 (Kerberos) is not possible over"
                    + " the Statement Execution API: use asyncTransport=JDBC.");
        }
        if (tunnel
                && System.getProperty(DISABLED_SCHEMES, "Basic")
                        .toLowerCase(Locale.ROOT)
                        .contains("basic")) {
            throw new IllegalArgumentException("The option driverProperties.ProxyAuth=1 needs the system property "
                    + DISABLED_SCHEMES + " to be empty, since Java sends no password to a proxy of HTTPS else: set -D"
                    + DISABLED_SCHEMES + "= or use asyncTransport=JDBC.");
        }
        String credentials =
                driverProperties.getOrDefault("ProxyUID", "") + ":" + driverProperties.getOrDefault("ProxyPWD", "");
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private int port() {
        try {
            return Integer.parseInt(driverProperties.getOrDefault("ProxyPort", "443"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The option driverProperties.ProxyPort is not a number: give a port.");
        }
    }

    private ProxyConfig.ProxyAuthType proxyAuth() {
        return switch (driverProperties.getOrDefault("ProxyAuth", "0")) {
            case "1" -> ProxyConfig.ProxyAuthType.BASIC;
            case "2" -> ProxyConfig.ProxyAuthType.SPNEGO;
            default -> ProxyConfig.ProxyAuthType.NONE;
        };
    }

    private Registry<ConnectionSocketFactory> sockets() {
        return RegistryBuilder.<ConnectionSocketFactory>create()
                .register("http", PlainConnectionSocketFactory.getSocketFactory())
                .register("https", new SSLConnectionSocketFactory(sslContext()))
                .build();
    }

    /**
     * Whose certificates are trusted, and our own certificate.
     *
     * @throws IllegalArgumentException when a store cannot be read; the message names the property
     */
    public SSLContext sslContext() {
        try {
            KeyStore trusted = store("SSLTrustStore");
            KeyStore own = store("SSLKeyStore");
            return trusted == null && own == null ? SSLContext.getDefault() : context(trusted, own);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The trust store or key store cannot be used: " + e.getMessage(), e);
        }
    }

    private SSLContext context(KeyStore trusted, KeyStore own) throws GeneralSecurityException {
        TrustManager[] trustManagers = null;
        if (trusted != null) {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            trustManagers = factory.getTrustManagers();
        }
        KeyManager[] keyManagers = null;
        if (own != null) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own, password("SSLKeyStore"));
            keyManagers = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers, trustManagers, null);
        return context;
    }

    private KeyStore store(String property) throws GeneralSecurityException {
        String path = driverProperties.get(property);
        if (path == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(driverProperties.getOrDefault(property + "Type", "JKS"));
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            store.load(in, password(property));
            return store;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The option driverProperties." + property + " names a store that cannot be read: check its path,"
                            + " its password and driverProperties." + property + "Type.",
                    e);
        }
    }

    private char[] password(String property) {
        String password = driverProperties.get(property + "Pwd");
        return password == null ? null : password.toCharArray();
    }

    private boolean isOn(String property) {
        return "1".equals(driverProperties.get(property));
    }

    @Override
    public String toString() {
        return "TokenTransport[" + driverProperties.keySet() + "]";
    }
}
