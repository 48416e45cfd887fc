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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.auth.TestCertificate;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.connect.WarehouseAddress;
import io.cameldatabricks.component.error.PermanentDatabricksException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The token goes to a server with a certificate that is trusted, and to no other. */
class TlsTest {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean sawAToken;

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    /** Opens every session that it is asked for. */
    private HttpsServer server(TestCertificate certificate) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        server.createContext("/", exchange -> {
            sawAToken |= exchange.getRequestHeaders().containsKey("Authorization");
            boolean session = exchange.getRequestURI().getPath().contains("sessions");
            byte[] answer = (session ? "{\"session_id\":\"s1\"}" : "{}").getBytes();
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(session ? 200 : 404, answer.length);
            try (var out = exchange.getResponseBody()) {
                out.write(answer);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        server.start();
        return server;
    }

    private Connection open(HttpsServer server, Map<String, String> driverProperties) throws Exception {
        ConnectionSettings settings = new ConnectionSettings(
                WarehouseAddress.parse(
                        "https://localhost:" + server.getAddress().getPort()),
                HttpPath.ofWarehouse("w"),
                new Login.WithToken(AccessToken.of("dapi0123")),
                null,
                null,
                new ConnectionSettings.Extras(Map.of(), Map.of(), driverProperties),
                false);
        TokenFeed feed = new TokenFeed(settings, scheduler, InstantSource.system());
        return new WarehouseDataSource(settings, feed, new SessionAges(), "camel-databricks/test").getConnection();
    }

    private void assertRefused(TestCertificate certificate, Map<String, String> driverProperties) throws Exception {
        HttpsServer server = server(certificate);
        try {
            assertThatThrownBy(() -> open(server, driverProperties).close())
                    .cause()
                    .isInstanceOf(PermanentDatabricksException.class)
                    .hasMessageContaining("SSLTrustStore");
        } finally {
            server.stop(0);
        }
        assertThat(sawAToken).isFalse();
    }

    @Test
    void shouldTrustAnAuthorityOfTheTrustStore() throws Exception {
        TestCertificate certificate = TestCertificate.ofAnAuthority();
        HttpsServer server = server(certificate);
        try (Connection connection = open(server, certificate.driverProperties())) {
            assertThat(connection.isClosed()).isFalse();
        } finally {
            server.stop(0);
        }
        assertThat(sawAToken).isTrue();
    }

    @Test
    void shouldSayWhatToDoWhenNobodyKnowsWhatIsRevoked() throws Exception {
        TestCertificate certificate = TestCertificate.ofAnAuthority();
        Map<String, String> strict = new HashMap<>(certificate.driverProperties());
        strict.remove("AcceptUndeterminedRevocation");
        HttpsServer server = server(certificate);
        try {
            assertThatThrownBy(() -> open(server, strict).close())
                    .cause()
                    .isInstanceOf(PermanentDatabricksException.class)
                    .hasMessageContaining("AcceptUndeterminedRevocation");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldRefuseAnUnknownAuthority() throws Exception {
        assertRefused(TestCertificate.ofAnAuthority(), Map.of());
    }

    @Test
    void shouldRefuseACertificateThatIsSignedByItself() throws Exception {
        assertRefused(TestCertificate.selfSigned(), Map.of());
    }

    @Test
    void shouldRefuseACertificateWhoseTimeIsOver() throws Exception {
        TestCertificate certificate = TestCertificate.expired();
        assertRefused(certificate, certificate.driverProperties());
    }

    @Test
    void shouldRefuseACertificateOfAnotherHost() throws Exception {
        TestCertificate certificate = TestCertificate.ofAnotherHost();
        assertRefused(certificate, certificate.driverProperties());
    }
}
