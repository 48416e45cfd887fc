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

import java.util.List;
import java.util.Map;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.DatabricksComponent;
import io.cameldatabricks.component.repository.jdbc.JdbcStatementHandleRepository;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import org.h2.jdbcx.JdbcDataSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements that nobody waits for. */
@Timeout(120)
class AsyncSnippetsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @TempDir
    Path folder;

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

    @Test
    void submitAndDeliver() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::submit-and-deliver[]
                from("jms:queue:report-requests")
                    .to("databricks:reports?operation=SUBMIT&query=classpath:sql/monthly.sql");   // goes on at once with a handle

                from("databricks:reports")                                                        // one exchange per ended statement
                    .to("file:reports");
                // end::submit-and-deliver[]
            }
        });

        camel.send("jms:queue:report-requests", Map.of("month", "2026-10"));

        assertThat(camel.body("file:reports")).isEqualTo(List.of(Map.of("total", 42)));
    }

    @Test
    void handleAsText() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                interceptSendToEndpoint("jms:queue:running").to("mock:running");

                // tag::handle-as-text[]
                from("direct:submit")
                    .to("databricks:reports?operation=SUBMIT&query=SELECT sum(amount) FROM orders")
                    .convertBodyTo(String.class)              // dbsql1/REST/adb-1.2.azuredatabricks.net/abc123/01f0...
                    .to("jms:queue:running");

                from("jms:queue:running")                     // perhaps in another process
                    .to("databricks:other?operation=RESULT")
                    .to("jms:queue:results");
                // end::handle-as-text[]
            }
        });

        camel.send("direct:submit", null);

        assertThat(camel.body("jms:queue:results")).isEqualTo(List.of(Map.of("total", 42)));
        MockEndpoint running = camel.context().getEndpoint("mock:running", MockEndpoint.class);
        assertThat(running.getExchanges().get(0).getMessage().getBody(String.class)).startsWith("dbsql1/REST/");
    }

    @Test
    void carriedHeaders() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::carried-headers[]
                from("jms:queue:report-requests")
                    .to("databricks:reports?operation=SUBMIT&query=classpath:sql/monthly.sql&carryHeaders=customer");

                from("databricks:reports?outputType=STREAM_LIST")
                    .split(body()).streaming().to("file:reports");
                // end::carried-headers[]
            }
        });

        camel.send("jms:queue:report-requests", Map.of("month", "2026-10"), Map.of("customer", "ACME"));

        var exchange = camel.receive("file:reports");
        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("total", 42));
        assertThat(exchange.getMessage().getHeader("customer")).isEqualTo("ACME");
    }

    @Test
    void pollForAResult() throws Exception {
        camel.request("databricks:reports?operation=SUBMIT&query=SELECT 1", null);
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::poll-enrich[]
                from("timer:noon?period=1d")
                    .pollEnrich("databricks:reports", 60_000)
                    .to("file:reports");
                // end::poll-enrich[]
            }
        });

        assertThat(camel.body("file:reports")).isEqualTo(List.of(Map.of("total", 42)));
    }

    @Test
    void durable() throws Exception {
        camel.context().getComponent("databricks", DatabricksComponent.class).getWatch().setDataDir(folder.toString());
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::durable[]
                from("jms:queue:report-requests")
                  .to("databricks:reports?operation=SUBMIT&durable=true&query=classpath:sql/monthly.sql");

                from("databricks:reports?durable=true")
                  .to("file:reports");
                // end::durable[]
            }
        });

        camel.send("jms:queue:report-requests", Map.of("month", "2026-10"));

        assertThat(camel.body("file:reports")).isEqualTo(List.of(Map.of("total", 42)));
        try (var files = Files.list(folder)) {
            assertThat(files).isNotEmpty();
        }
    }

    @Test
    void deadHandles() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:" + folder.resolve("handles") + ";WRITE_DELAY=0");
        new JdbcStatementHandleRepository(database);
        String sql = Files.readString(Path.of("src", "test", "resources", "snippets", "dead-handles.sql"));

        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            assertThat(rows.getMetaData().getColumnCount()).isEqualTo(6);
            assertThat(rows.next()).isFalse();
        }
    }
}
