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
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.ingest.BadRow;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** INSERT on Spark SQL and Delta Lake. */
class InsertIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    private static RunningContext camel;

    /** A row by its components. */
    record Order(int id, String customer, BigDecimal amount) {}

    @BeforeAll
    static void start() {
        camel = new RunningContext();
        execute("CREATE SCHEMA IF NOT EXISTS main.insert_it");
    }

    @AfterAll
    static void stop() {
        execute("DROP SCHEMA IF EXISTS main.insert_it CASCADE");
        camel.close();
    }

    @Test
    void shouldInsertRowsOfEveryKind() {
        orders("kinds");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", 2);
        map.put("customer", "it's ` ? :x -- \\ \"\n");
        map.put("amount", null);
        List<Object> rows = List.of(
                new Order(1, "a", new BigDecimal("1.50")), map, Arrays.asList(3, null, 7), new Object[] {4, "d", 1.25});

        Exchange exchange = insert("table=main.insert_it.kinds&columns=id,customer,amount", rows);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(4L);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.UPDATE_COUNT, 4L)
                .containsEntry(DatabricksConstants.ROW_COUNT, 4);
        assertThat(rows("SELECT * FROM main.insert_it.kinds ORDER BY id"))
                .extracting(row -> row.get("customer"), row -> row.get("amount"))
                .containsExactly(
                        tuple("a", new BigDecimal("1.50")),
                        tuple("it's ` ? :x -- \\ \"\n", null),
                        tuple(null, new BigDecimal("7.00")),
                        tuple("d", new BigDecimal("1.25")));
    }

    @Test
    void shouldInsertValuesOfEveryTypeAsTheyAre() {
        execute("CREATE OR REPLACE TABLE main.insert_it.types (i BIGINT, d DOUBLE, s STRING, b BINARY, l DATE,"
                + " t TIMESTAMP, n TIMESTAMP_NTZ, o BOOLEAN)");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("i", Long.MAX_VALUE);
        row.put("d", 0.1);
        row.put("s", "é😀");
        row.put("b", new byte[] {0, -1});
        row.put("l", LocalDate.of(2024, 2, 29));
        row.put("t", Instant.parse("2024-02-29T12:00:00.123456Z"));
        row.put("n", LocalDateTime.parse("2024-02-29T12:00:00.123456"));
        row.put("o", true);

        Exchange exchange = insert("table=main.insert_it.types", row);

        assertThat(exchange.getException()).isNull();
        Map<String, Object> read = rows("SELECT * FROM main.insert_it.types").get(0);
        assertThat((byte[]) read.get("b")).containsExactly(0, -1);
        row.remove("b");
        assertThat(read).containsAllEntriesOf(row);
    }

    @Test
    void shouldInsertAStreamThatIsLargerThanAStatement() {
        execute("CREATE OR REPLACE TABLE main.insert_it.many (id INT, text STRING, more INT)");
        Stream<List<Object>> rows = IntStream.range(0, 500).mapToObj(i -> List.of(i, "row " + i, -i));

        Exchange exchange = insert("table=main.insert_it.many", rows);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(500L);
        Map<String, Object> read =
                rows("SELECT count(*) AS n, count(DISTINCT id) AS d, sum(id + more) AS s FROM main.insert_it.many")
                        .get(0);
        assertThat(read).containsEntry("n", 500L).containsEntry("d", 500L).containsEntry("s", 0L);
    }

    @Test
    void shouldInsertIntoNamesThatWouldBeSql() {
        execute("CREATE OR REPLACE TABLE main.insert_it.`select` (`a``b?` INT, `order` STRING)"
                + " TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("a`b?", 1);
        row.put("order", "x");

        Exchange exchange = insert("table=RAW(main.insert_it.`select`)", row);

        assertThat(exchange.getException()).isNull();
        assertThat(rows("SELECT * FROM main.insert_it.`select`")).isEqualTo(List.of(Map.of("a`b?", 1, "order", "x")));
    }

    @Test
    void shouldLeaveOutWhatTheServerRefuses() {
        execute("CREATE OR REPLACE TABLE main.insert_it.checked (id INT NOT NULL, n INT)");
        execute("ALTER TABLE main.insert_it.checked ADD CONSTRAINT positive CHECK (n > 0)");
        List<Object> rows = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            rows.add(Arrays.asList(i == 6 ? null : i, i == 3 ? -3 : i));
        }

        Exchange exchange = insert("table=main.insert_it.checked&onBadRow=DEAD_LETTER", rows);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(6L);
        List<?> bad = exchange.getMessage().getHeader(DatabricksConstants.BAD_ROWS, List.class);
        assertThat(bad).extracting(each -> ((BadRow) each).number()).containsExactly(3L, 6L);
        assertThat(bad).extracting(each -> ((BadRow) each).row()).containsExactly(rows.get(2), rows.get(5));
        assertThat(rows("SELECT count(*) AS n FROM main.insert_it.checked")).isEqualTo(List.of(Map.of("n", 6L)));
    }

    @Test
    void shouldWriteNothingOfAStatementThatTheServerRefuses() {
        execute("CREATE OR REPLACE TABLE main.insert_it.refused (id INT NOT NULL)");

        Exchange exchange = insert(
                "table=main.insert_it.refused",
                Arrays.asList(Arrays.asList(1), Arrays.asList((Object) null), Arrays.asList(3)));

        assertThat(exchange.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageStartingWith("In rows 1 to 3, before any was written: The statement failed: DELTA_NOT_NULL");
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.UPDATE_COUNT))
                .isEqualTo(0L);
        assertThat(rows("SELECT * FROM main.insert_it.refused")).isEmpty();
    }

    private static void orders(String table) {
        execute("CREATE OR REPLACE TABLE main.insert_it." + table + " (id INT, customer STRING, amount DECIMAL(10,2))");
    }

    private static Exchange insert(String options, Object body) {
        return camel.send(uri("operation=INSERT&" + options), body, Map.of());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(String sql) {
        return execute(sql).getMessage().getBody(List.class);
    }

    private static Exchange execute(String sql) {
        Exchange exchange = camel.send(uri("query=RAW(" + sql + ")"));
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange;
    }

    private static String uri(String options) {
        return "databricks:test?" + warehouse.endpointOptions() + "&" + options;
    }
}
