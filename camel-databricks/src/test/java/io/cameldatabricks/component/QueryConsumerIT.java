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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.support.processor.state.FileStateRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** Polled queries on Spark SQL and Delta Lake. */
class QueryConsumerIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    @TempDir
    static Path folder;

    private static RunningContext camel;
    private final List<Object> bodies = new ArrayList<>();

    @BeforeAll
    static void start() {
        camel = new RunningContext();
        camel.context()
                .getRegistry()
                .bind(
                        "positions",
                        FileStateRepository.fileStateRepository(
                                folder.resolve("positions").toFile()));
        execute("CREATE SCHEMA IF NOT EXISTS main.query_it");
    }

    @AfterAll
    static void stop() {
        execute("DROP SCHEMA IF EXISTS main.query_it CASCADE");
        camel.close();
    }

    @Test
    void shouldGiveEachRowOnceHoweverFewItAsksFor() throws Exception {
        execute("CREATE OR REPLACE TABLE main.query_it.t (id INT, at TIMESTAMP)");
        execute("INSERT INTO main.query_it.t SELECT id, timestamp'2024-01-01 00:00:00.123456' + make_interval(0, 0, 0,"
                + " 0, 0, 0, id DIV 3) FROM range(9)");
        String options = "query=SELECT id, at FROM main.query_it.t -- all&incrementingColumn=at&maxMessagesPerPoll=2"
                + "&outputType=SELECT_ONE&positionRepository=#positions";

        // three rows have the same time, and come together
        assertThat(poll(options)).isEqualTo(3);
        assertThat(poll(options)).isEqualTo(3);
        execute("INSERT INTO main.query_it.t VALUES (9, timestamp'2025-01-01')");
        assertThat(poll(options)).isEqualTo(3);
        assertThat(poll(options)).isEqualTo(1);
        assertThat(poll(options)).isZero();

        assertThat(values("id")).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(values("id")).endsWith("9");
    }

    @Test
    void shouldGoOnAfterAPositionOfEveryType() throws Exception {
        execute("CREATE OR REPLACE TABLE main.query_it.typed (id INT, n BIGINT, c DECIMAL(38,18), s STRING, d DATE,"
                + " w TIMESTAMP_NTZ, t TIMESTAMP)");
        // neighbours: the least step of each type, and nothing that a double could tell apart
        execute("INSERT INTO main.query_it.typed VALUES"
                + " (1, 9007199254740992, 1234567890123456789.000000000000000001, 'a%;\\'', DATE'2024-02-29',"
                + " timestamp_ntz'2024-03-31 02:30:00', timestamp'2024-03-31 01:59:59.999999'),"
                + " (2, 9007199254740993, 1234567890123456789.000000000000000002, 'a%;\\'\\n', DATE'2024-03-01',"
                + " timestamp_ntz'2024-03-31 02:30:00.000001', timestamp'2024-03-31 02:00:00')");
        Map<String, String> initial = Map.of(
                "n", "9007199254740992",
                "c", "DECIMAL(38,18):1234567890123456789.000000000000000001",
                "s", "a%;'",
                "d", "2024-02-29",
                "w", "2024-03-31T02:30",
                "t", "2024-03-31T01:59:59.999999Z");
        for (String column : List.of("n", "c", "s", "d", "w", "t")) {
            String options = "query=SELECT * FROM main.query_it.typed;&incrementingColumn=" + column
                    + "&maxMessagesPerPoll=1&outputType=SELECT_ONE&positionRepository=#positions";
            bodies.clear();
            assertThat(poll(options)).as(column).isEqualTo(1);
            assertThat(poll(options)).as(column).isEqualTo(1);
            assertThat(poll(options)).as(column).isZero();
            assertThat(values("id")).as(column).containsExactly("1", "2");

            bodies.clear();
            poll(options + "&positionKey=from-" + column + "&initialPosition=RAW(" + initial.get(column) + ")");
            assertThat(values("id")).as("initial " + column).containsExactly("2");
        }
    }

    @Test
    void shouldGiveTheChangesOfATableByVersion() throws Exception {
        execute("CREATE OR REPLACE TABLE main.query_it.changed (id INT, name STRING)"
                + " TBLPROPERTIES (delta.enableChangeDataFeed = true)");
        execute("INSERT INTO main.query_it.changed VALUES (1, 'a'), (2, 'b')");
        String options = "changeFeed=main.query_it.changed&outputType=SELECT_ONE&maxMessagesPerPoll=1"
                + "&positionRepository=#positions";

        assertThat(poll(options)).isEqualTo(2);
        assertThat(poll(options)).isZero();
        execute("UPDATE main.query_it.changed SET name = 'B' WHERE id = 2");
        execute("DELETE FROM main.query_it.changed WHERE id = 1");
        assertThat(poll(options)).isEqualTo(2);
        assertThat(poll(options)).isEqualTo(1);

        assertThat(values("_change_type", "name"))
                .containsExactlyInAnyOrder(
                        "insert a", "insert b", "update_preimage b", "update_postimage B", "delete a");
    }

    @Test
    void shouldGoOnWhenTheTableHasForgottenTheVersionOfThePosition() throws Exception {
        execute("CREATE OR REPLACE TABLE main.query_it.quiet (id INT) TBLPROPERTIES"
                + " (delta.enableChangeDataFeed = true, delta.checkpointInterval = 2)");
        String options = "changeFeed=main.query_it.quiet&outputType=SELECT_ONE&positionRepository=#positions";
        execute("INSERT INTO main.query_it.quiet VALUES (1)");
        assertThat(poll(options)).isEqualTo(1);
        for (int id = 2; id < 5; id++) {
            execute("INSERT INTO main.query_it.quiet VALUES (" + id + ")");
        }
        forget("main.query_it.quiet", 1);

        assertThat(poll(options)).isEqualTo(3);
        assertThat(poll(options)).isZero();

        assertThat(values("id")).containsExactly("1", "2", "3", "4");
    }

    /** As the table does by itself, some time after a checkpoint. */
    private static void forget(String table, int version) throws Exception {
        Exchange detail = camel.send(uri("query=RAW(DESCRIBE DETAIL " + table + ")&outputType=SELECT_ONE"));
        Path log = Path.of(java.net.URI.create(((Map<?, ?>) detail.getMessage().getBody())
                        .get("location")
                        .toString()
                        .replaceFirst("^(file:)?/+", "file:///")))
                .resolve("_delta_log");
        for (int i = 0; i <= version; i++) {
            java.nio.file.Files.delete(log.resolve(String.format("%020d.json", i)));
            java.nio.file.Files.deleteIfExists(log.resolve(String.format(".%020d.json.crc", i)));
        }
    }

    private int poll(String options) throws Exception {
        DatabricksQueryConsumer consumer = (DatabricksQueryConsumer) camel.context()
                .getEndpoint(uri(options + "&startScheduler=false"))
                .createConsumer(exchange -> bodies.add(exchange.getMessage().getBody()));
        consumer.start();
        try {
            return consumer.poll();
        } finally {
            consumer.stop();
        }
    }

    private List<String> values(String... columns) {
        return bodies.stream()
                .map(row -> Arrays.stream(columns)
                        .map(column -> String.valueOf(((Map<?, ?>) row).get(column)))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static void execute(String sql) {
        Exchange exchange = camel.send(uri("query=RAW(" + sql + ")"));
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
    }

    private static String uri(String options) {
        return "databricks:test?" + warehouse.endpointOptions() + "&" + options;
    }
}
