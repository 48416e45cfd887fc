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
package io.cameldatabricks.examples.quickstart;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.apache.camel.builder.RouteBuilder;

import static io.cameldatabricks.component.DatabricksConstants.PARAMETERS;

/** Asks TPC-H queries 1, 3 and 6 with the parameters that the specification validates with, once the tables are loaded. */
public final class TpchRoutes extends RouteBuilder {

    private final PrintStream out;

    /** @param out where the answers are printed */
    public TpchRoutes(PrintStream out) {
        this.out = out;
    }

    @Override
    public void configure() {
        from("direct:quickstart").to("direct:load", "direct:q01", "direct:q03", "direct:q06");

        from("direct:q01")
                .setHeader(PARAMETERS, constant(Map.of("days", 90)))
                .to("databricks:tpch?query=classpath:sql/q01.sql")
                .process(exchange -> print(
                        "Query 1, pricing summary report", exchange.getMessage().getBody()));

        from("direct:q03")
                .setHeader(PARAMETERS, constant(Map.of("segment", "BUILDING", "date", LocalDate.of(1995, 3, 15))))
                .to("databricks:tpch?query=classpath:sql/q03.sql")
                .process(exchange -> print(
                        "Query 3, shipping priority", exchange.getMessage().getBody()));

        from("direct:q06")
                .setHeader(
                        PARAMETERS,
                        constant(Map.of(
                                "date", LocalDate.of(1994, 1, 1), "discount", new BigDecimal("0.06"), "quantity", 24)))
                .to("databricks:tpch?query=classpath:sql/q06.sql")
                .process(exchange -> print(
                        "Query 6, forecasting revenue change",
                        exchange.getMessage().getBody()));
    }

    @SuppressWarnings("unchecked")
    private void print(String title, Object rows) {
        out.println(title);
        out.println();
        out.println(TextTable.render((List<Map<String, Object>>) rows));
    }
}
