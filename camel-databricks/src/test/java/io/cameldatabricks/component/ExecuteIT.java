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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.databricks.client.jdbc.Driver;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** EXECUTE on Spark SQL and Delta Lake. */
class ExecuteIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    private static RunningContext camel;

    @BeforeAll
    static void start() {
        camel = new RunningContext();
        assertSucceeded(camel.send(uri("query=CREATE SCHEMA IF NOT EXISTS main.execute_it")));
        assertSucceeded(
                camel.send(
                        uri(
                                "query=CREATE OR REPLACE TABLE main.execute_it.orders (id INT, customer STRING, amount DECIMAL(10,2))")));
    }

    @AfterAll
    static void stop() {
        camel.send(uri("query=DROP SCHEMA IF EXISTS main.execute_it CASCADE"));
        camel.close();
    }

    @Test
    void shouldWriteWithBoundParametersAndReadBack() {
        String insert = uri("query=INSERT INTO main.execute_it.orders VALUES (:id, :customer, :amount)");
        for (int i = 1; i <= 3; i++) {
            Exchange written = camel.send(
                    insert,
                    Map.of("id", i, "customer", "O'Neil; -- " + i, "amount", new BigDecimal("10.50")),
                    Map.of());
            assertSucceeded(written);
            assertThat(written.getMessage().getHeader(DatabricksConstants.UPDATE_COUNT))
                    .isEqualTo(1L);
        }

        Exchange read = camel.send(
                uri(
                        "query=SELECT id, customer, amount FROM main.execute_it.orders WHERE id BETWEEN ? AND ? ORDER BY id"),
                Arrays.asList(2, 3),
                Map.of());

        assertSucceeded(read);
        assertThat(read.getMessage().getBody())
                .isEqualTo(List.of(
                        Map.of("id", 2, "customer", "O'Neil; -- 2", "amount", new BigDecimal("10.50")),
                        Map.of("id", 3, "customer", "O'Neil; -- 3", "amount", new BigDecimal("10.50"))));
        assertThat(read.getMessage().getHeader(DatabricksConstants.COLUMN_NAMES))
                .isEqualTo(List.of("id", "customer", "amount"));
    }

    @Test
    void shouldSayWhichTableIsMissing() {
        Exchange exchange = camel.send(uri("query=SELECT * FROM main.execute_it.nowhere WHERE a = 'hunter2'"));

        assertThat(exchange.getException())
                .isInstanceOfSatisfying(PermanentDatabricksException.class, e -> {
                    assertThat(e.getSqlState()).isEqualTo("42P01");
                    assertThat(e.getErrorCode()).isEqualTo("TABLE_OR_VIEW_NOT_FOUND");
                })
                .hasMessageContaining("nowhere")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldCutRowsAtTheLimitAndSayNothingAboutAWholeResult() {
        Exchange cut = camel.send(uri("rowLimit=5&query=SELECT id FROM range(10)"));
        Exchange whole = camel.send(uri("query=SELECT id FROM range(10)"));

        assertThat(cut.getMessage().getHeader(DatabricksConstants.ROW_COUNT)).isEqualTo(5);
        assertThat(cut.getMessage().getHeader(DatabricksConstants.TRUNCATED)).isEqualTo(true);
        assertThat(whole.getMessage().getHeader(DatabricksConstants.ROW_COUNT)).isEqualTo(10);
        assertThat(whole.getMessage().getHeader(DatabricksConstants.TRUNCATED)).isEqualTo(false);
    }

    @Test
    void shouldStopOnTheServerWhatRunsTooLong() {
        String endless =
                "query=SELECT count(*) FROM range(100000000) a CROSS JOIN range(100000000) b WHERE pmod(a.id * b.id, 7) = 3";

        Exchange exchange = camel.send(uri("queryTimeout=1s&" + endless));

        assertThat(exchange.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessage("The statement ran longer than queryTimeout="
                        + Duration.ofSeconds(1).toMillis() + "ms and was cancelled");
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.STATE)).isEqualTo("CANCELED");
    }

    @Test
    void shouldUseADataSourceAsItIs() {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName(Driver.class.getName());
        config.setJdbcUrl(warehouse.jdbcUrl());
        config.setMaximumPoolSize(2);
        try (HikariDataSource dataSource = new HikariDataSource(config)) {
            camel.context().getRegistry().bind("mine", dataSource);

            Exchange exchange = camel.send("databricks:bean?dataSource=#mine&query=SELECT 6 * 7 AS answer");

            assertSucceeded(exchange);
            assertThat(exchange.getMessage().getBody()).isEqualTo(List.of(Map.of("answer", 42)));
            assertThat(dataSource.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void shouldConnectWithTheUrlOfSqlAlchemyAndOfJdbc() {
        String alchemy = "databricks://token:" + warehouse.token() + "@127.0.0.1:" + warehouse.port()
                + "?scheme=http&http_path=" + warehouse.httpPath() + "&catalog=main&schema=execute_it";
        Exchange first =
                camel.send("databricks:a?connectionUrl=RAW(" + alchemy + ")&query=SELECT current_schema() AS s");
        Exchange second =
                camel.send("databricks:b?connectionUrl=RAW(" + warehouse.jdbcUrl() + ")&query=SELECT 1 AS one");

        assertThat(first.getMessage().getBody()).isEqualTo(List.of(Map.of("s", "execute_it")));
        assertThat(second.getMessage().getBody()).isEqualTo(List.of(Map.of("one", 1)));
    }

    private static void assertSucceeded(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
    }

    private static String uri(String options) {
        return "databricks:test?" + warehouse.endpointOptions() + "&" + options;
    }
}
