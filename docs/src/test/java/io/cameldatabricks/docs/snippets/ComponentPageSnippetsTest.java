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
import java.util.stream.IntStream;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.spi.AggregationRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseStatement;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of the component's page. */
@Timeout(120)
class ComponentPageSnippetsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private SnippetCamel camel;

    @BeforeEach
    void start() {
        warehouse.clearScripts();
        camel = new SnippetCamel(warehouse);
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void stream() throws Exception {
        warehouse.script(Script.matching("SELECT .*").column("id", "INT").row(1).row(2).row(3));
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::stream[]
                from("quartz:nightly?cron=0+0+2+*+*+?")
                    .to("databricks:lake?outputType=STREAM_LIST&rowGroupSize=1000&query=classpath:sql/events.sql")
                    .split(body()).streaming()
                        .to("jms:queue:events");
                // end::stream[]
            }
        });

        camel.send("quartz:nightly", null);

        assertThat(camel.body("jms:queue:events"))
                .isEqualTo(List.of(Map.of("id", 1), Map.of("id", 2), Map.of("id", 3)));
    }

    @Test
    void redeliver() throws Exception {
        warehouse.script(Script.matching("SELECT .*").column("id", "INT").row(1));
        warehouse.script(Script.matching("SELECT .*")
                .fails("INTERNAL_ERROR", null, "[DELTA_CONCURRENT_APPEND] another transaction")
                .times(1));
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::redeliver[]
                onException(TransientDatabricksException.class)
                    .maximumRedeliveries(5).redeliveryDelay(2000).useExponentialBackOff();
                // end::redeliver[]

                from("direct:events").to("databricks:lake?query=classpath:sql/events.sql").to("jms:queue:events");
            }
        });

        camel.send("direct:events", null);

        assertThat(camel.body("jms:queue:events")).isEqualTo(List.of(Map.of("id", 1)));
    }

    @Test
    void oneRow() throws Exception {
        warehouse.script(
                Script.matching("SELECT .*").column("id", "INT").column("name", "STRING").row(7, "ACME"));
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::one-row[]
                from("direct:customer")
                    .setHeader("CamelDatabricksParameters", simple("${body}", Map.class))
                    .to("databricks:crm?query=classpath:sql/customer-by-id.sql&outputType=SELECT_ONE");
                // end::one-row[]
            }
        });

        assertThat(camel.request("direct:customer", Map.of("id", 7)).getMessage().getBody())
                .isEqualTo(Map.of("id", 7, "name", "ACME"));
    }

    @Test
    void insert() throws Exception {
        warehouse.script(Script.matching("INSERT .*").updateCount(2));
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::insert[]
                from("seda:orders")
                    .to("databricks:sales?operation=INSERT&table=orders");
                // end::insert[]
            }
        });

        Object written = camel.request("seda:orders", List.of(Map.of("id", 1), Map.of("id", 2)))
                .getMessage()
                .getBody();

        assertThat(written).isEqualTo(2L);
        assertThat(warehouse.statements())
                .extracting(WarehouseStatement::sql)
                .anySatisfy(sql -> assertThat(sql).startsWith("INSERT INTO `orders`"));
    }

    @Test
    void merge() throws Exception {
        warehouse.script(Script.matching("MERGE .*").updateCount(100));
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::merge[]
                from("kafka:customers").unmarshal().json(Map.class)
                    .aggregate(constant(true), new GroupedBodyAggregationStrategy()).completionSize(500).completionTimeout(5_000)
                    .to("databricks:crm?operation=MERGE&table=main.crm.customers&mergeKeys=id")
                    .to("jms:queue:merged");
                // end::merge[]
            }
        });

        IntStream.range(0, 500).forEach(id -> camel.send("kafka:customers", "{\"id\":" + id + ",\"name\":\"ACME\"}"));

        assertThat((Long) camel.body("jms:queue:merged")).isPositive();
    }

    @Test
    void batches() throws Exception {
        warehouse.script(Script.matching("INSERT .*").updateCount(125));
        AggregationRepository repository = new MemoryAggregationRepository();
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::batches[]
                from("jms:queue:orders?acknowledgementModeName=CLIENT_ACKNOWLEDGE")
                    .unmarshal().json(Map.class)
                    .aggregate(constant("orders"), new GroupedBodyAggregationStrategy())
                        .completionSize(1_000)          // whatever comes first
                        .completionTimeout(5_000)
                        .aggregationRepository(repository)
                    .to("databricks:sales?operation=INSERT&table=orders")
                    .to("jms:queue:written");
                // end::batches[]
            }
        });

        IntStream.range(0, 1_000).forEach(id -> camel.send("jms:queue:orders", "{\"id\":" + id + "}"));

        var written = camel.receive("jms:queue:written").getMessage();
        assertThat(written.getHeader("CamelDatabricksRowCount")).isEqualTo(1_000);
    }
}
