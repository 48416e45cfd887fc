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
import java.sql.Connection;
import java.util.List;
import java.util.Map;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** The same route before and after its move gives the same rows: before on H2, after on Spark SQL. */
@Timeout(180)
class MigrationSnippetsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    private static final JdbcDataSource before = new JdbcDataSource();
    private static SnippetCamel after;

    @BeforeAll
    static void start() throws Exception {
        before.setURL("jdbc:h2:mem:before;DB_CLOSE_DELAY=-1;DATABASE_TO_LOWER=TRUE");
        try (Connection connection = before.getConnection()) {
            connection.createStatement().execute("CREATE TABLE orders (order_id INT, region VARCHAR, amount DECIMAL(10,2))");
            connection
                    .createStatement()
                    .execute("INSERT INTO orders VALUES (1, 'north', 10), (2, 'south', 20), (3, 'north', 30.5)");
        }
        after = new SnippetCamel(warehouse);
        SnippetTables.execute(after, "CREATE SCHEMA IF NOT EXISTS main.migrated");
        SnippetTables.execute(after, "DROP TABLE IF EXISTS main.migrated.orders");
        SnippetTables.execute(after, "CREATE TABLE main.migrated.orders AS SELECT * FROM VALUES (1, 'north', 10.00),"
                + " (2, 'south', 20.00), (3, 'north', 30.50) AS t (order_id, region, amount)");
        SnippetTables.useSchema(after, "main", "migrated");
    }

    @AfterAll
    static void stop() {
        after.close();
    }

    @Test
    void sql() throws Exception {
        Object rows = before(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::sql-before[]
                from("direct:orders")
                    .to("sql:SELECT order_id, amount FROM orders WHERE region = :#region AND order_id IN (:#in:ids)?dataSource=#databricks");
                // end::sql-before[]
            }
        });
        after.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::sql-after[]
                from("direct:orders")
                    .to("databricks:sales?query=SELECT order_id, amount FROM orders WHERE region = :#region AND order_id IN (:#in:ids)");
                // end::sql-after[]
            }
        });

        assertThat(rows).isEqualTo(List.of(Map.of("order_id", 3, "amount", new BigDecimal("30.50"))));
        assertThat(after.request("direct:orders", null, HEADERS).getMessage().getBody()).isEqualTo(rows);
    }

    @Test
    void jdbc() throws Exception {
        Object rows = before(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::jdbc-before[]
                from("direct:orders")
                    .setBody(constant("SELECT order_id, amount FROM orders WHERE region = :?region AND order_id = :?first"))
                    .to("jdbc:databricks?useHeadersAsParameters=true");
                // end::jdbc-before[]
            }
        });
        after.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::jdbc-after[]
                from("direct:order")
                    .to("databricks:sales?query=SELECT order_id, amount FROM orders WHERE region = :region AND order_id = :first");
                // end::jdbc-after[]
            }
        });

        assertThat(rows).isEqualTo(List.of(Map.of("order_id", 3, "amount", new BigDecimal("30.50"))));
        assertThat(after.request("direct:order", null, HEADERS).getMessage().getBody()).isEqualTo(rows);
    }

    private static final Map<String, Object> HEADERS = Map.of("region", "north", "ids", List.of(2, 3), "first", 3);

    private static Object before(RouteBuilder routes) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("databricks", before);
            context.addRoutes(routes);
            context.start();
            return context.createProducerTemplate().requestBodyAndHeaders("direct:orders", null, HEADERS);
        }
    }
}
