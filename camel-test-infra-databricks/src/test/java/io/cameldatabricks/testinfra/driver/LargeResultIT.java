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
package io.cameldatabricks.testinfra.driver;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.cameldatabricks.testinfra.WarehouseRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Very many rows by every transport, a million with the profile {@code soak}, counted and summed as the server does; limits; reading while more comes. */
class LargeResultIT extends DriverTest {

    private static final int MANY = Integer.getInteger("large.result.rows", 400_000);
    private static final String ROWS =
            "SELECT id, CAST(id * 0.25 AS DECIMAL(20,2)) AS d, concat('row-', id) AS s FROM range(" + MANY + ")";
    /** Within the 25 MiB that an answer may carry. */
    private static final String SMALLER_ROWS = "SELECT id, CAST(id % 4 * 0.25 AS DECIMAL(20,2)) AS d,"
            + " concat('r', id % 10) AS s FROM range(" + MANY + ")";

    /** Asked once, because they take as long as the reading. */
    private static final Map<String, List<Object>> SUMS = new ConcurrentHashMap<>();

    @ParameterizedTest
    @MethodSource("transports")
    void shouldReadVeryManyRows(Transport transport) throws SQLException {
        String select = transport == Transport.JSON ? SMALLER_ROWS : ROWS;
        List<Object> expected = sumsOfTheServer(select);
        int mark = warehouse.requests().size();
        try (SqlClient client = connect(transport.parameters());
                Statement statement = client.connection().createStatement()) {
            long start = System.nanoTime();
            try (ResultSet rows = statement.executeQuery(select)) {
                Sums sums = Sums.of(rows);
                Figures.print(
                        MANY + " rows, " + transport,
                        String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9));
                assertThat(sums.asRow()).isEqualTo(expected);
            }
        }
        List<WarehouseRequest> requests = warehouse.requests();
        // the log may have dropped its oldest
        List<WarehouseRequest> since = requests.subList(Math.min(mark, requests.size()), requests.size());
        long links =
                since.stream().filter(one -> one.uri().startsWith("/results/")).count();
        if (transport.links()) {
            assertThat(links).isGreaterThan(5);
        } else {
            assertThat(links).isZero();
            assertThat(since)
                    .filteredOn(one ->
                            one.uri().contains("/result/chunks/") || one.body().startsWith("FetchResults "))
                    .hasSizeGreaterThan(1);
        }
    }

    private List<Object> sumsOfTheServer(String select) throws SQLException {
        List<Object> sums = SUMS.get(select);
        if (sums == null) {
            sums = sql.row("SELECT count(*), sum(id), sum(d), sum(length(s)), sum(crc32(s)) FROM (" + select + ")");
            SUMS.put(select, sums);
        }
        return sums;
    }

    /** Over Thrift rows come page by page, without a limit. */
    @Test
    @InMode(DriverMode.SEA)
    void shouldRefuseAnswersOverTheInlineLimit() throws SQLException {
        try (SqlClient client = connect(Transport.JSON.parameters())) {
            assertThatThrownBy(() -> client.rows(ROWS.replace("range(" + MANY + ")", "range(1000000)")))
                    .hasMessageContaining("Inline byte limit exceeded");
            assertThat(client.value("SELECT 1")).isEqualTo(1);
        }
    }

    private record Sums(long count, long ids, BigDecimal decimals, long lengths, long checksums) {

        static Sums of(ResultSet rows) throws SQLException {
            CRC32 crc = new CRC32();
            long count = 0;
            long ids = 0;
            long hundredths = 0;
            long lengths = 0;
            long checksums = 0;
            while (rows.next()) {
                count++;
                ids += rows.getLong(1);
                hundredths += rows.getBigDecimal(2).unscaledValue().longValueExact();
                String text = rows.getString(3);
                lengths += text.length();
                crc.reset();
                crc.update(text.getBytes(StandardCharsets.US_ASCII));
                checksums += crc.getValue();
            }
            return new Sums(count, ids, BigDecimal.valueOf(hundredths, 2), lengths, checksums);
        }

        List<Object> asRow() {
            return List.of(count, ids, decimals, lengths, checksums);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldKeepTheOrderOverChunks(Transport transport) throws SQLException {
        try (SqlClient client = connect(transport.parameters());
                Statement statement = client.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM range(300000) ORDER BY id DESC")) {
            long expected = 300_000;
            while (rows.next()) {
                if (rows.getLong(1) != --expected) {
                    assertThat(rows.getLong(1)).isEqualTo(expected);
                }
            }
            assertThat(expected).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldStopAtMaxRows(Transport transport) throws SQLException {
        try (SqlClient client = connect(transport.parameters());
                Statement statement = client.connection().createStatement()) {
            statement.setMaxRows(250_001);
            try (ResultSet rows = statement.executeQuery("SELECT id FROM range(400000)")) {
                long count = 0;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(250_001);
            }
        }
    }

    @Test
    void shouldReadWideRows() throws SQLException {
        assertThat(sql.rows("SELECT repeat('x', 1000000) AS a, id FROM range(20) ORDER BY id"))
                .hasSize(20)
                .allSatisfy(row -> assertThat((String) row.get(0)).hasSize(1_000_000));
    }

    @Test
    void shouldLeaveALargeResultHalfRead() throws SQLException {
        try (Statement statement = sql.connection().createStatement()) {
            for (int i = 0; i < 3; i++) {
                try (ResultSet rows = statement.executeQuery("SELECT id FROM range(500000) ORDER BY id")) {
                    for (int n = 0; n < 10; n++) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getLong(1)).isEqualTo(n);
                    }
                }
            }
        }
        assertThat(sql.value("SELECT 1")).isEqualTo(1);
    }

    @Test
    void shouldReadTwoLargeResultsInTurn() throws SQLException {
        try (Statement first = sql.connection().createStatement();
                Statement second = sql.connection().createStatement();
                ResultSet left = first.executeQuery("SELECT id FROM range(250000) ORDER BY id");
                ResultSet right = second.executeQuery("SELECT id * 2 FROM range(250000) ORDER BY id")) {
            long rows = 0;
            while (left.next() && right.next()) {
                rows += left.getLong(1) * 2 == right.getLong(1) ? 1 : 0;
            }
            assertThat(rows).isEqualTo(250_000);
        }
    }

    @Test
    void shouldAnswerSmallStatements() throws SQLException {
        Latencies latencies = new Latencies();
        try (SqlClient client = connect(Map.of())) {
            for (int i = 0; i < 30; i++) {
                long start = System.nanoTime();
                assertThat(client.value("SELECT 1")).isEqualTo(1);
                latencies.add(System.nanoTime() - start);
            }
        }
        Figures.print("SELECT 1, 30 times", latencies.toString());
    }
}
