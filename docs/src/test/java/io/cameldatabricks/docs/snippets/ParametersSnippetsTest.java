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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.sql.TypedValue;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** Values into statements, on Spark SQL. */
@Timeout(180)
class ParametersSnippetsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    private static SnippetCamel camel;

    @BeforeAll
    static void start() throws Exception {
        camel = new SnippetCamel(warehouse);
        SnippetTables.create(camel);
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::named[]
                from("direct:region")
                    .to("databricks:sales?query=SELECT * FROM main.sales.orders WHERE region = :region AND day >= :since");
                // end::named[]

                // tag::positional[]
                from("direct:two")
                    .setHeader("CamelDatabricksParameters", constant(List.of("north", LocalDate.of(2026, 10, 2))))
                    .to("databricks:sales?query=SELECT * FROM main.sales.orders WHERE region = ? AND day >= ?");
                // end::positional[]

                // tag::in[]
                from("direct:some")
                    .to("databricks:sales?query=SELECT * FROM main.sales.orders WHERE order_id IN (:#in:ids)");
                // end::in[]

                // tag::simple[]
                from("direct:larger")
                    .to("databricks:sales?query=SELECT * FROM main.sales.orders WHERE amount > :#${body.amount} AND region = :#${header.where}");
                // end::simple[]

                // tag::typed[]
                from("direct:typed")
                    .setHeader("CamelDatabricksParameters")
                        .body(body -> Map.of("limit", TypedValue.of("DECIMAL(10,2)", body)))
                    .to("databricks:sales?query=SELECT typeof(:limit) AS type, :limit AS value");
                // end::typed[]

                // tag::raw[]
                from("direct:raw")
                    .to("databricks:sales?query=RAW(SELECT 'a & b' AS text, 10 % 3 AS rest)");
                // end::raw[]
            }
        });
    }

    @AfterAll
    static void stop() {
        camel.close();
    }

    @Test
    void named() {
        assertThat(ids("direct:region", Map.of("region", "north", "since", LocalDate.of(2026, 10, 2)), Map.of()))
                .containsExactly(3);
    }

    /** A body that is no Map leaves the headers. */
    @Test
    void namedByHeaders() {
        assertThat(ids("direct:region", "text", Map.of("region", "north", "since", LocalDate.of(2026, 10, 2))))
                .containsExactly(3);
    }

    @Test
    void positional() {
        assertThat(ids("direct:two", null, Map.of())).containsExactly(3);
    }

    @Test
    void lists() {
        assertThat(ids("direct:some", Map.of("ids", List.of(1, 3)), Map.of())).containsExactlyInAnyOrder(1, 3);
        assertThat(camel.request("direct:some", Map.of("ids", List.of())).getException())
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What it is bound from has a getter. */
    public record Wish(BigDecimal amount) {
        public BigDecimal getAmount() {
            return amount;
        }
    }

    @Test
    void expressions() {
        assertThat(ids("direct:larger", new Wish(new BigDecimal("15")), Map.of("where", "north")))
                .containsExactly(3);
    }

    @Test
    void typed() {
        assertThat(camel.request("direct:typed", 5).getMessage().getBody())
                .isEqualTo(List.of(Map.of("type", "decimal(10,2)", "value", new BigDecimal("5.00"))));
    }

    @Test
    void raw() {
        assertThat(camel.request("direct:raw", null).getMessage().getBody())
                .isEqualTo(List.of(Map.of("text", "a & b", "rest", 1)));
    }

    @Test
    void nothingButValues() {
        assertThat(ids("direct:region", Map.of("region", "' OR 1=1 --", "since", LocalDate.EPOCH), Map.of()))
                .isEmpty();
        assertThat(camel.request("direct:region", Map.of("region", new Object(), "since", LocalDate.EPOCH))
                        .getException())
                .hasMessageContaining("region");
        assertThat(camel.request("direct:region", Map.of("region", "north")).getException())
                .hasMessageContaining("since");
    }

    private static List<Object> ids(String uri, Object body, Map<String, Object> headers) {
        var exchange = camel.request(uri, body, headers);
        assertThat(exchange.getException()).isNull();
        List<?> rows = exchange.getMessage().getBody(List.class);
        return rows.stream().<Object>map(row -> ((Map<?, ?>) row).get("order_id")).toList();
    }
}
