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
package io.cameldatabricks.examples.springboot;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

class ReportApplicationIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @TempDir
    Path folder;

    @Test
    void shouldShowItself() throws Exception {
        warehouse.script(Script.matching("(?s).*AS report.*")
                .column("report", "STRING")
                .column("orders", "BIGINT")
                .column("turnover", "DOUBLE")
                .row("r", 3000000L, 42.5));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Map<String, Object> properties = new HashMap<>(ReportApplication.properties(warehouse, folder));
        String page;
        try (ConfigurableApplicationContext context = ReportApplication.start(properties);
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            String url = "http://localhost:"
                    + ((WebServerApplicationContext) context).getWebServer().getPort();

            new Tour(url, out).run();

            page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/console")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("  202 {\"id\":", "\"turnover\":42.5", "\"warehouse.state\":\"RUNNING\"")
                .contains("\"name\":\"databricks.handles.time\"", "\"statistic\":\"COUNT\",\"value\":1.0")
                .doesNotContain(warehouse.token());
        assertThat(page)
                .contains("Handles of reports", "DELIVERED</span> 1", warehouse.warehouseId())
                .doesNotContain(warehouse.token());
    }
}
