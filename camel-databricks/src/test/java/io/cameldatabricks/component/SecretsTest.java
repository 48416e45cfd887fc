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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.FaultRelay.Spoiled;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** No token and no other secret is printed, whatever goes wrong; every logger speaks at its finest level meanwhile. */
class SecretsTest {

    private static final String WRONG = "dapiwrong0123456789";

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @Test
    void shouldNeverPrintASecret() throws Exception {
        warehouse.script(
                Script.matching("SELECT .*wrong.*").fails("42703", "[UNRESOLVED_COLUMN] `wrong` in 'hunter2'"));
        warehouse.script(Script.matching("SELECT \\?").column("a", "STRING").row("x"));
        List<String> printed = new ArrayList<>();
        try (LogCapture log = new LogCapture();
                FaultRelay relay = new FaultRelay(warehouse.httpUrl());
                RunningContext camel = new RunningContext()) {
            String good = "host=" + relay.url() + "&warehouseId=" + warehouse.warehouseId() + "&accessToken="
                    + warehouse.token();
            String limits = "&connectionTimeout=400&query=";
            List<String> uris = List.of(
                    "databricks:ok?" + good + "&query=SELECT 1",
                    "databricks:statement?" + good + "&query=RAW(SELECT 'x' AS wrong)",
                    "databricks:time?" + good + "&queryTimeout=200&query=SELECT 1",
                    "databricks:header?" + good + "&httpHeaders.X-Key=" + WRONG + "&query=SELECT 1",
                    "databricks:driver?" + good + "&driverProperties.SSLTrustStorePwd=" + WRONG + "&query=SELECT 1",
                    "databricks:wrong?" + good.replace(warehouse.token(), WRONG) + limits + "SELECT 1",
                    "databricks:down?host=http://127.0.0.1:1&warehouseId=w&accessToken=" + WRONG + limits + "SELECT 1",
                    "databricks:alchemy?connectionUrl=RAW(databricks://token:" + WRONG + "@127.0.0.1:1?scheme=http&"
                            + "http_path=/sql/1.0/warehouses/w)" + limits + "SELECT 1",
                    "databricks:jdbc?connectionUrl=RAW(jdbc:databricks://127.0.0.1:1;ssl=0;httpPath=/sql/1.0/warehouses/w;"
                            + "AuthMech=3;PWD=" + WRONG + ")" + limits + "SELECT 1",
                    "databricks:unknown?" + good + "&acessToken=" + WRONG + "&query=SELECT 1",
                    "databricks:malformed?connectionUrl=RAW(databrick://token:" + WRONG + "@h)&query=SELECT 1",
                    "databricks:twice?" + good + "&connectionUrl=RAW(databricks://token:" + WRONG
                            + "@h?http_path=/p)&query=SELECT 1");
            for (String uri : uris) {
                printed.add(outcome(camel, uri));
            }
            relay.fault((method, path) -> path.endsWith("/statements/") ? new Spoiled(0, false) : null);
            printed.add(outcome(camel, "databricks:broken?" + good + "&query=SELECT 1"));
            relay.fault((method, path) -> null);
            Exchange bound = camel.send(
                    "databricks:bound?" + good + "&query=SELECT :p",
                    null,
                    Map.of("CamelDatabricksParameters", Map.of("p", "hunter2")));
            assertThat(bound.getException()).isNull();
            camel.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:route")
                            .routeId("route")
                            .to("databricks:inRoute?" + good + "&query=RAW(SELECT 'x' AS wrong)");
                }
            });
            printed.add(stackTrace(camel.send("direct:route").getException()));
            for (Endpoint endpoint : camel.context().getEndpoints()) {
                printed.add(endpoint.toString());
            }
            printed.add(camel.component().getWorkspace().toString());
            camel.context().stop();
            printed.addAll(log.lines());
        }

        assertThat(printed).hasSizeGreaterThan(100);
        assertThat(printed).anyMatch(line -> line.contains("Failure of the driver"));
        assertThat(printed.stream().filter(line -> line.contains(warehouse.token()) || line.contains(WRONG)))
                .isEmpty();
    }

    @Test
    void shouldSeeASecretThatIsPrinted() {
        try (LogCapture log = new LogCapture()) {
            org.slf4j.LoggerFactory.getLogger("any").trace("planted {}", WRONG);

            assertThat(log.lines()).anyMatch(line -> line.contains(WRONG));
        }
    }

    private static String outcome(RunningContext camel, String uri) {
        try {
            return stackTrace(camel.send(uri).getException());
        } catch (RuntimeException e) {
            return stackTrace(e);
        }
    }

    private static String stackTrace(Throwable failure) {
        if (failure == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
