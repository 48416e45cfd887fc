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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseRequest;
import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;
import io.cameldatabricks.testinfra.fault.SlowStart;
import io.cameldatabricks.testinfra.fault.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that people write for their routes, and those of the local warehouse's page. */
@Timeout(120)
class TestingSnippetsTest {

    // tag::scripted-warehouse[]
    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();
    // end::scripted-warehouse[]

    private SnippetCamel camel;

    @BeforeEach
    void start() {
        warehouse.clearScripts();
        warehouse.clearFaults();
        camel = new SnippetCamel(warehouse);
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void scripts() {
        // tag::scripts[]
        warehouse.script(Script.statement("SELECT id, name FROM t")
                .column("id", "INT").column("name", "STRING")
                .row(1, "one").row(2, null)
                .takes(Duration.ofSeconds(3)));
        warehouse.script(Script.matching("INSERT INTO .*").updateCount(2));
        warehouse.script(Script.matching(".*missing.*").fails("42P01", "[TABLE_OR_VIEW_NOT_FOUND] ..."));
        // end::scripts[]

        List<?> rows = camel.request("databricks:a?query=SELECT id, name FROM t", null)
                .getMessage()
                .getBody(List.class);
        assertThat(rows).hasSize(2);
        assertThat(camel.request("databricks:a?query=SELECT * FROM missing", null)
                        .getException())
                .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
        assertThat(camel.request("databricks:a?query=INSERT INTO t VALUES (1), (2)", null)
                        .getMessage()
                        .getHeader("CamelDatabricksUpdateCount"))
                .isEqualTo(2L);
    }

    @Test
    void fault() {
        warehouse.script(Script.matching("INSERT INTO .*").updateCount(1));
        int before = warehouse.statements().size();

        // tag::fault[]
        try (ActiveFault lost = warehouse.inject(LostSubmitAnswer.afterAcceptance().onStatement("INSERT INTO u .*").times(1))) {
            Exchange exchange = camel.request("databricks:a?query=INSERT INTO u VALUES (1)", null);

            assertThat(exchange.getException()).isInstanceOf(SubmitOutcomeUnknownException.class);
            assertThat(lost.hits()).isEqualTo(1);
            assertThat(lost.requests()).hasSize(1);     // from the log of received requests, which names the faults met
        }                                               // switched off; clearFaults() switches all off
        // end::fault[]

        assertThat(warehouse.statements()).hasSize(before + 1);
    }

    @Test
    void counted() {
        warehouse.script(Script.matching("SELECT .*").column("id", "INT").row(1));
        // tag::counted[]
        warehouse.clearRequests();
        camel.request("databricks:a?query=SELECT 7 AS id", null);

        assertThat(warehouse.requests())
                .filteredOn(request -> request.method().equals("POST") && request.uri().startsWith("/api/2.0/sql/statements"))
                .hasSize(1);
        // end::counted[]
        assertThat(warehouse.requests()).extracting(WarehouseRequest::status).contains(200);
    }

    @Test
    void expired() {
        warehouse.script(Script.matching("SELECT .*").column("id", "INT").row(1));
        // tag::clock[]
        Object handle = camel.request("databricks:a?operation=SUBMIT&query=SELECT 8 AS id", null).getMessage().getBody();
        camel.request("databricks:a?operation=RESULT", handle);     // waits for the end

        warehouse.advanceClock(Duration.ofMinutes(61));     // results are kept for an hour

        Exchange late = camel.request("databricks:a?operation=RESULT", handle);
        assertThat(late.getException()).isInstanceOf(ResultExpiredException.class);
        // end::clock[]
    }

    @Test
    void slowStart() {
        warehouse.script(Script.matching("SELECT .*").column("id", "INT").row(1));
        // the server answers a submit after ten seconds, and the client knows no statement before
        CompletableFuture.runAsync(() -> {
            Awaitility.await().until(() -> warehouse.statements().stream()
                    .anyMatch(statement -> statement.state().equals("PENDING")));
            warehouse.advanceClock(Duration.ofSeconds(10));
        });
        // tag::slow-start[]
        warehouse.inject(new SlowStart(Duration.ofMinutes(3)));

        Exchange exchange = camel.request("databricks:a?startTimeout=1s&query=SELECT 9 AS id", null);

        assertThat(exchange.getException()).isInstanceOf(TransientDatabricksException.class);
        // end::slow-start[]
    }

    @Test
    void throttled() {
        warehouse.script(Script.matching("SELECT .*").column("id", "INT").row(1));
        // tag::throttled[]
        try (ActiveFault busy = warehouse.inject(TooManyRequests.first(2).retryAfter(Duration.ofSeconds(1)).on(CallKind.STATUS))) {
            Object handle = camel.request("databricks:a?operation=SUBMIT&query=SELECT 10 AS id", null).getMessage().getBody();
            Exchange result = camel.request("databricks:a?operation=RESULT", handle);

            assertThat(result.getMessage().getBody()).isEqualTo(List.of(Map.of("id", 1)));      // only later
            assertThat(busy.hits()).isEqualTo(2);
        }
        // end::throttled[]
    }

    // tag::route-test[]
    @Test
    void shouldWriteTheReportThatWasAskedFor() throws Exception {
        warehouse.script(Script.matching("SELECT .*").column("total", "INT").row(42));

        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("warehouse", warehouse.endpointOptions());
            context.addRoutes(reports());
            context.start();
            MockEndpoint mock = context.getEndpoint("mock:reports", MockEndpoint.class);
            mock.expectedMessageCount(1);

            try (ProducerTemplate template = context.createProducerTemplate()) {
                template.sendBody("direct:report", null);
            }

            mock.assertIsSatisfied(30_000);
            assertThat(mock.getExchanges().get(0).getMessage().getBody()).isEqualTo(List.of(Map.of("total", 42)));
        }
    }

    /** The routes to test. What they connect to is a property, in production and here. */
    static RoutesBuilder reports() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:report")
                    .to("databricks:reports?{{warehouse}}&operation=SUBMIT&query=SELECT sum(amount) AS total FROM orders");

                from("databricks:reports?{{warehouse}}")
                    .to("mock:reports");
            }
        };
    }
    // end::route-test[]
}
