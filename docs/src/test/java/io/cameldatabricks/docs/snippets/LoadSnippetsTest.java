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

import java.io.File;
import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** Files to and from Volumes, as the page of LOAD shows them, on Spark SQL and Delta Lake. */
@Timeout(180)
class LoadSnippetsTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.create();

    private static SnippetCamel camel;

    @TempDir
    static Path reports;

    @BeforeAll
    static void start() {
        camel = new SnippetCamel(warehouse);
        SnippetTables.create(camel);
        SnippetTables.execute(camel, "CREATE VOLUME IF NOT EXISTS main.sales.landing");
        camel.context().getPropertiesComponent().addInitialProperty("reports", reports.toString());
    }

    @AfterAll
    static void stop() {
        camel.close();
    }

    @Test
    void load() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::load[]
                from("file:inbox?include=.*\\.csv")
                    .to("databricks:sales?operation=LOAD&table=main.sales.orders&volumePath=/Volumes/main/sales/landing/orders"
                        + "&formatOptions.header=true&columns=order_id,region,amount")
                    .to("jms:queue:loaded");
                // end::load[]
            }
        });

        for (long expected : new long[] {2, 0}) {
            camel.send(
                    "file:inbox?include=.*\\.csv",
                    "order_id,region,amount\n71,west,1.50\n72,east,2.50\n",
                    Map.of(Exchange.FILE_NAME, "a.csv"));
            assertThat(camel.body("jms:queue:loaded")).isEqualTo(expected);
        }
    }

    @Test
    void files() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::files[]
                from("jms:queue:collect-reports")
                    .to("databricks:files?operation=LIST&volumePath=/Volumes/main/sales/landing/reports")
                    .split(body())
                        .to("databricks:files?operation=DOWNLOAD&volumePath=/Volumes/main/sales/landing/reports&localFolder={{reports}}")
                        .to("jms:queue:downloaded");
                // end::files[]
            }
        });
        Exchange upload = camel.request(
                "databricks:files?operation=UPLOAD&volumePath=/Volumes/main/sales/landing/reports",
                "report",
                Map.of(Exchange.FILE_NAME, "may.txt"));
        assertThat(upload.getException()).isNull();

        assertThat(camel.request("jms:queue:collect-reports", null).getException())
                .isNull();

        assertThat((File) camel.body("jms:queue:downloaded"))
                .isEqualTo(reports.resolve("may.txt").toFile())
                .hasContent("report");
    }
}
