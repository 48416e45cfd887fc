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
package io.cameldatabricks.component.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.AuthAttribute;
import io.cameldatabricks.component.auth.AuthSettings;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.connect.ConnectionUrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** One test for each row of the table of precedence, and one for each contradiction that is refused. */
class ConnectionSourcesTest {

    private static final String HOST = "adb-1234567890123456.7.azuredatabricks.net";

    @TempDir
    private Path home;

    private final Map<String, String> options = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private ConnectionUrl url;

    @BeforeEach
    void clear() {
        options.clear();
        variables.clear();
    }

    private ResolvedConnection resolve() {
        return resolve(true);
    }

    private ResolvedConnection resolve(boolean needsLogin) {
        return ConnectionSources.resolve(
                ExplicitOptions.of(options, url), new Environment(variables, home), needsLogin);
    }

    private void profiles(String... lines) {
        write(home.resolve(".databrickscfg"), lines);
    }

    private static void write(Path file, String... lines) {
        try {
            Files.write(file, java.util.List.of(lines));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String refusal() {
        return org.assertj.core.api.Assertions.catchThrowableOfType(IllegalArgumentException.class, this::resolve)
                .getMessage();
    }

    private static AuthSettings sdk(ResolvedConnection found) {
        return ((Login.WithSdk) found.login()).settings();
    }

    private static String token(ResolvedConnection found) {
        return ((Login.WithToken) found.login()).token().reveal();
    }

    @Test
    void shouldTakeAllFromOptions() {
        options.putAll(
                Map.of("host", HOST, "warehouseId", "w1", "accessToken", "t1", "catalog", "main", "schema", "sales"));
        ResolvedConnection found = resolve();
        assertThat(found.address().url()).isEqualTo("https://" + HOST);
        assertThat(found.httpPath().warehouseId()).isEqualTo("w1");
        assertThat(found.login()).isEqualTo(new Login.WithToken(AccessToken.of("t1")));
        assertThat(found.catalog()).isEqualTo("main");
        assertThat(found.schema()).isEqualTo("sales");
    }

    @Test
    void shouldTakeAllFromTheVariablesOfTheSqlConnector() {
        variables.putAll(Map.of(
                "DATABRICKS_SERVER_HOSTNAME", HOST,
                "DATABRICKS_HTTP_PATH", "/sql/1.0/warehouses/w2",
                "DATABRICKS_TOKEN", "t2",
                "DATABRICKS_CATALOG", "main",
                "DATABRICKS_SCHEMA", "sales"));
        ResolvedConnection found = resolve();
        assertThat(found.address().host()).isEqualTo(HOST);
        assertThat(found.httpPath().warehouseId()).isEqualTo("w2");
        assertThat(token(found)).isEqualTo("t2");
        assertThat(found.catalog()).isEqualTo("main");
        assertThat(found.schema()).isEqualTo("sales");
    }

    @Test
    void shouldTakeAllFromTheDefaultProfileWhenNothingElseIsSaid() {
        profiles("[DEFAULT]", "host = https://" + HOST, "token = t3", "warehouse_id = w3");
        ResolvedConnection found = resolve();
        assertThat(found.address().host()).isEqualTo(HOST);
        assertThat(found.httpPath().warehouseId()).isEqualTo("w3");
        assertThat(token(found)).isEqualTo("t3");
    }

    /** For each key: what wins, for every combination of the three places. */
    @ParameterizedTest
    @CsvSource({"true,  true,  option", "true,  false, option", "false, true,  variable", "false, false, profile"})
    void shouldPreferOptionsOverTheEnvironmentOverTheProfile(boolean option, boolean variable, String winner) {
        // the same host everywhere, so that nothing contradicts
        profiles("[DEFAULT]", "host=" + HOST, "token=profile", "warehouse_id=profile");
        variables.put("DATABRICKS_CONFIG_PROFILE", "DEFAULT");
        if (variable) {
            variables.put("DATABRICKS_HOST", HOST);
            variables.put("DATABRICKS_TOKEN", "variable");
            variables.put("DATABRICKS_WAREHOUSE_ID", "variable");
        }
        if (option) {
            options.put("host", "https://" + HOST);
            options.put("accessToken", "option");
            options.put("warehouseId", "option");
        }
        ResolvedConnection found = resolve();
        assertThat(token(found)).isEqualTo(winner);
        assertThat(found.httpPath().warehouseId()).isEqualTo(winner);
        assertThat(found.address().host()).isEqualTo(HOST);
    }

    @Test
    void shouldMixPlacesSettingBySetting() {
        options.put("catalog", "from-option");
        variables.put("DATABRICKS_CONFIG_PROFILE", "work");
        variables.put("DATABRICKS_WAREHOUSE_ID", "from-variable");
        variables.put("DATABRICKS_CATALOG", "ignored");
        profiles("[work]", "host=" + HOST, "client_id=robot", "client_secret=s3cr3t");
        ResolvedConnection found = resolve();
        assertThat(found.catalog()).isEqualTo("from-option");
        assertThat(found.httpPath().warehouseId()).isEqualTo("from-variable");
        assertThat(sdk(found).attributes())
                .containsOnly(
                        Map.entry(AuthAttribute.CLIENT_ID, "robot"), Map.entry(AuthAttribute.CLIENT_SECRET, "s3cr3t"));
        assertThat(sdk(found).profile()).isEqualTo("work");
        assertThat(found.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void shouldPreferANamedProfileOverTheDefaultOne() {
        profiles(
                "[DEFAULT]", "host=other", "[work]", "host=" + HOST, "token=t4", "[__settings__]", "default_profile=x");
        options.putAll(Map.of("profile", "work", "warehouseId", "w"));
        variables.put("DATABRICKS_CONFIG_PROFILE", "DEFAULT");
        assertThat(token(resolve())).isEqualTo("t4");
    }

    @Test
    void shouldTakeTheProfileThatTheFileCallsItsDefault() {
        profiles(
                "[__settings__]",
                "default_profile = work",
                "[DEFAULT]",
                "host=other",
                "[work]",
                "host=" + HOST,
                "token=t");
        options.put("warehouseId", "w");
        assertThat(resolve().address().host()).isEqualTo(HOST);
    }

    @Test
    void shouldNotReadTheDefaultProfileWhenHostOrCredentialsAreKnown() {
        profiles("[DEFAULT]", "host=other", "token=other", "warehouse_id=other");
        options.putAll(Map.of("host", HOST, "accessToken", "t"));
        assertThat(refusal()).startsWith("The warehouse is missing");
        options.put("warehouseId", "w");
        assertThat(resolve().httpPath().warehouseId()).isEqualTo("w");
    }

    @Test
    void shouldReadAnotherFile() {
        Path file = home.resolve("other.cfg");
        write(file, "[DEFAULT]", "host=" + HOST, "token=t5", "warehouse_id=w5");
        variables.put("DATABRICKS_CONFIG_FILE", "~/other.cfg");
        assertThat(token(resolve())).isEqualTo("t5");
        variables.clear();
        options.put("configFile", file.toString());
        assertThat(token(resolve())).isEqualTo("t5");
    }

    @Test
    void shouldTakeTheConnectionStringAsOptions() {
        url = ConnectionUrl.parse("databricks://token:t6@" + HOST + "?http_path=/sql/1.0/warehouses/w6&schema=s6");
        variables.put("DATABRICKS_TOKEN", "other");
        variables.put("DATABRICKS_SCHEMA", "other");
        variables.put("DATABRICKS_CATALOG", "from-variable");
        ResolvedConnection found = resolve();
        assertThat(token(found)).isEqualTo("t6");
        assertThat(found.schema()).isEqualTo("s6");
        assertThat(found.catalog()).isEqualTo("from-variable");
    }

    @Test
    void shouldAddressAClusterByItsId() {
        options.putAll(Map.of("host", HOST, "clusterId", "0123-456789-abcdefgh", "accessToken", "t"));
        assertThat(resolve().httpPath().value()).isEqualTo("/sql/protocolv1/o/1234567890123456/0123-456789-abcdefgh");
        assertThat(resolve().httpPath().isWarehouse()).isFalse();
        options.put("host", "dbc-a1b2c3d4-e5f6.cloud.databricks.com");
        assertThat(refusal()).contains("DATABRICKS_WORKSPACE_ID").contains("the option clusterId");
        variables.put("DATABRICKS_WORKSPACE_ID", "42");
        assertThat(resolve().httpPath().value()).isEqualTo("/sql/protocolv1/o/42/0123-456789-abcdefgh");
    }

    @Test
    void shouldLogInWithTheNamedMethodAlone() {
        options.putAll(Map.of("host", HOST, "warehouseId", "w", "authType", "azure-cli"));
        assertThat(sdk(resolve()).attributes()).containsOnly(Map.entry(AuthAttribute.AUTH_TYPE, "azure-cli"));
        variables.put("DATABRICKS_TOKEN", "t");
        assertThat(resolve().login()).isInstanceOf(Login.WithSdk.class);
        options.put("authType", "pat");
        assertThat(token(resolve())).isEqualTo("t");
    }

    @Test
    void shouldNotLookForCredentialsWhenSomethingElseLogsIn() {
        options.putAll(Map.of("host", HOST, "warehouseId", "w"));
        variables.put("DATABRICKS_TOKEN", "t");
        assertThat(resolve(false).login()).isNull();
        options.put("clientId", "robot");
        assertThatThrownBy(() -> resolve(false))
                .hasMessageContaining("the option clientId")
                .hasMessageContaining("tokenSource");
    }

    @Test
    void shouldIgnoreBlankValues() {
        options.putAll(Map.of("host", " ", "warehouseId", "w", "accessToken", "t"));
        variables.put("DATABRICKS_HOST", "  ");
        variables.put("DATABRICKS_SERVER_HOSTNAME", HOST);
        assertThat(resolve().address().host()).isEqualTo(HOST);
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(refusal()).startsWith("The option host is missing");
        options.put("host", HOST);
        assertThat(refusal()).startsWith("The warehouse is missing");
        options.put("warehouseId", "w");
        assertThat(refusal()).startsWith("The option accessToken is missing");
    }

    @Test
    void shouldRefuseAStringAndAnOptionThatSayTheSame() {
        url = ConnectionUrl.parse("databricks://token:t6@" + HOST + "?http_path=/sql/1.0/warehouses/w6");
        options.put("host", HOST);
        assertThat(refusal())
                .isEqualTo(
                        "Both connectionUrl and host are given: remove host, since the connectionUrl already says it.");
    }

    @Test
    void shouldRefuseTwoWaysToLogInUnlessOneIsChosen() {
        options.putAll(Map.of("host", HOST, "warehouseId", "w", "accessToken", "t"));
        variables.put("DATABRICKS_CLIENT_SECRET", "s3cr3t");
        assertThat(refusal())
                .contains("the option accessToken")
                .contains("the environment variable DATABRICKS_CLIENT_SECRET")
                .contains("authType")
                .doesNotContain("s3cr3t");
        options.put("authType", "pat");
        assertThat(token(resolve())).isEqualTo("t");
    }

    @Test
    void shouldRefuseAProfileWithAnotherHostThanTheOption() {
        profiles("[work]", "host=other.cloud.databricks.com", "token=t");
        options.putAll(Map.of("host", HOST, "warehouseId", "w", "profile", "work"));
        assertThat(refusal()).contains("the option host").contains("the profile work of");
    }

    @Test
    void shouldRefuseAProfileWithAnotherHostThanTheEnvironment() {
        profiles("[work]", "host=other.cloud.databricks.com", "token=t");
        options.putAll(Map.of("warehouseId", "w", "profile", "work"));
        variables.put("DATABRICKS_HOST", HOST);
        assertThat(refusal())
                .contains("the environment variable DATABRICKS_HOST")
                .contains("the profile work of");
    }

    @Test
    void shouldRefuseAProfileWithAnotherTokenThanTheEnvironment() {
        profiles("[work]", "host=" + HOST, "token=t");
        options.putAll(Map.of("warehouseId", "w", "profile", "work"));
        variables.put("DATABRICKS_TOKEN", "other");
        assertThat(refusal())
                .contains("the environment variable DATABRICKS_TOKEN")
                .contains("the profile work of")
                .contains("token")
                .doesNotContain("other");
    }

    @Test
    void shouldNotSendACredentialToAHostThatItIsNotFor() {
        options.putAll(Map.of("host", HOST, "warehouseId", "w"));
        variables.put("DATABRICKS_HOST", "other.cloud.databricks.com");
        variables.put("DATABRICKS_TOKEN", "t");
        assertThat(refusal())
                .contains("the environment variable DATABRICKS_TOKEN")
                .contains("the environment variable DATABRICKS_HOST")
                .contains("the option host");
        variables.clear();
        variables.put("DATABRICKS_CONFIG_PROFILE", "work");
        profiles("[work]", "host=other.cloud.databricks.com", "token=t");
        assertThat(refusal()).contains("the profile work of").contains("the option host");
    }

    @Test
    void shouldNotPairASecretWithTheNameOfAnother() {
        options.putAll(Map.of("host", HOST, "warehouseId", "w", "clientId", "robot-1"));
        variables.put("DATABRICKS_CLIENT_ID", "robot-2");
        variables.put("DATABRICKS_CLIENT_SECRET", "secret-of-robot-2");
        assertThat(refusal())
                .contains("the option clientId")
                .contains("DATABRICKS_CLIENT_ID")
                .contains("DATABRICKS_CLIENT_SECRET")
                .doesNotContain("secret-of");
        variables.put("DATABRICKS_CLIENT_ID", "robot-1");
        assertThat(sdk(resolve()).attributes()).containsEntry(AuthAttribute.CLIENT_SECRET, "secret-of-robot-2");
    }

    @Test
    void shouldRefuseTwoPlacesToRunInOneSource() {
        options.putAll(Map.of("host", HOST, "accessToken", "t"));
        variables.put("DATABRICKS_HTTP_PATH", "/sql/1.0/warehouses/w1");
        variables.put("DATABRICKS_CLUSTER_ID", "0123-456789-abcdefgh");
        assertThat(refusal()).contains("DATABRICKS_HTTP_PATH").contains("DATABRICKS_CLUSTER_ID");
        variables.put("DATABRICKS_HTTP_PATH", "/sql/protocolv1/o/1234567890123456/0123-456789-abcdefgh");
        assertThat(resolve().httpPath().isWarehouse()).isFalse();
        variables.put("DATABRICKS_WAREHOUSE_ID", "w2");
        options.put("warehouseId", "w3");
        assertThat(resolve().httpPath().warehouseId()).isEqualTo("w3");
    }

    @Test
    void shouldNotLookForAWarehouseInAnotherWorkspace() {
        options.putAll(Map.of("host", HOST, "accessToken", "t"));
        variables.put("DATABRICKS_HOST", "other.cloud.databricks.com");
        variables.put("DATABRICKS_WAREHOUSE_ID", "w");
        assertThat(refusal()).contains("DATABRICKS_WAREHOUSE_ID").contains("the option host");
    }

    @Test
    void shouldRefuseTwoNamesOfOneVariableThatDiffer() {
        options.putAll(Map.of("warehouseId", "w", "accessToken", "t"));
        variables.put("DATABRICKS_HOST", "https://" + HOST);
        variables.put("DATABRICKS_SERVER_HOSTNAME", HOST);
        assertThat(resolve().address().host()).isEqualTo(HOST);
        variables.put("DATABRICKS_SERVER_HOSTNAME", "other.cloud.databricks.com");
        assertThat(refusal()).contains("DATABRICKS_HOST").contains("DATABRICKS_SERVER_HOSTNAME");
        variables.put("DATABRICKS_HOST", "http://localhost:8080");
        variables.put("DATABRICKS_SERVER_HOSTNAME", "localhost:8080");
        assertThat(resolve().address().url()).isEqualTo("http://localhost:8080");
    }

    @Test
    void shouldRefuseAProfileThatIsNotThere() {
        options.putAll(Map.of("warehouseId", "w", "profile", "wrok"));
        assertThat(refusal())
                .contains(".databrickscfg")
                .contains("the option profile")
                .contains("does not exist");
        profiles("[work]", "host=" + HOST);
        assertThat(refusal()).contains("The profile wrok").contains("the option profile");
        options.put("profile", "__settings__");
        assertThat(refusal()).contains("__settings__");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        options.putAll(Map.of("warehouseId", "w"));
        variables.put("DATABRICKS_CONFIG_FILE", "/nowhere/x.cfg");
        assertThat(refusal()).contains("/nowhere/x.cfg").contains("DATABRICKS_CONFIG_FILE");
    }

    @Test
    void shouldSayWhichValueIsMalformedWithoutRepeatingIt() {
        options.putAll(Map.of("warehouseId", "w", "accessToken", "t"));
        variables.put("DATABRICKS_HOST", "https://user:hunter2@" + HOST);
        assertThat(refusal())
                .contains("the environment variable DATABRICKS_HOST")
                .doesNotContain("hunter2");
        options.put("host", "a b");
        assertThat(refusal()).startsWith("The option host is malformed");
        options.put("host", HOST);
        variables.clear();
        options.put("authType", "password");
        assertThat(refusal()).contains("authType").contains("oauth-m2m");
    }
}
