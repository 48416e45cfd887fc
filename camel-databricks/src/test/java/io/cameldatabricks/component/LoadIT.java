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

import java.io.ByteArrayInputStream;
import java.io.File;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.ingest.BadRow;
import io.cameldatabricks.component.volume.VolumeEntry;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** LOAD on Spark SQL and Delta Lake, with files in a Volume. */
class LoadIT {

    private static final String STAGING = "/Volumes/main/load_it/stage/in";

    /** All but the first, which CSV cannot carry. */
    private static final String CONTROLS = IntStream.rangeClosed(1, 0x9f)
            .filter(Character::isISOControl)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    private static RunningContext camel;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        camel = new RunningContext();
        execute("CREATE SCHEMA IF NOT EXISTS main.load_it");
        execute("CREATE VOLUME IF NOT EXISTS main.load_it.stage");
    }

    @AfterAll
    static void stop() {
        execute("DROP SCHEMA IF EXISTS main.load_it CASCADE");
        camel.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "CSV"})
    void shouldLoadValuesOfEveryTypeAsInsertWritesThem(String format) {
        String table = "types_" + format;
        execute("CREATE OR REPLACE TABLE main.load_it." + table
                + " (i INT, g BIGINT, d DOUBLE, f FLOAT, e DECIMAL(38,18),"
                + " s STRING, b BINARY, l DATE, t TIMESTAMP, n TIMESTAMP_NTZ, o BOOLEAN, x INT)");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("i", Integer.MIN_VALUE);
        row.put("g", Long.MAX_VALUE);
        row.put("d", 0.1);
        row.put("f", 1.5f);
        row.put("e", new BigDecimal("12345678901234567890.123456789012345678"));
        row.put("s", "it's \"é😀\" \\ ,;\n\r\t{}[] \\N 'x' ${body} # \r\n\r\n\u2028\ufeff\uffff" + CONTROLS);
        row.put("b", new byte[] {0, -1, 10});
        row.put("l", LocalDate.of(2024, 2, 29));
        row.put("t", Instant.parse("2024-02-29T12:00:00.123456Z"));
        row.put("n", LocalDateTime.parse("2024-02-29T12:00:00.123456"));
        row.put("o", true);
        row.put("x", null);
        Map<String, Object> empty = new LinkedHashMap<>(row);
        empty.replaceAll((name, value) -> name.equals("s") ? "" : name.equals("i") ? 7 : null);
        empty.put("d", Double.NaN);
        empty.put("f", Float.NEGATIVE_INFINITY);

        if (format.equals("JSON")) {
            row.computeIfPresent("s", (name, value) -> value + "\u0000");
        } else {
            assertThat(load("table=main.load_it." + table + "&fileFormat=CSV", Map.of("s", "a\u0000"))
                            .getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the column s holds the character U+0000");
        }

        Exchange loaded = load("table=main.load_it." + table + "&fileFormat=" + format, List.of(row, empty));
        Exchange inserted =
                camel.send(uri("operation=INSERT&table=main.load_it." + table), List.of(row, empty), Map.of());

        assertThat(loaded.getException()).isNull();
        assertThat(inserted.getException()).isNull();
        assertThat(loaded.getMessage().getBody()).isEqualTo(2L);
        assertThat(loaded.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.UPDATE_COUNT, 2L)
                .containsEntry(DatabricksConstants.ROW_COUNT, 2)
                .containsEntry(DatabricksConstants.ALREADY_LOADED, false)
                .containsEntry(DatabricksConstants.STATE, "SUCCEEDED");
        List<Map<String, Object>> read = rows("SELECT * FROM main.load_it." + table + " ORDER BY i");
        assertThat(read).hasSize(4);
        assertThat(read.get(0)).usingRecursiveComparison().isEqualTo(read.get(1));
        assertThat(read.get(2))
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(read.get(3));
        assertThat(read.get(0)).containsEntry("s", row.get("s")).containsEntry("e", row.get("e"));
        assertThat(read.get(2)).containsEntry("s", "").containsEntry("e", null);
        assertThat(staged()).isEmpty();
    }

    @Test
    void shouldLoadNestedValues() {
        execute("CREATE OR REPLACE TABLE main.load_it.nested (id INT, a ARRAY<STRUCT<n: INT, at: STRING>>,"
                + " m MAP<STRING, DECIMAL(10,2)>, text STRING)");
        Map<String, Object> row = Map.of(
                "id", 1,
                "a", List.of(Map.of("n", 1, "at", "x"), Map.of("at", "y", "n", 2)),
                "m", Map.of("k", new BigDecimal("1.25")),
                "text", List.of(1, "b"));

        Exchange exchange = load("table=main.load_it.nested", row);

        assertThat(exchange.getException()).isNull();
        assertThat(rows("SELECT a[1].n AS n, a[0].at AS at, m['k'] AS k, text FROM main.load_it.nested"))
                .isEqualTo(List.of(Map.of("n", 2, "at", "x", "k", new BigDecimal("1.25"), "text", "[1,\"b\"]")));
    }

    @Test
    void shouldLoadScalarsOfEveryTypeInsideAStruct() {
        execute(
                "CREATE OR REPLACE TABLE main.load_it.deep (s STRUCT<t: TIMESTAMP, n: TIMESTAMP_NTZ, d: DATE, b: BINARY,"
                        + " x: DOUBLE, e: DECIMAL(38,18), g: BIGINT, o: BOOLEAN, s: STRING, z: INT>)");
        Map<String, Object> struct = new LinkedHashMap<>();
        struct.put("t", Instant.parse("2024-02-29T12:00:00.123456Z"));
        struct.put("n", LocalDateTime.parse("2024-02-29T12:00:00.123456"));
        struct.put("d", LocalDate.of(2024, 2, 29));
        struct.put("b", new byte[] {0, -1, 10});
        struct.put("x", Double.NaN);
        struct.put("e", new BigDecimal("12345678901234567890.123456789012345678"));
        struct.put("g", Long.MAX_VALUE);
        struct.put("o", false);
        struct.put("s", "\"\\ \r\n\u0000é😀");
        struct.put("z", null);

        Exchange exchange = load("table=main.load_it.deep", Map.of("s", struct));

        assertThat(exchange.getException()).isNull();
        assertThat(rows("SELECT s.* FROM main.load_it.deep"))
                .singleElement()
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(struct);
    }

    @Test
    void shouldLoadAMessageOnceHoweverOftenItIsSent() {
        execute("CREATE OR REPLACE TABLE main.load_it.once (id INT)");
        List<Map<String, Object>> rows = IntStream.range(0, 3)
                .mapToObj(i -> Map.<String, Object>of("id", i))
                .toList();

        Exchange first = load("table=main.load_it.once", rows);
        Exchange again = load("table=main.load_it.once", new ArrayList<>(rows));
        Exchange kept = load("table=main.load_it.once&stagedFile=KEEP", rows);

        assertThat(first.getMessage().getBody()).isEqualTo(3L);
        assertThat(List.of(again, kept)).allSatisfy(exchange -> {
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo(0L);
            assertThat(exchange.getMessage().getHeaders())
                    .containsEntry(DatabricksConstants.ALREADY_LOADED, true)
                    .containsEntry(DatabricksConstants.ROW_COUNT, 3);
        });
        assertThat(count("once")).isEqualTo(3);
        assertThat(staged()).hasSize(1);
        load("table=main.load_it.once", rows);
        assertThat(staged()).isEmpty();
    }

    @Test
    void shouldTellMessagesApartByTheirKey() {
        execute("CREATE OR REPLACE TABLE main.load_it.keyed (id INT)");
        List<Map<String, Object>> rows = List.of(Map.of("id", 1));

        for (String key : List.of("a", "b", "a")) {
            assertThat(camel.send(
                                    uri("operation=LOAD&volumePath=" + STAGING + "&table=main.load_it.keyed"),
                                    rows,
                                    Map.of(DatabricksConstants.LOAD_KEY, key))
                            .getException())
                    .isNull();
        }

        assertThat(count("keyed")).isEqualTo(2);
    }

    @Test
    void shouldMoveWhatIsLoaded() {
        execute("CREATE OR REPLACE TABLE main.load_it.moved (id INT)");
        String target = "/Volumes/main/load_it/stage/done";

        Exchange exchange = load("table=main.load_it.moved&stagedFile=MOVE&moveTo=" + target, List.of(Map.of("id", 5)));

        assertThat(exchange.getException()).isNull();
        assertThat(staged()).isEmpty();
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.VOLUME_PATH, String.class))
                .startsWith(target + "/camel-")
                .endsWith(".json");
        assertThat(list(target)).hasSize(1);
    }

    @Test
    void shouldLoadFilesOfEveryKind() throws Exception {
        execute("CREATE OR REPLACE TABLE main.load_it.files (id BIGINT, name STRING)");
        File json = Files.writeString(folder.resolve("a.jsonl"), "{\"id\":1,\"name\":\"a\"}\n")
                .toFile();
        byte[] csv = "id;name\n2;b\n".getBytes(StandardCharsets.UTF_8);

        assertThat(load("table=main.load_it.files", json).getException()).isNull();
        assertThat(load(
                                "table=main.load_it.files&fileFormat=CSV&columns=id,name&formatOptions.header=true"
                                        + "&formatOptions.sep=;",
                                new ByteArrayInputStream(csv))
                        .getException())
                .isNull();
        assertThat(load("table=main.load_it.files&fileFormat=CSV&columns=name,id", "c,3\n")
                        .getException())
                .isNull();
        assertThat(load(
                                "table=main.load_it.files&fileFormat=JSON"
                                        + "&loadSelect=RAW(CAST(n AS BIGINT) AS id, upper(x) AS name)",
                                "{\"n\":\"4\",\"x\":\"d\"}")
                        .getException())
                .isNull();
        assertThat(load("table=main.load_it.files", "x").getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set the option fileFormat");

        assertThat(rows("SELECT * FROM main.load_it.files ORDER BY id"))
                .isEqualTo(List.of(
                        Map.of("id", 1L, "name", "a"),
                        Map.of("id", 2L, "name", "b"),
                        Map.of("id", 3L, "name", "c"),
                        Map.of("id", 4L, "name", "D")));
        assertThat(staged()).isEmpty();
    }

    @Test
    void shouldLoadParquetAsItIs() {
        execute(
                "CREATE OR REPLACE TABLE main.load_it.origin AS SELECT /*+ COALESCE(1) */ id, CAST(id AS STRING) AS text"
                        + " FROM range(10)");
        execute("CREATE OR REPLACE TABLE main.load_it.parquet (id BIGINT, text STRING)");
        // Delta keeps its rows in such a file
        String file = (String) rows("SELECT DISTINCT _metadata.file_path AS path FROM main.load_it.origin")
                .get(0)
                .get("path");

        Exchange exchange = load("table=main.load_it.parquet", Path.of(URI.create(file)));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(10L);
        assertThat(rows("SELECT count(*) AS n, sum(id) AS s FROM main.load_it.parquet"))
                .isEqualTo(List.of(Map.of("n", 10L, "s", 45L)));
    }

    @Test
    void shouldLoadManyRowsOfAnInsertAndInsertFew() {
        execute("CREATE OR REPLACE TABLE main.load_it.many (id INT, text STRING)");
        String options = "operation=INSERT&loadThreshold=100&volumePath=" + STAGING + "&table=main.load_it.many";
        int before = warehouse.statements().size();

        Exchange many = camel.send(uri(options), iterator(101), Map.of());
        Exchange same = camel.send(uri(options), iterator(101), Map.of());
        Exchange few = camel.send(uri(options), iterator(100), Map.of());
        Exchange skipping = camel.send(uri(options + "&onBadRow=SKIP&batchSize=200"), iterator(101), Map.of());

        assertThat(List.of(many, same, few, skipping))
                .allSatisfy(exchange -> assertThat(exchange.getException()).isNull());
        assertThat(count("many")).isEqualTo(403);
        assertThat(warehouse.statements().stream().skip(before).map(each -> each.sql()
                        .split(" ")[0]))
                .containsExactly("SELECT", "COPY", "SELECT", "COPY", "INSERT", "INSERT", "SELECT");
    }

    private static Iterator<Map<String, Object>> iterator(int rows) {
        return IntStream.range(0, rows)
                .<Map<String, Object>>mapToObj(i -> Map.of("id", i, "text", "row " + i))
                .iterator();
    }

    @Test
    void shouldSayWhatTheServerRefusesAndLoadNothing() {
        execute("CREATE OR REPLACE TABLE main.load_it.refused (id INT NOT NULL)");

        Exchange text = load("table=main.load_it.refused", List.of(Map.of("id", 1), Map.of("id", "abc")));
        Exchange missing = load("table=main.load_it.no_such_table", List.of(Map.of("id", 1)));

        assertThat(text.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageStartingWith("Loading " + STAGING + "/camel-")
                .hasMessageNotContaining("abc");
        assertThat(missing.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
        assertThat(count("refused")).isZero();
        assertThat(staged()).isEmpty();
    }

    @Test
    void shouldLeaveOutRowsThatCannotBeWritten() {
        execute("CREATE OR REPLACE TABLE main.load_it.bad (id INT, name STRING)");
        List<Object> rows = new ArrayList<>(
                List.of(Map.of("id", 1, "name", "a"), Map.of("id", 2), Map.of("id", 3, "name", "c"), "no row at all"));

        Exchange exchange = load("table=main.load_it.bad&onBadRow=DEAD_LETTER&columns=id,name", rows);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(2L);
        List<?> bad = exchange.getMessage().getHeader(DatabricksConstants.BAD_ROWS, List.class);
        assertThat(bad).extracting(each -> ((BadRow) each).number()).containsExactly(2L, 4L);
        assertThat(bad).extracting(each -> ((BadRow) each).row()).containsExactly(rows.get(1), rows.get(3));
    }

    @Test
    void shouldLoadNothingOfAMessageWithoutRows() {
        Exchange none = load("table=main.load_it.none", List.of());
        Exchange empty = load("table=main.load_it.none&fileFormat=CSV", "");

        assertThat(List.of(none, empty)).allSatisfy(exchange -> {
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo(0L);
        });
    }

    @Test
    void shouldLoadColumnsWhoseNamesWouldBeSql() {
        execute("CREATE OR REPLACE TABLE main.load_it.`select` (`a``b?` INT, `or.der` STRING)"
                + " TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("a`b?", 1);
        row.put("or.der", "x");

        Exchange exchange = load("table=RAW(main.load_it.`select`)", Arrays.asList(row, row));

        assertThat(exchange.getException()).isNull();
        assertThat(rows("SELECT DISTINCT * FROM main.load_it.`select`"))
                .isEqualTo(List.of(Map.of("a`b?", 1, "or.der", "x")));
    }

    /** A cluster speaks Thrift; the files go the same way as always. */
    @Test
    void shouldLoadOnACluster() {
        execute("CREATE OR REPLACE TABLE main.load_it.on_cluster (id INT, name STRING)");
        String cluster = "databricks:cluster?host=" + warehouse.httpUrl() + "&httpPath=" + warehouse.clusterHttpPath()
                + "&accessToken=" + warehouse.token() + "&operation=LOAD&volumePath=" + STAGING
                + "&table=main.load_it.on_cluster&columns=id,name";
        List<Map<String, Object>> rows = List.of(Map.of("id", 1, "name", "a"), Map.of("id", 2, "name", "b"));

        Exchange first = camel.send(cluster, rows, Map.of(DatabricksConstants.LOAD_KEY, "cluster-1"));
        Exchange again = camel.send(cluster, rows, Map.of(DatabricksConstants.LOAD_KEY, "cluster-1"));

        assertThat(first.getException()).isNull();
        assertThat(first.getMessage().getBody()).isEqualTo(2L);
        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getHeader(DatabricksConstants.ALREADY_LOADED))
                .isEqualTo(true);
        assertThat(count("on_cluster")).isEqualTo(2);
        assertThat(staged()).isEmpty();
    }

    private static Exchange load(String options, Object body) {
        return camel.send(uri("operation=LOAD&volumePath=" + STAGING + "&" + options), body, Map.of());
    }

    private static long count(String table) {
        return (Long)
                rows("SELECT count(*) AS n FROM main.load_it." + table).get(0).get("n");
    }

    private static List<VolumeEntry> staged() {
        return list(STAGING);
    }

    @SuppressWarnings("unchecked")
    private static List<VolumeEntry> list(String directory) {
        Exchange exchange = camel.send(uri("operation=LIST&volumePath=" + directory));
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(List.class);
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
