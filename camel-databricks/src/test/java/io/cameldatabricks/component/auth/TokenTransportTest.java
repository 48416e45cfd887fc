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

import java.time.InstantSource;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.error.TransientDatabricksException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A secret goes to a service with a certificate that is trusted, and to no other. */
class TokenTransportTest {

    private static AccessToken token(TokenService service, Map<String, String> driverProperties) {
        AuthSettings settings = new AuthSettings(
                service.url(), null, null, Map.of(AuthAttribute.CLIENT_ID, "robot", AuthAttribute.CLIENT_SECRET, "s"));
        return new SdkTokenSource(settings, new TokenTransport(driverProperties), InstantSource.system()).token();
    }

    private static void assertRefused(TestCertificate certificate, Map<String, String> driverProperties)
            throws Exception {
        try (TokenService service = TokenService.start(certificate.server())) {
            assertThatThrownBy(() -> token(service, driverProperties)).isInstanceOf(TransientDatabricksException.class);
            assertThat(service.calls("/oidc/v1/token")).isEmpty();
        }
    }

    @Test
    void shouldTrustWhatIsInTheTrustStoreOfTheDriver() throws Exception {
        TestCertificate certificate = TestCertificate.ofAnAuthority();
        try (TokenService service = TokenService.start(certificate.server())) {
            assertThat(token(service, certificate.driverProperties()).reveal()).isEqualTo("issued-1");
        }
    }

    @Test
    void shouldRefuseACertificateThatIsSignedByItself() throws Exception {
        assertRefused(TestCertificate.selfSigned(), Map.of());
    }

    @Test
    void shouldRefuseACertificateOfAnotherHostEvenWhenItIsTrusted() throws Exception {
        TestCertificate certificate = TestCertificate.ofAnotherHost();
        assertRefused(certificate, certificate.driverProperties());
    }

    @Test
    void shouldGoThroughAProxy() throws Exception {
        try (TokenService service = TokenService.start()) {
            // a plain request to a proxy has the whole address; this one answers for any host
            String port = service.url().substring(service.url().lastIndexOf(':') + 1);
            AuthSettings settings = new AuthSettings(
                    "http://workspace.invalid",
                    null,
                    null,
                    Map.of(AuthAttribute.CLIENT_ID, "robot", AuthAttribute.CLIENT_SECRET, "s"));
            Map<String, String> proxy = Map.of("UseProxy", "1", "ProxyHost", "localhost", "ProxyPort", port);
            assertThat(new SdkTokenSource(settings, new TokenTransport(proxy), InstantSource.system())
                            .token()
                            .reveal())
                    .isEqualTo("issued-1");
        }
    }

    @Test
    void shouldPrintNamesOnly() {
        assertThat(new TokenTransport(Map.of("SSLTrustStorePwd", "canary")).toString())
                .contains("SSLTrustStorePwd")
                .doesNotContain("canary");
    }
}
