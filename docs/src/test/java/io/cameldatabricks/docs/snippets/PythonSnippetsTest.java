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

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** The async API of databricks-sql-python, in routes. */
@Timeout(120)
class PythonSnippetsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private SnippetCamel camel;

    @BeforeEach
    void start() {
        warehouse.clearScripts();
        warehouse.script(Script.matching("SELECT .*").column("p", "STRING").column("id", "INT").row("foo", 0));
        warehouse.script(Script.matching("SELECT sum.*").takes(Duration.ofDays(1)).column("sum", "INT").row(0));
        camel = new SnippetCamel(warehouse);
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void submit() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::submit[]
                from("direct:start")
                    .setHeader("CamelDatabricksParameters", constant(Map.of("param", "foo")))
                    .to("databricks:numbers?operation=SUBMIT&query=SELECT :param AS p, * FROM RANGE(10)");

                from("databricks:numbers")
                    .to("direct:rows");
                // end::submit[]

                from("direct:rows").to("jms:rows");
            }
        });

        camel.send("direct:start", null);

        assertThat(camel.body("jms:rows")).isEqualTo(List.of(Map.of("p", "foo", "id", 0)));
    }

    @Test
    void async() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::async[]
                from("direct:start")
                    .setHeader("CamelDatabricksParameters", constant(Map.of("param", "foo")))
                    .to("databricks:numbers?async=true&query=SELECT :param AS p, * FROM RANGE(10)")
                    .to("direct:rows");
                // end::async[]

                from("direct:rows").to("jms:rows");
            }
        });

        camel.send("direct:start", null);

        assertThat(camel.body("jms:rows")).isEqualTo(List.of(Map.of("p", "foo", "id", 0)));
    }

    @Test
    void pickUp() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::pick-up[]
                from("direct:start")
                    .to("databricks:numbers?operation=SUBMIT&query=SELECT * FROM RANGE(1000000000)")
                    .convertBodyTo(String.class)
                    .to("jms:queue:running");

                from("jms:queue:running")                     // in another process
                    .to("databricks:numbers?operation=RESULT&outputType=STREAM_LIST")
                    .split(body()).streaming().to("direct:row");
                // end::pick-up[]

                from("direct:row").to("jms:row");
            }
        });

        camel.send("direct:start", null);

        assertThat(camel.body("jms:row")).isEqualTo(Map.of("p", "foo", "id", 0));
    }

    @Test
    void cancel() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::cancel[]
                from("direct:cancel")                         // the body is a handle, or its text
                    .setHeader("CamelDatabricksHandle", body())
                    .to("databricks:numbers?operation=STATUS")
                    .filter(simple("${body.isRunning()}"))
                        .setBody(header("CamelDatabricksHandle"))
                        .to("databricks:numbers?operation=CANCEL");     // the body is how it really ended
                // end::cancel[]
            }
        });
        Object handle = camel.request("databricks:numbers?operation=SUBMIT&query=SELECT sum(id) FROM t", null)
                .getMessage()
                .getBody();

        StatementStatus status = camel.request("direct:cancel", handle).getMessage().getBody(StatementStatus.class);

        assertThat(status.isCanceled()).isTrue();
    }
}
