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
package io.cameldatabricks.component;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.auth.TestCertificate;
import io.cameldatabricks.component.source.Environment;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Identities of other platforms, from the route to rows: the SDK's own code calls the platform, which is played here, and
 * what comes of it opens the session.
 */
@Timeout(120)
class FederatedLoginTest {

    private static final String ID_TOKEN = "eyJhbGciOiJub25lIn0.platform.identity";

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @TempDir
    private Path home;

    private TestCertificate certificate;
    private IdentityProviders providers;

    @BeforeEach
    void start() throws Exception {
        warehouse.script(Script.matching("SELECT .*").column("a", "INT").row(1));
        warehouse.trustIdToken("robot", ID_TOKEN, Duration.ofMinutes(5));
        certificate = TestCertificate.ofHosts("login.microsoftonline.com");
        providers = new IdentityProviders(certificate);
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    private static String where() {
        return "host=" + warehouse.httpUrl() + "&warehouseId=" + warehouse.warehouseId() + "&query=SELECT 1";
    }

    /** The warehouse is on this machine and called without the proxy. */
    private String throughTheProxy() {
        Map<String, String> properties = new LinkedHashMap<>(certificate.driverProperties());
        properties.put("UseProxy", "1");
        properties.put("ProxyHost", "127.0.0.1");
        properties.put("ProxyPort", String.valueOf(providers.proxyPort()));
        properties.put("ProxyIgnoreList", "127.0.0.1");
        StringBuilder options = new StringBuilder();
        properties.forEach((name, value) ->
                options.append("&driverProperties.").append(name).append('=').append(value));
        return options.toString();
    }

    private Exchange send(Map<String, String> environment, String options) {
        try (RunningContext camel = new RunningContext()) {
            camel.component().useEnvironment(new Environment(environment, home));
            return camel.send("databricks:federated?" + where() + options);
        }
    }

    private static void assertWorks(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(List.class).size()).isEqualTo(1);
    }

    @Test
    void shouldExchangeATokenOfAFile() throws Exception {
        Path file = Files.writeString(home.resolve("id.jwt"), ID_TOKEN);

        assertWorks(
                send(Map.of("DATABRICKS_OIDC_TOKEN_FILEPATH", file.toString()), "&authType=file-oidc&clientId=robot"));
    }

    @Test
    void shouldNotLogInWithATokenThatNobodyTrusts() throws Exception {
        Path file = Files.writeString(home.resolve("id.jwt"), "eyJhbGciOiJub25lIn0.somebody.else");

        Exchange exchange =
                send(Map.of("DATABRICKS_OIDC_TOKEN_FILEPATH", file.toString()), "&authType=file-oidc&clientId=robot");

        assertThat(exchange.getException()).hasMessageContaining("No token could be had");
        assertThat(exchange.getException().toString()).doesNotContain("somebody");
    }

    @Test
    void shouldExchangeATokenOfGitHub() {
        providers.answer(
                call -> "Bearer of-the-job".equals(call.authorization()) ? "{\"value\":\"" + ID_TOKEN + "\"}" : null);

        assertWorks(send(
                Map.of(
                        "ACTIONS_ID_TOKEN_REQUEST_URL",
                        providers.url() + "/token?api-version=2.0",
                        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                        "of-the-job"),
                "&authType=github-oidc&clientId=robot"));

        assertThat(providers.calls()).hasSize(1);
        assertThat(providers.calls().get(0).form()).contains("audience=");
    }

    @Test
    void shouldExchangeATokenOfTheEnvironment() throws Exception {
        assertThat(sendInItsOwnProcess(Map.of("DATABRICKS_OIDC_TOKEN", ID_TOKEN), "&authType=env-oidc&clientId=robot"))
                .isEqualTo("rows: 1");
    }

    @Test
    @Tag("soak")
    void shouldExchangeATokenOfAzureDevOps() throws Exception {
        providers.answer(call -> call.line().contains("/_apis/distributedtask/hubs/build/plans/plan/jobs/job/oidctoken")
                        && "Bearer of-the-pipeline".equals(call.authorization())
                ? "{\"oidcToken\":\"" + ID_TOKEN + "\"}"
                : null);

        assertThat(sendInItsOwnProcess(
                        Map.of(
                                "SYSTEM_ACCESSTOKEN", "of-the-pipeline",
                                "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", providers.url(),
                                "SYSTEM_PLANID", "plan",
                                "SYSTEM_JOBID", "job",
                                "SYSTEM_TEAMPROJECTID", "project",
                                "SYSTEM_HOSTTYPE", "build"),
                        "&authType=azure-devops-oidc&clientId=robot"))
                .isEqualTo("rows: 1");
    }

    @Test
    void shouldLogInAsAServicePrincipalOfEntra() {
        providers.answer(call -> call.line().equals("POST login.microsoftonline.com/tenant/oauth2/token")
                ? "{\"access_token\":\"" + warehouse.token() + "\",\"token_type\":\"Bearer\",\"expires_in\":\"3600\"}"
                : null);

        assertWorks(send(
                Map.of("DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s/workspaces/w"),
                "&azureTenantId=tenant&azureClientId=app&azureClientSecret=s3cr3t" + throughTheProxy()));

        assertThat(providers.calls()).anySatisfy(call -> assertThat(call.form())
                .contains("grant_type=client_credentials")
                .contains("client_id=app")
                .contains("client_secret=s3cr3t")
                .contains("resource=2ff814a6-3304-4ab8-85cb-cd0e6f879c1d"));
    }

    /** The SDK signs with the key of the account, and asks the place that the account's file names. */
    @Test
    void shouldLogInAsAServiceAccountOfGoogle() throws Exception {
        String idToken = unsigned("{\"alg\":\"none\"}")
                + unsigned("{\"exp\":" + Instant.now().plusSeconds(3600).getEpochSecond() + "}") + "c2ln";
        providers.answer(call ->
                call.line().endsWith("/token") && call.form().contains("urn:ietf:params:oauth:grant-type:jwt-bearer")
                        ? "{\"id_token\":\"" + idToken + "\",\"access_token\":\"a\",\"expires_in\":3600}"
                        : null);
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        String key = Base64.getEncoder()
                .encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
        String account = "{\"type\":\"service_account\",\"client_id\":\"1\",\"client_email\":\"robot@p.iam\","
                + "\"private_key_id\":\"k\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n" + key
                + "\\n-----END PRIVATE KEY-----\\n\",\"token_uri\":\"" + providers.url() + "/token\"}";
        try (LocalWarehouseProcess google =
                        LocalWarehouseProcess.start(WarehouseOptions.scripted().withToken(idToken));
                RunningContext camel = new RunningContext()) {
            google.script(Script.matching("SELECT .*").column("a", "INT").row(1));
            camel.component().useEnvironment(new Environment(Map.of("GOOGLE_CREDENTIALS", account), home));

            assertWorks(camel.send("databricks:federated?host=" + google.httpUrl() + "&warehouseId="
                    + google.warehouseId() + "&authType=google-credentials&query=SELECT 1"));
        }

        assertThat(providers.calls().get(0).form()).contains("assertion=");
    }

    private static String unsigned(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8)) + ".";
    }

    /** A script in the place of Microsoft's program. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldLogInAsTheUserOfTheAzureCli() throws Exception {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Path az = Files.writeString(
                bin.resolve("az"),
                "#!/bin/sh\n"
                        + "case \"$*\" in 'account get-access-token --resource '*' --output json'*) ;; *) exit 1;; esac\n"
                        + "echo '{\"tokenType\":\"Bearer\",\"accessToken\":\"" + warehouse.token()
                        + "\",\"expiresOn\":\"2099-01-01 00:00:00.000000\"}'\n");
        assertThat(az.toFile().setExecutable(true)).isTrue();

        assertThat(sendInItsOwnProcess(
                        Map.of(
                                "PATH",
                                bin + File.pathSeparator + System.getenv("PATH"),
                                "DATABRICKS_AZURE_RESOURCE_ID",
                                "/subscriptions/s/workspaces/w"),
                        "&authType=azure-cli"))
                .isEqualTo("rows: 1");
    }

    @Test
    void shouldLogInAsTheManagedIdentityOfTheMachine() {
        long end = Instant.now().plusSeconds(3600).getEpochSecond();
        providers.answer(call -> call.line().equals("GET 169.254.169.254/metadata/identity/oauth2/token")
                ? "{\"access_token\":\"" + warehouse.token() + "\",\"token_type\":\"Bearer\",\"expires_on\":\"" + end
                        + "\"}"
                : null);

        assertWorks(send(
                Map.of("DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s/workspaces/w", "ARM_USE_MSI", "true"),
                "&azureClientId=app" + throughTheProxy()));

        assertThat(providers.calls()).anySatisfy(call -> assertThat(call.form()).contains("client_id=app"));
    }

    @Test
    @Tag("soak")
    void shouldLogInWithATokenOfGitHubAtEntra() {
        providers.answer(call -> {
            if (call.line().endsWith("/token") && call.line().startsWith("GET")) {
                return "{\"value\":\"" + ID_TOKEN + "\"}";
            }
            return call.line().equals("POST login.microsoftonline.com/tenant/oauth2/token")
                            && call.form().contains("client_assertion=" + ID_TOKEN)
                    ? "{\"access_token\":\"" + warehouse.token()
                            + "\",\"token_type\":\"Bearer\",\"expires_in\":\"3600\"}"
                    : null;
        });

        assertWorks(send(
                Map.of(
                        "DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s/workspaces/w",
                        "ACTIONS_ID_TOKEN_REQUEST_URL", providers.url() + "/token?api-version=2.0",
                        "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of-the-job"),
                "&authType=github-oidc-azure&azureTenantId=tenant&azureClientId=app" + throughTheProxy()));
    }

    /** The SDK looks for some names in the environment of the process itself. */
    private String sendInItsOwnProcess(Map<String, String> environment, String options) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                SendOnce.class.getName(),
                "databricks:federated?" + where() + options);
        builder.environment().keySet().retainAll(Set.of("PATH", "HOME"));
        builder.environment().putAll(environment);
        Path log = home.resolve("send.log");
        Process process = builder.redirectError(log.toFile()).start();
        List<String> lines =
                new String(process.getInputStream().readAllBytes()).lines().toList();
        assertThat(process.waitFor()).as(() -> lines + " " + log).isZero();
        return lines.stream()
                .filter(line -> line.startsWith("rows: ") || line.startsWith("failed: "))
                .findFirst()
                .orElse(lines.toString());
    }
}
