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

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The generated parts are the ones in use, and they know which options are secret. */
class DatabricksMetadataTest {

    /** Names of options that hold a secret, or may hold one. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(token|secret|password|passphrase|connectionUrl|httpHeaders|driverProperties|privateKey).*");

    private static final Set<String> SECRETS = Set.of(
            "accessToken", "azureClientSecret", "clientSecret", "connectionUrl", "driverProperties", "httpHeaders");

    @Test
    void shouldMarkEverySecretOptionOfTheEndpoint() throws Exception {
        assertThat(secrets(Metadata.read().getMap("properties"))).isEqualTo(new TreeSet<>(SECRETS));
    }

    @Test
    void shouldMarkEverySecretOptionOfTheComponent() throws Exception {
        assertThat(secrets(Metadata.read().getMap("componentProperties"))).isEqualTo(new TreeSet<>(SECRETS));
    }

    @Test
    void shouldForgetNoOptionWhoseNameSoundsSecret() throws Exception {
        Map<String, JsonObject> options = Metadata.read().getMap("properties");

        // the reference to a bean is no secret
        assertThat(options.keySet().stream()
                        .filter(name -> SECRET.matcher(name).matches() && !name.equals("tokenSource")))
                .containsExactlyInAnyOrderElementsOf(SECRETS);
    }

    @Test
    void shouldTellCamelWhichOptionsToMask() {
        try (RunningContext camel = new RunningContext()) {
            EndpointUriFactory factory =
                    camel.context().getCamelContextExtension().getEndpointUriFactory("databricks");

            assertThat(factory).isInstanceOf(DatabricksEndpointUriFactory.class);
            assertThat(factory.secretPropertyNames()).isEqualTo(SECRETS);
            assertThat(factory.multiValuePrefixes().values())
                    .containsExactlyInAnyOrder(
                            "driverProperties.",
                            "httpHeaders.",
                            "sessionConfiguration.",
                            "formatOptions.",
                            "copyOptions.",
                            "scheduler.");
        }
    }

    @Test
    void shouldConfigureWithoutReflection() {
        try (RunningContext camel = new RunningContext()) {
            assertThat(camel.component().getComponentPropertyConfigurer())
                    .isInstanceOf(DatabricksComponentConfigurer.class);
        }
    }

    @Test
    void shouldBeInTheRuntimeCatalog() {
        try (RunningContext camel = new RunningContext()) {
            RuntimeCamelCatalog catalog =
                    camel.context().getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class);

            assertThat(catalog.validateProperties("databricks", Map.of("name", "x", "query", "SELECT 1"))
                            .isSuccess())
                    .isTrue();
            assertThat(catalog.validateProperties("databricks", Map.of("name", "x", "qurey", "SELECT 1"))
                            .getUnknown())
                    .containsExactly("qurey");
        }
    }

    @Test
    void shouldDescribeAnAsynchronousProducer() throws Exception {
        JsonObject component = Metadata.read().getMap("component");

        assertThat(component.getBoolean("async")).isTrue();
        assertThat(component.getBoolean("remote")).isTrue();
        assertThat(component.getString("supportLevel")).isEqualTo("Preview");
    }

    @Test
    void shouldSayItsVersionToTheServer() {
        assertThat(Version.userAgent()).matches("camel-databricks/\\d+\\.\\d+\\.\\d+.*");
    }

    private static Set<String> secrets(Map<String, JsonObject> options) {
        Set<String> secrets = new TreeSet<>();
        options.forEach((name, option) -> {
            if (option.getBooleanOrDefault("secret", false)) {
                secrets.add(name);
            }
        });
        return secrets;
    }
}
