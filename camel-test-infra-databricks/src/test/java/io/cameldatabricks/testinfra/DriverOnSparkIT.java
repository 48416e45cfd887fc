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
package io.cameldatabricks.testinfra;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The protocol side and Spark together: formats, compression, links, chunks. */
class DriverOnSparkIT {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.create();

    private final Sea sea = new Sea(warehouse);

    @Test
    void shouldSelectOne() throws SQLException {
        assertThat(sum("SELECT 1", Map.of())).isEqualTo(1);
    }

    @Test
    void shouldCreateWriteAndRead() throws SQLException {
        try (Connection connection = DriverManager.getConnection(warehouse.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE main.default.driver_on_spark (id BIGINT, name STRING)");
            assertThat(statement.executeUpdate("INSERT INTO main.default.driver_on_spark VALUES (1, 'a'), (2, NULL)"))
                    .isEqualTo(2);
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT name FROM main.default.driver_on_spark WHERE id = ?")) {
                select.setLong(1, 1);
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("a");
                }
            }
        }
    }

    @Test
    void shouldReadAMillionRowsBehindCompressedLinks() throws SQLException {
        long before = links();
        assertThat(sum("SELECT id FROM range(1000000)", Map.of())).isEqualTo(499_999_500_000L);
        assertThat(links() - before).isGreaterThan(5);
    }

    @Test
    void shouldReadManyChunksWithoutCompression() throws SQLException {
        assertThat(sum("SELECT id FROM range(300000)", Map.of("EnableQueryResultLZ4Compression", "0")))
                .isEqualTo(44_999_850_000L);
    }

    @Test
    void shouldReadManyChunksOfJson() throws SQLException {
        assertThat(sum("SELECT id FROM range(300000)", Map.of("EnableQueryResultDownload", "0")))
                .isEqualTo(44_999_850_000L);
    }

    @Test
    void shouldReadAnEmptyArrowResult() throws SQLException {
        try (Connection connection = DriverManager.getConnection(warehouse.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM range(10) WHERE id > 10")) {
            assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("id");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void shouldReportSqlStatesOfSpark() throws SQLException {
        try (Connection connection = DriverManager.getConnection(warehouse.jdbcUrl());
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM main.default.nobody"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
        }
    }

    @Test
    void shouldTakeStatementsWithoutASession() {
        Sea.Answer answer = sea.execute(
                "SELECT :a + 1, current_schema()",
                "\"parameters\":[{\"name\":\"a\",\"type\":\"INT\",\"value\":\"41\"}]",
                "\"catalog\":\"main\"",
                "\"schema\":\"default\"");
        assertThat(answer.json().at("/result/data_array/0/0").asText()).isEqualTo("42");
        assertThat(answer.json().at("/result/data_array/0/1").asText()).isEqualTo("default");
    }

    @Test
    void shouldWriteCsvBehindLinks() {
        Sea.Answer answer = sea.execute(
                "SELECT id, 'a,b' AS s FROM range(2) ORDER BY id",
                "\"disposition\":\"EXTERNAL_LINKS\"",
                "\"format\":\"CSV\"");
        String link = answer.json().at("/result/external_links/0/external_link").asText();
        assertThat(new String(sea.download(link).bytes())).containsSubsequence("id", "s", "0", "\"a,b\"", "1");
    }

    @Test
    void shouldMarkTruncatedResults() {
        Sea.Answer answer = sea.execute("SELECT id FROM range(100)", "\"row_limit\":10");
        assertThat(answer.json().at("/manifest/truncated").asBoolean()).isTrue();
        assertThat(answer.json().at("/manifest/total_row_count").asInt()).isEqualTo(10);
    }

    @Test
    void shouldCancelWhatSparkRuns() {
        String id = sea.execute(
                        "SELECT count(*) FROM range(100000) a CROSS JOIN range(100000) b WHERE a.id * b.id % 7 = 11",
                        "\"wait_timeout\":\"0s\"")
                .id();
        await().until(() -> sea.get(id).state().equals("RUNNING"));
        sea.send("POST", Sea.STATEMENTS + "/" + id + "/cancel", "{}");
        await().until(() -> sea.get(id).state().equals("CANCELED"));
    }

    private long links() {
        return warehouse.requests().stream()
                .filter(request -> request.uri().startsWith("/results/"))
                .count();
    }

    private static long sum(String sql, Map<String, String> parameters) throws SQLException {
        try (Connection connection = DriverManager.getConnection(warehouse.jdbcUrl(parameters));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(1);
            }
            return sum;
        }
    }
}
