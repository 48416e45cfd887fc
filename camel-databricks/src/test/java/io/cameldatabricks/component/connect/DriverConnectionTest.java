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
package io.cameldatabricks.component.connect;

import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.Login;

import static org.assertj.core.api.Assertions.assertThat;

class DriverConnectionTest {

    private static final String TOKEN = "dapi0123456789";
    private static final AccessToken ACCESS = AccessToken.of(TOKEN);

    @Test
    void shouldPutTheTokenIntoThePropertiesOnly() {
        ConnectionSettings settings = settings("/sql/1.0/warehouses/w", Map.of(), false);

        assertThat(DriverConnection.url(settings)).isEqualTo("jdbc:databricks://h.net:443");
        assertThat(DriverConnection.properties(settings, ACCESS, "camel-databricks/1"))
                .containsEntry("PWD", TOKEN)
                .containsEntry("UID", "token")
                .containsEntry("AuthMech", "3")
                .containsEntry("ssl", "1")
                .containsEntry("httpPath", "/sql/1.0/warehouses/w")
                .containsEntry("ConnCatalog", "main")
                .containsEntry("UserAgentEntry", "camel-databricks/1")
                .doesNotContainKey("ConnSchema");
        assertThat(settings.toString()).doesNotContain(TOKEN);
    }

    @Test
    void shouldAlwaysSayWhichProtocolToSpeakAndSendNoTelemetry() {
        assertThat(DriverConnection.properties(settings("/sql/1.0/warehouses/w", Map.of(), false), ACCESS, "a/1"))
                .containsEntry("UseThriftClient", "0")
                .containsEntry("EnableTelemetry", "0");
        assertThat(DriverConnection.properties(settings("sql/protocolv1/o/1/c", Map.of(), false), ACCESS, "a/1"))
                .containsEntry("UseThriftClient", "1");
    }

    @Test
    void shouldGiveUpOnSilenceWhereNoAnswerTakesLong() {
        assertThat(DriverConnection.properties(settings("/sql/1.0/warehouses/w", Map.of(), false), ACCESS, "a/1"))
                .containsEntry("socketTimeout", "120");
        assertThat(DriverConnection.properties(
                        settings("/sql/1.0/warehouses/w", Map.of("sockettimeout", "7"), false), ACCESS, "a/1"))
                .containsEntry("sockettimeout", "7")
                .doesNotContainKey("socketTimeout");
        assertThat(DriverConnection.properties(settings("sql/protocolv1/o/1/c", Map.of(), false), ACCESS, "a/1"))
                .doesNotContainKey("socketTimeout");
        assertThat(DriverConnection.properties(
                        settings("/sql/1.0/warehouses/w", Map.of("UseThriftClient", "1"), false), ACCESS, "a/1"))
                .doesNotContainKey("socketTimeout");
    }

    @Test
    void shouldLetDriverPropertiesReplaceItsOwnWhateverTheirCase() {
        Properties properties = DriverConnection.properties(
                settings("/sql/1.0/warehouses/w", Map.of("usethriftclient", "1", "SSLTrustStore", "/ca.jks"), false),
                ACCESS,
                "a/1");

        assertThat(properties).containsEntry("SSLTrustStore", "/ca.jks");
        assertThat(properties.entrySet().stream()
                        .filter(entry -> entry.getKey().toString().equalsIgnoreCase("UseThriftClient"))
                        .map(Map.Entry::getValue))
                .containsExactly("1");
    }

    @Test
    void shouldAskForAnAnswerAtOnceWhereStatementsMustBeCancellable() {
        assertThat(DriverConnection.properties(settings("/sql/1.0/warehouses/w", Map.of(), false), ACCESS, "a/1"))
                .doesNotContainKey("EnableDirectResults");
        assertThat(DriverConnection.properties(settings("/sql/1.0/warehouses/w", Map.of(), true), ACCESS, "a/1"))
                .containsEntry("EnableDirectResults", "0")
                .containsKey("AsyncExecPollInterval");
    }

    @Test
    void shouldKeepTheDriversBuffersSmallWhereRowsAreStreamed() {
        ConnectionSettings streaming = new ConnectionSettings(
                WarehouseAddress.parse("h.net"),
                HttpPath.ofWarehouse("w"),
                new Login.WithToken(AccessToken.of(TOKEN)),
                null,
                null,
                new ConnectionSettings.Extras(Map.of(), Map.of(), Map.of("cloudfetchthreadpoolsize", "8")),
                false,
                true);

        assertThat(DriverConnection.properties(streaming, ACCESS, "a/1"))
                .containsEntry("RowsFetchedPerBlock", "10000")
                .containsEntry("ThriftMaxBatchesInMemory", "2")
                .containsEntry("EnableHeartbeat", "1")
                .containsEntry("cloudFetchThreadPoolSize", "8");
        assertThat(DriverConnection.properties(settings("/sql/1.0/warehouses/w", Map.of(), false), ACCESS, "a/1"))
                .doesNotContainKeys("cloudFetchThreadPoolSize", "RowsFetchedPerBlock", "EnableHeartbeat");
    }

    @Test
    void shouldStartNoThreadForEachResultOverThriftUnlessRowsAreStreamed() {
        ConnectionSettings small = settings("/sql/protocolv1/o/1/c", Map.of(), false);
        ConnectionSettings asked = settings("/sql/protocolv1/o/1/c", Map.of("enableinlinestreaming", "1"), false);
        ConnectionSettings streaming = new ConnectionSettings(
                small.address(),
                small.httpPath(),
                small.login(),
                null,
                null,
                ConnectionSettings.Extras.none(),
                false,
                true);

        assertThat(DriverConnection.properties(small, ACCESS, "a/1")).containsEntry("EnableInlineStreaming", "0");
        assertThat(DriverConnection.properties(asked, ACCESS, "a/1")).containsEntry("EnableInlineStreaming", "1");
        assertThat(DriverConnection.properties(streaming, ACCESS, "a/1")).doesNotContainKey("EnableInlineStreaming");
    }

    @Test
    void shouldSendSessionParametersAndHeaders() {
        ConnectionSettings settings = new ConnectionSettings(
                WarehouseAddress.parse("h.net"),
                HttpPath.ofWarehouse("w"),
                new Login.WithToken(AccessToken.of(TOKEN)),
                null,
                null,
                new ConnectionSettings.Extras(
                        Map.of("TIMEZONE", "UTC"), Map.of("X-Team", "blue-secret"), Map.of("a", "red-secret")),
                false);

        assertThat(DriverConnection.properties(settings, ACCESS, "a/1"))
                .containsEntry("TIMEZONE", "UTC")
                .containsEntry("http.header.X-Team", "blue-secret");
        assertThat(settings.toString()).contains("X-Team").doesNotContain("blue-secret", "red-secret");
    }

    @Test
    void shouldOpenWithATokenThatCanBeReplacedWhenItEnds() {
        ConnectionSettings settings = new ConnectionSettings(
                WarehouseAddress.parse("h.net"),
                HttpPath.ofWarehouse("w"),
                new Login.WithBean(() -> ACCESS),
                null,
                null,
                ConnectionSettings.Extras.none(),
                false);

        assertThat(DriverConnection.properties(settings, ACCESS, "a/1"))
                .containsEntry("AuthMech", "11")
                .containsEntry("Auth_Flow", "0")
                .containsEntry("Auth_AccessToken", TOKEN)
                .containsEntry("EnableTokenFederation", "0")
                .doesNotContainKeys("PWD", "UID");
        assertThat(DriverConnection.properties(settings, null, "a/1"))
                .doesNotContainKeys("AuthMech", "PWD", "Auth_AccessToken");
    }

    @Test
    void shouldMakeEqualSettingsEqual() {
        assertThat(settings("/sql/1.0/warehouses/w", Map.of("A", "1"), false))
                .isEqualTo(settings("sql/1.0/warehouses/w", Map.of("a", "1"), false))
                .isNotEqualTo(settings("sql/1.0/warehouses/w", Map.of("a", "2"), false));
    }

    private static ConnectionSettings settings(String path, Map<String, String> driverProperties, boolean promptly) {
        return new ConnectionSettings(
                WarehouseAddress.parse("https://H.net/"),
                HttpPath.parse(path),
                new Login.WithToken(AccessToken.of(TOKEN)),
                "main",
                null,
                new ConnectionSettings.Extras(Map.of(), Map.of(), driverProperties),
                promptly);
    }
}
