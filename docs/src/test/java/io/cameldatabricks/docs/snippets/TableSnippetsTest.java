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

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

/** Rows to and from the tables of the pages, on Spark SQL and Delta Lake. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TableSnippetsTest {

    // tag::warehouse[]
    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.create();
    // end::warehouse[]

    private static SnippetCamel camel;

    @BeforeAll
    static void start() {
        camel = new SnippetCamel(warehouse);
        SnippetTables.create(camel);
    }

    @AfterAll
    static void stop() {
        camel.close();
    }

    @Test
    @Order(1)
    void query() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::query[]
                from("direct:orders")
                    .to("databricks:sales?query=SELECT * FROM main.sales.orders WHERE region = :region AND day >= :since")
                    .split(body()).to("jms:orders");
                // end::query[]
            }
        });

        camel.request("direct:orders", Map.of("region", "north", "since", LocalDate.of(2026, 10, 2)));

        assertThat(camel.body("jms:orders"))
                .isEqualTo(Map.of(
                        "order_id", 3,
                        "region", "north",
                        "day", LocalDate.of(2026, 10, 3),
                        "amount", new BigDecimal("30.50")));
    }

    @Test
    @Order(2)
    void newRows() throws Exception {
        camel.bind("positions", new MemoryStateRepository());
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::new-rows[]
                from("databricks:orders?query=SELECT order_id, region, amount FROM main.sales.orders&incrementingColumn=order_id"
                        + "&positionRepository=#positions&outputType=SELECT_ONE")
                    .marshal().json()
                    .to("jms:queue:new-orders");
                // end::new-rows[]
            }
        });

        assertThat(camel.text("jms:queue:new-orders")).isEqualTo("{\"order_id\":1,\"region\":\"north\",\"amount\":10.00}");
    }

    @Test
    @Order(2)
    void dates() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::json-dates[]
                from("direct:json")
                    .to("databricks:orders?query=SELECT day FROM main.sales.orders ORDER BY day LIMIT 1&outputType=SELECT_ONE")
                    .marshal(dataFormat().json()
                        .moduleClassNames("com.fasterxml.jackson.datatype.jsr310.JavaTimeModule")
                        .disableFeatures("WRITE_DATES_AS_TIMESTAMPS")
                        .end());
                // end::json-dates[]
            }
        });

        assertThat(camel.request("direct:json", null).getMessage().getBody(String.class))
                .isEqualTo("{\"day\":\"2026-10-01\"}");
    }

    @Test
    @Order(3)
    void changeFeed() throws Exception {
        camel.bind("positions", new MemoryStateRepository());
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::change-feed[]
                from("databricks:orders?changeFeed=main.sales.orders&positionRepository=#positions&outputType=SELECT_ONE")
                    .filter(simple("${body[_change_type]} != 'update_preimage'"))
                    .to("direct:changed");
                // end::change-feed[]

                from("direct:changed").to("jms:queue:changed");
            }
        });

        assertThat(camel.body("jms:queue:changed"))
                .asInstanceOf(map(String.class, Object.class))
                .containsEntry("_change_type", "insert");
    }

    @Test
    @Order(4)
    void insert() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::insert[]
                from("jms:queue:orders").unmarshal().json(Map.class)
                    .to("databricks:sales?operation=INSERT&table=main.sales.orders");
                // end::insert[]
            }
        });

        Object written = camel.request(
                        "jms:queue:orders",
                        "{\"order_id\":4,\"region\":\"west\"}")
                .getMessage()
                .getBody();

        assertThat(written).isEqualTo(1L);
        assertThat(rows("SELECT region FROM main.sales.orders WHERE order_id = 4"))
                .isEqualTo(List.of(Map.of("region", "west")));
    }

    @Test
    @Order(5)
    void badRows() throws Exception {
        rows("CREATE OR REPLACE TABLE orders (id INT, amount INT)");
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::bad-rows[]
                from("seda:orders")
                    .to("databricks:sales?operation=INSERT&table=orders&onBadRow=DEAD_LETTER")
                    .filter(header("CamelDatabricksBadRows").isNotNull())
                        .split(header("CamelDatabricksBadRows")).to("jms:queue:bad-orders");
                // end::bad-rows[]
            }
        });

        camel.send("seda:orders", List.of(Map.of("id", 1, "amount", 5), Map.of("id", 2)));

        assertThat(camel.body("jms:queue:bad-orders")).isNotNull();
        assertThat(rows("SELECT id FROM orders")).isEqualTo(List.of(Map.of("id", 1)));
    }

    @Test
    @Order(6)
    void loadByAKamelet() throws Exception {
        rows("CREATE VOLUME IF NOT EXISTS main.sales.landing");
        camel.load("file:" + Path.of("kamelets", "databricks-load-sink.kamelet.yaml"));
        camel.load("classpath:snippets/kamelet-sink.camel.yaml");

        Exchange exchange = camel.request(
                "jms:queue:batches", "[{\"order_id\":10,\"region\":\"east\"},{\"order_id\":11,\"region\":\"west\"}]");

        assertThat(exchange.getException()).isNull();
        assertThat(rows("SELECT region FROM main.sales.orders WHERE order_id IN (10, 11) ORDER BY order_id"))
                .isEqualTo(List.of(Map.of("region", "east"), Map.of("region", "west")));
    }

    private static Object rows(String sql) {
        return SnippetTables.execute(camel, sql);
    }
}
