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

import java.nio.file.Path;
import java.util.Map;

import io.trino.tpch.TpchTable;
import org.apache.camel.builder.RouteBuilder;

import static io.cameldatabricks.component.DatabricksConstants.PARAMETERS;

/** Loads three TPC-H tables into Delta Lake: {@code direct:load}. */
public final class TpchLoad extends RouteBuilder {

    private final Path data;

    /** @param data the folder with the generated files; the warehouse reads them itself */
    public TpchLoad(Path data) {
        this.data = data;
    }

    @Override
    public void configure() {
        from("direct:load")
                .to("databricks:tpch?query=CREATE SCHEMA IF NOT EXISTS tpch")
                .setHeader(PARAMETERS, constant(file(TpchTable.CUSTOMER)))
                .to("databricks:tpch?query=classpath:sql/create-customer.sql")
                .setHeader(PARAMETERS, constant(file(TpchTable.ORDERS)))
                .to("databricks:tpch?query=classpath:sql/create-orders.sql")
                .setHeader(PARAMETERS, constant(file(TpchTable.LINE_ITEM)))
                .to("databricks:tpch?query=classpath:sql/create-lineitem.sql");
    }

    private Map<String, Object> file(TpchTable<?> table) {
        return Map.of("file", TpchData.file(data, table).toUri().toString());
    }
}
