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
package io.cameldatabricks.docs.snippets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static io.cameldatabricks.component.DatabricksOperation.SUBMIT;
import static io.cameldatabricks.component.execute.OutputType.CSV;
import static io.cameldatabricks.endpointdsl.StaticEndpointBuilders.databricks;
import static org.assertj.core.api.Assertions.assertThat;

/** Routes in YAML and XML, and Kamelets. */
@Timeout(120)
class DslSnippetsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private SnippetCamel camel;

    @BeforeEach
    void start() {
        warehouse.clearScripts();
        warehouse.script(Script.matching("SELECT .*").column("total", "INT").row(42));
        camel = new SnippetCamel(warehouse);
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reports.camel.yaml", "reports.camel.xml"})
    void routes(String file) throws Exception {
        camel.load("classpath:snippets/" + file);

        camel.send("jms:queue:report-requests", Map.of("month", "2026-10"), Map.of("customer", "ACME"));

        var exchange = camel.receive("file:reports");
        assertThat(exchange.getMessage().getHeader("customer")).isEqualTo("ACME");
        assertThat(exchange.getMessage().getHeader("CamelDatabricksState")).isEqualTo("SUCCEEDED");
    }

    @Test
    void endpointDsl() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::endpoint-dsl[]
                from("jms:queue:report-requests")
                    .to(databricks("reports").operation(SUBMIT).query("classpath:sql/monthly.sql").carryHeaders("customer"));

                from(databricks("reports").outputType(CSV))
                    .to("file:reports");
                // end::endpoint-dsl[]
            }
        });

        camel.send("jms:queue:report-requests", Map.of("month", "2026-10"), Map.of("customer", "ACME"));

        assertThat(camel.receive("file:reports").getMessage().getHeader("customer")).isEqualTo("ACME");
    }

    @Test
    void kamelet() throws Exception {
        camel.load("file:" + Path.of("kamelets", "databricks-async-source.kamelet.yaml"));
        camel.load("classpath:snippets/kamelet-source.camel.yaml");

        camel.request("databricks:reports?operation=SUBMIT&query=SELECT 1", null);

        assertThat(camel.text("file:reports")).isEqualTo("{\"total\":42}\n");
    }

    /** What tools say of it: Camel's catalog at run time, by the metadata in the component's jar. */
    @ParameterizedTest
    @CsvSource({
        "src/test/resources/snippets/reports.camel.xml, 2",
        "src/test/resources/snippets/reports.camel.yaml, 2",
        "kamelets/databricks-async-source.kamelet.yaml, 1",
        "kamelets/databricks-load-sink.kamelet.yaml, 1"
    })
    void catalog(Path file, int expected) throws Exception {
        DefaultRuntimeCamelCatalog catalog = catalog();
        List<String> uris = file.toString().endsWith(".xml") ? ofXml(file) : ofYaml(new YAMLMapper().readTree(file.toFile()));

        assertThat(uris).hasSize(expected);
        for (String uri : uris) {
            EndpointValidationResult result = catalog.validateEndpointProperties(uri);
            assertThat(result.isSuccess()).as(result.summaryErrorMessage(true)).isTrue();
            assertThat(catalog.validateEndpointProperties(uri.replaceFirst("=", "x=")).isSuccess())
                    .as(uri + " with a mistake")
                    .isFalse();
        }
    }

    private static List<String> ofXml(Path file) throws IOException {
        return Pattern.compile("uri=\"(databricks:[^\"]+)\"").matcher(Files.readString(file)).results()
                .map(uri -> uri.group(1).replace("&amp;", "&"))
                .toList();
    }

    /** Wherever a uri of ours stands, with the parameters beside it. */
    private static List<String> ofYaml(JsonNode node) {
        List<String> uris = new ArrayList<>();
        if (node.path("uri").asText().startsWith("databricks:")) {
            List<String> parameters = new ArrayList<>();
            node.path("parameters").properties().forEach(option ->
                    parameters.add(option.getKey() + "=" + option.getValue().asText()));
            uris.add(node.path("uri").asText() + "?" + String.join("&", parameters));
        }
        node.forEach(child -> uris.addAll(ofYaml(child)));
        return uris;
    }

    private DefaultRuntimeCamelCatalog catalog() {
        DefaultRuntimeCamelCatalog catalog = new DefaultRuntimeCamelCatalog();
        catalog.setCamelContext(camel.context());
        catalog.start();
        return catalog;
    }
}
