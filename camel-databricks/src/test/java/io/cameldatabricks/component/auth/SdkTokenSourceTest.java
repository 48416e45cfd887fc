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
import java.lang.reflect.Field;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.databricks.sdk.core.ConfigAttribute;
import com.databricks.sdk.core.DatabricksConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;

import static io.cameldatabricks.component.auth.AuthAttribute.AUTH_TYPE;
import static io.cameldatabricks.component.auth.AuthAttribute.CLIENT_ID;
import static io.cameldatabricks.component.auth.AuthAttribute.CLIENT_SECRET;
import static io.cameldatabricks.component.auth.AuthAttribute.DATABRICKS_CLI_PATH;
import static io.cameldatabricks.component.auth.AuthAttribute.OIDC_TOKEN_FILEPATH;
import static io.cameldatabricks.component.auth.AuthAttribute.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SdkTokenSourceTest {

    private static final String SECRET = "canary-secret-4711";

    private TokenService service;

    @BeforeEach
    void start() throws IOException {
        service = TokenService.start();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private SdkTokenSource source(Map<AuthAttribute, String> attributes) {
        return new SdkTokenSource(
                new AuthSettings(service.url(), null, null, attributes),
                new TokenTransport(Map.of()),
                InstantSource.system());
    }

    private SdkTokenSource servicePrincipal() {
        return source(Map.of(CLIENT_ID, "robot", CLIENT_SECRET, SECRET));
    }

    @Test
    void shouldLogInAsAServicePrincipal() {
        Instant before = Instant.now();
        AccessToken token = servicePrincipal().token();
        assertThat(token.reveal()).isEqualTo("issued-1");
        assertThat(token.expiresAt().orElseThrow()).isCloseTo(before.plusSeconds(3600), within(Duration.ofMinutes(1)));
        TokenService.Call call = service.calls("/oidc/v1/token").get(0);
        assertThat(call.authorization())
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString(("robot:" + SECRET).getBytes(StandardCharsets.UTF_8)));
        assertThat(call.body()).contains("grant_type=client_credentials").contains("scope=all-apis");
    }

    @Test
    void shouldGetAnotherTokenOnEachCall() {
        SdkTokenSource source = servicePrincipal();
        assertThat(source.token().reveal()).isEqualTo("issued-1");
        assertThat(source.token().reveal()).isEqualTo("issued-2");
        assertThat(service.calls("/oidc/v1/token")).hasSize(2);
    }

    @Test
    void shouldExchangeATokenFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("id.jwt"), "id-token-of-the-platform\n");
        SdkTokenSource source =
                source(Map.of(AUTH_TYPE, "file-oidc", CLIENT_ID, "robot", OIDC_TOKEN_FILEPATH, file.toString()));
        assertThat(source.token().reveal()).isEqualTo("issued-1");
        String body = URLDecoder.decode(service.calls("/oidc/v1/token").get(0).body(), StandardCharsets.UTF_8);
        assertThat(body)
                .contains("grant_type=urn:ietf:params:oauth:grant-type:token-exchange")
                .contains("subject_token=id-token-of-the-platform");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldAskTheDatabricksCli(@TempDir Path folder) throws IOException {
        Path cli = Files.writeString(
                folder.resolve("databricks"),
                "#!/bin/sh\n[ \"$1\" = version ] && echo '{\"Major\":0,\"Minor\":300,\"Patch\":0}' && exit\n"
                        + "echo '{\"access_token\":\"from-the-cli\",\"token_type\":\"Bearer\",\"expiry\":\"2099-01-01T00:00:00Z\"}'\n");
        assertThat(cli.toFile().setExecutable(true)).isTrue();
        SdkTokenSource source = source(Map.of(AUTH_TYPE, "databricks-cli", DATABRICKS_CLI_PATH, cli.toString()));
        AccessToken token = source.token();
        assertThat(token.reveal()).isEqualTo("from-the-cli");
        assertThat(token.expiresAt()).contains(Instant.parse("2099-01-01T00:00:00Z"));
    }

    @Test
    void shouldTakeTheNamedMethodWhereSeveralAreKnown() {
        assertThat(source(Map.of(AUTH_TYPE, "pat", TOKEN, "dapi-1", CLIENT_ID, "robot", CLIENT_SECRET, SECRET))
                        .token())
                .isEqualTo(AccessToken.of("dapi-1"));
        assertThat(source(Map.of(AUTH_TYPE, "oauth-m2m", TOKEN, "dapi-1", CLIENT_ID, "robot", CLIENT_SECRET, SECRET))
                        .token()
                        .reveal())
                .isEqualTo("issued-1");
    }

    @Test
    void shouldFailForGoodWhenTheSecretIsWrongWithoutRepeatingIt() {
        service.answerTokenCalls(call -> new TokenService.Answer(
                401, "{\"error_code\":\"INVALID_CLIENT\",\"message\":\"secret " + SECRET + " is wrong\"}"));
        SdkTokenSource source = servicePrincipal();
        assertThatThrownBy(source::token).isInstanceOfSatisfying(PermanentDatabricksException.class, e -> {
            assertThat(e.getHttpStatus()).isEqualTo(401);
            assertThat(e).hasNoCause().hasMessageNotContaining(SECRET).hasMessageContaining("xxxxxx");
        });
        assertThat(source.toString()).doesNotContain(SECRET).contains("CLIENT_SECRET");
    }

    @Test
    void shouldFailForNowWhenTheServiceIsDown() {
        service.answerTokenCalls(call -> new TokenService.Answer(500, "{\"error_code\":\"INTERNAL_ERROR\"}"));
        assertThatThrownBy(servicePrincipal()::token)
                .isInstanceOfSatisfying(TransientDatabricksException.class, e -> assertThat(e.getHttpStatus())
                        .isEqualTo(500));
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(source(Map.of(AUTH_TYPE, "oauth-m2m", CLIENT_ID, "robot"))::token)
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("No token could be had")
                .hasMessageContaining("cannot configure default credentials");
    }

    @Test
    void shouldKnowEveryAttributeOfTheSdkThatHasToDoWithLoggingIn() {
        Set<String> elsewhere = Set.of(
                // the address, and where to look for the rest
                "host",
                "profile",
                "config_file",
                "cluster_id",
                "serverless_compute_id",
                // how the SDK's own HTTP client behaves
                "skip_verify",
                "http_timeout_seconds",
                "debug_truncate_bytes",
                "debug_headers",
                "rate_limit",
                "disable_async_token_refresh",
                "disable_retries",
                "oauth_browser_auth_timeout",
                "disable_oauth_refresh_token");
        Map<String, String> ofTheSdk = new TreeMap<>();
        Set<String> secrets = new TreeSet<>();
        for (Field field : DatabricksConfig.class.getDeclaredFields()) {
            ConfigAttribute attribute = field.getAnnotation(ConfigAttribute.class);
            String name = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
            if (attribute != null && !elsewhere.contains(name)) {
                ofTheSdk.put(name, attribute.env() + "/" + attribute.auth());
                if (attribute.sensitive()) {
                    secrets.add(name);
                }
            }
        }
        Map<String, String> ours = Arrays.stream(AuthAttribute.values())
                .collect(Collectors.toMap(
                        AuthAttribute::profileKey,
                        a -> a.variable().orElse("") + "/" + a.method().orElse("")));
        assertThat(ours).containsExactlyInAnyOrderEntriesOf(ofTheSdk);
        assertThat(Arrays.stream(AuthAttribute.values())
                        .filter(AuthAttribute::isSecret)
                        .map(AuthAttribute::profileKey))
                .containsAll(secrets);
    }

    @Test
    void shouldHandEachAttributeToItsPlaceInTheSdk() throws Exception {
        for (AuthAttribute attribute : AuthAttribute.values()) {
            DatabricksConfig config = new DatabricksConfig();
            attribute.set(config, "true");
            for (Field field : DatabricksConfig.class.getDeclaredFields()) {
                String name = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
                if (field.getAnnotation(ConfigAttribute.class) != null) {
                    field.setAccessible(true);
                    Object value = field.get(config);
                    assertThat(value == null ? "" : value.toString().replaceAll("[\\[\\]]", ""))
                            .as("%s for %s", name, attribute)
                            .isEqualTo(name.equals(attribute.profileKey()) ? "true" : "");
                }
            }
        }
    }
}
