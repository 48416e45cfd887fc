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
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.trino.tpch.TpchTable;
import org.apache.camel.builder.RouteBuilder;

import static io.cameldatabricks.component.DatabricksConstants.PARAMETERS;

/** Loads three TPC-H tables and asks queries 1, 3 and 6 with the parameters that the specification validates with. */
public final class TpchRoutes extends RouteBuilder {

    private final Path data;
    private final PrintStream out;

    /**
     * @param data the folder with the generated files; the warehouse reads them itself
     * @param out where the answers are printed
     */
    public TpchRoutes(Path data, PrintStream out) {
        this.data = data;
        this.out = out;
    }

    @Override
    public void configure() {
        from("direct:quickstart").to("direct:load", "direct:q01", "direct:q03", "direct:q06");

        from("direct:load")
                .to("databricks:tpch?query=CREATE SCHEMA IF NOT EXISTS tpch")
                .setHeader(PARAMETERS, constant(file(TpchTable.CUSTOMER)))
                .to("databricks:tpch?query=classpath:sql/create-customer.sql")
                .setHeader(PARAMETERS, constant(file(TpchTable.ORDERS)))
                .to("databricks:tpch?query=classpath:sql/create-orders.sql")
                .setHeader(PARAMETERS, constant(file(TpchTable.LINE_ITEM)))
                .to("databricks:tpch?query=classpath:sql/create-lineitem.sql");

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

    private Map<String, Object> file(TpchTable<?> table) {
        return Map.of("file", TpchData.file(data, table).toUri().toString());
    }

    @SuppressWarnings("unchecked")
    private void print(String title, Object rows) {
        out.println(title);
        out.println();
        out.println(TextTable.render((List<Map<String, Object>>) rows));
    }
}
