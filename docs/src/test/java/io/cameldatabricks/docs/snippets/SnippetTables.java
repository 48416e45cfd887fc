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

import io.cameldatabricks.component.DatabricksComponent;

/** The tables that the pages speak of, on Spark. */
final class SnippetTables {

    private SnippetTables() {}

    /** Makes {@code main.sales.orders} with three rows and a change data feed, and {@code main.crm.customers} with one. */
    static void create(SnippetCamel camel) {
        List.of(
                        "DROP SCHEMA IF EXISTS main.sales CASCADE",
                        "DROP SCHEMA IF EXISTS main.crm CASCADE",
                        "CREATE SCHEMA main.sales",
                        "CREATE SCHEMA main.crm",
                        "CREATE TABLE main.sales.orders (order_id INT, region STRING, day DATE, amount DECIMAL(10,2))"
                                + " TBLPROPERTIES (delta.enableChangeDataFeed = true)",
                        "INSERT INTO main.sales.orders VALUES (1, 'north', DATE'2026-10-01', 10.00),"
                                + " (2, 'south', DATE'2026-10-02', 20.00), (3, 'north', DATE'2026-10-03', 30.50)",
                        "CREATE TABLE main.crm.customers (id INT, name STRING)",
                        "INSERT INTO main.crm.customers VALUES (1, 'ACME')")
                .forEach(sql -> execute(camel, sql));
    }

    /** Names without a catalog and a schema are looked for there from now on, by endpoints that are made afterwards. */
    static void useSchema(SnippetCamel camel, String catalog, String schema) {
        DatabricksComponent databricks = camel.context().getComponent("databricks", DatabricksComponent.class);
        databricks.getWorkspace().setCatalog(catalog);
        databricks.getWorkspace().setSchema(schema);
    }

    static Object execute(SnippetCamel camel, String sql) {
        var exchange = camel.request("databricks:tables?allowDynamicQuery=true", sql);
        if (exchange.getException() != null) {
            throw new IllegalStateException(sql, exchange.getException());
        }
        return exchange.getMessage().getBody();
    }
}
