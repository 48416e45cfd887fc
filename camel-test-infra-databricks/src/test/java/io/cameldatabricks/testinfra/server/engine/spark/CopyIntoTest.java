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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.testinfra.server.engine.EngineException;

import static org.assertj.core.api.Assertions.assertThat;

/** COPY INTO, and what else SQL does with the files of volumes. */
class CopyIntoTest {

    private static TestSession session;
    private static int tests;

    /** A folder of the volume, and the schema with the table, for one test alone. */
    private String folder;

    private String schema;

    @BeforeAll
    static void open() {
        session = SharedEngine.session();
        session.run(List.of("CREATE CATALOG loads", "CREATE SCHEMA loads.raw", "CREATE VOLUME loads.raw.landing"));
    }

    @AfterAll
    static void close() {
        session.run(List.of("USE main.default", "DROP CATALOG loads CASCADE"));
        session.close();
    }

    @BeforeEach
    void fresh() {
        tests++;
        schema = "loads.test" + tests;
        folder = "/Volumes/loads/raw/landing/" + tests;
        session.run(
                List.of("CREATE SCHEMA " + schema, "USE " + schema, "CREATE TABLE people (id BIGINT, name STRING)"));
        write("_keep", "");
    }

    private Path write(String name, String contents) {
        return write(name, contents.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte[] contents) {
        Path file = local().resolve(name);
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path local() {
        return SharedEngine.folder().resolve("volumes/loads/raw/landing").resolve(String.valueOf(tests));
    }

    private static List<List<String>> people() {
        return session.rows("SELECT id, name FROM people ORDER BY id");
    }

    @Test
    void shouldLoadEachFileOnce() {
        write("one.json", "{\"name\":\"a\",\"id\":1}\n{\"id\":2,\"name\":\"b\"}\n");
        CollectedResult first = session.run("COPY INTO people FROM '" + folder + "' FILEFORMAT = JSON");
        assertThat(first.columnNames())
                .containsExactly("num_affected_rows", "num_inserted_rows", "num_skipped_corrupt_files");
        assertThat(first.rows()).containsExactly(List.of("2", "2", "0"));
        assertThat(session.rows("COPY INTO people FROM '" + folder + "' FILEFORMAT = JSON"))
                .as("again")
                .containsExactly(List.of("0", "0", "0"));
        write("one.json", "{\"id\":9,\"name\":\"changed\"}");
        write("deep/er/two.json", "{\"id\":3}");
        write("_hidden.json", "{\"id\":4}");
        write(".hidden/x.json", "{\"id\":4}");
        assertThat(session.value("SELECT count(*) FROM people")).isEqualTo("2");
        assertThat(session.rows("COPY INTO " + schema + ".people FROM 'dbfs:/Volumes/LOADS/raw/landing/" + tests
                        + "/' FILEFORMAT = JSON"))
                .as("a changed file is no new one, under whatever name")
                .containsExactly(List.of("1", "1", "0"));
        assertThat(people()).containsExactly(List.of("1", "a"), List.of("2", "b"), java.util.Arrays.asList("3", null));
        assertThat(session.rows(
                        "COPY INTO people FROM '" + folder + "' FILEFORMAT = JSON COPY_OPTIONS ('force' = 'true')"))
                .containsExactly(List.of("2", "2", "0"));
        CollectedResult history = session.run("DESCRIBE HISTORY people");
        int operation = history.columnNames().indexOf("operation");
        assertThat(history.rows())
                .extracting(row -> row.get(operation))
                .containsExactly("COPY INTO", "COPY INTO", "COPY INTO", "CREATE TABLE");
        assertThat(history.rows().get(2).get(history.columnNames().indexOf("operationMetrics")))
                .contains("numOutputRows", "numSkippedCorruptFiles");
    }

    @Test
    void shouldRememberFilesInTheTable() {
        write("x.json", "{\"id\":1,\"name\":\"a\"}");
        String copy = "COPY INTO people FROM '" + folder + "/x.json' FILEFORMAT = JSON";
        assertThat(session.rows(copy).get(0)).startsWith("1");
        session.run("DELETE FROM people");
        assertThat(session.rows(copy).get(0)).as("emptied").startsWith("0");
        session.run(List.of("DROP TABLE people", "CREATE TABLE people (id BIGINT, name STRING)"));
        assertThat(session.rows(copy).get(0)).as("a new table").startsWith("1");
    }

    @Test
    void shouldRememberFilesAfterARestart() {
        write("x.json", "{\"id\":1,\"name\":\"a\"}");
        String copy = "COPY INTO " + schema + ".people FROM '" + folder + "' FILEFORMAT = JSON";
        session.run("ALTER TABLE people SET TBLPROPERTIES ('delta.checkpointInterval' = '2')");
        for (int i = 0; i < 3; i++) {
            write("y" + i + ".json", "{\"id\":" + i + "}");
            session.run(copy);
        }
        session.close();
        SharedEngine.restart();
        session = SharedEngine.session();
        session.run("USE " + schema);
        write("z.json", "{\"id\":99}");
        assertThat(session.rows(copy).get(0)).startsWith("1");
        assertThat(session.value("SELECT count(*) FROM people")).isEqualTo("5");
    }

    @Test
    void shouldLoadAFileOnceWhenManyTryAtOnce() throws Exception {
        for (int i = 0; i < 4; i++) {
            write("f" + i + ".json", ("{\"id\":" + i + "}\n").repeat(50));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<EngineException>> outcomes;
        try {
            List<Callable<EngineException>> copies = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                copies.add(this::copyInASession);
            }
            outcomes = threads.invokeAll(copies);
        } finally {
            threads.shutdownNow();
        }
        for (Future<EngineException> outcome : outcomes) {
            EngineException failure = outcome.get();
            if (failure != null) {
                assertThat(failure.getMessage()).startsWith("[COPY_INTO_DUPLICATED_FILES_COPY_NOT_ALLOWED]");
                assertThat(failure.sqlState()).isEqualTo("25000");
            }
        }
        assertThat(session.value("SELECT count(*) FROM people")).isEqualTo("200");
    }

    private EngineException copyInASession() {
        try (TestSession own = SharedEngine.session()) {
            own.run(TestSession.statement("COPY INTO " + schema + ".people FROM '" + folder + "' FILEFORMAT = JSON"));
            return null;
        } catch (EngineException e) {
            return e;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORC", "CSV"})
    void shouldReadEachFormatByName(String format) {
        session.run("INSERT OVERWRITE DIRECTORY '" + local()
                + "/in' USING " + format + " OPTIONS ('header' 'true')"
                + " SELECT 'x' AS NAME, 7L AS id UNION ALL SELECT 'y', NULL");
        String options = format.equals("CSV") ? " FORMAT_OPTIONS ('header' = 'true', 'inferSchema' = 'true')" : "";
        assertThat(session.rows("COPY INTO people FROM (SELECT name, CAST(id AS BIGINT) AS id FROM '" + folder
                                + "/in') FILEFORMAT = " + format + options)
                        .get(0))
                .containsExactly("2", "2", "0");
        assertThat(session.rows("SELECT name FROM people WHERE id = 7")).containsExactly(List.of("x"));
    }

    @Test
    void shouldReadTextAndBinaryFiles() {
        write("a.txt", "one\ntwo\n");
        session.run("CREATE TABLE lines (value STRING)");
        assertThat(session.rows("COPY INTO lines FROM '" + folder + "' FILEFORMAT = TEXT")
                        .get(0))
                .startsWith("2");
        session.run("CREATE TABLE blobs (length BIGINT, content BINARY)");
        assertThat(session.rows("COPY INTO blobs FROM (SELECT length, content FROM '" + folder
                                + "') FILEFORMAT = BINARYFILE")
                        .get(0))
                .startsWith("1");
        assertThat(session.value("SELECT length FROM blobs")).isEqualTo("8");
    }

    @Test
    void shouldReadAvroFiles() throws IOException {
        Schema first = SchemaBuilder.record("r")
                .fields()
                .requiredLong("id")
                .optionalString("name")
                .name("at")
                .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
                .noDefault()
                .name("price")
                .type(LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES)))
                .noDefault()
                .name("tags")
                .type()
                .array()
                .items()
                .stringType()
                .noDefault()
                .endRecord();
        GenericRecord record = new GenericData.Record(first);
        record.put("id", 1L);
        record.put("at", 1_000L);
        record.put("price", ByteBuffer.wrap(BigInteger.valueOf(-12345).toByteArray()));
        record.put("tags", List.of("a", "b"));
        write("a.avro", avro(first, record));
        Schema second = SchemaBuilder.record("r")
                .fields()
                .requiredString("name")
                .requiredLong("id")
                .endRecord();
        GenericRecord other = new GenericData.Record(second);
        other.put("id", 2L);
        other.put("name", "two");
        write("b.avro", avro(second, other));
        session.run(
                "CREATE TABLE read (id BIGINT, name STRING, at TIMESTAMP, price DECIMAL(9, 2), tags ARRAY<STRING>)");
        String copy = "COPY INTO read FROM '" + folder + "' FILEFORMAT = AVRO";
        assertThat(session.rows(copy).get(0)).startsWith("2");
        assertThat(session.rows("SELECT id, name, unix_seconds(at), price, tags[1] FROM read ORDER BY id"))
                .containsExactly(
                        java.util.Arrays.asList("1", null, "1", "-123.45", "b"),
                        java.util.Arrays.asList("2", "two", null, null, null));
        write("c.avro", "no Avro file");
        EngineException failure = session.failure(copy);
        assertThat(failure.getMessage()).startsWith("[COPY_INTO_SOURCE_SCHEMA_INFERENCE_FAILED]");
        assertThat(session.rows(copy + " FORMAT_OPTIONS ('ignoreCorruptFiles' = 'true')"))
                .containsExactly(List.of("0", "0", "1"));
    }

    private static byte[] avro(Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, bytes);
            writer.append(record);
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldChooseFilesByNameAndByPattern() {
        for (String name : List.of("a1.json", "a2.json", "b1.json", "sub/a3.json", "odd [x]{1}*%20.json")) {
            write(name, "{\"id\":1,\"name\":\"" + name + "\"}");
        }
        String copy = "COPY INTO people FROM '" + folder + "' FILEFORMAT = JSON ";
        assertThat(session.rows(copy + "FILES = ('a1.json', 'sub/a3.json')").get(0))
                .startsWith("2");
        assertThat(session.rows(copy + "PATTERN = 'a[0-9].json'").get(0)).startsWith("1");
        assertThat(session.rows(copy + "PATTERN = '{b,c}?.json'").get(0)).startsWith("1");
        assertThat(session.rows("COPY INTO people FROM '" + folder + "/*.json' FILEFORMAT = JSON")
                        .get(0))
                .as("all that are left")
                .startsWith("1");
        assertThat(session.rows("SELECT name FROM people ORDER BY name"))
                .extracting(row -> row.get(0))
                .containsExactly("a1.json", "a2.json", "b1.json", "odd [x]{1}*%20.json", "sub/a3.json");
        assertThat(session.failure(copy + "FILES = ('none.json')").getMessage()).startsWith("[PATH_NOT_FOUND]");
        assertThat(session.failure(copy + "FILES = ('../../x.json')").getMessage())
                .startsWith("[INVALID_VOLUME_PATH]");
        assertThat(session.failure(copy + "FILES = ('a1.json') PATTERN = '*'").getMessage())
                .startsWith("[PARSE_SYNTAX_ERROR]");
    }

    @Test
    void shouldSelectExpressions() {
        write("x.csv", "1;Ann;2026-01-02\n2;Bob;2026-02-03\n");
        session.run("CREATE TABLE days (id INT, label STRING, y INT, source STRING)");
        assertThat(session.rows("COPY INTO days FROM (SELECT _c0::INT AS id, upper(trim(BOTH ' ' FROM _c1)) AS label,"
                                + " extract(YEAR FROM CAST(_c2 AS DATE)) AS y, _metadata.file_name AS source FROM '"
                                + folder + "') FILEFORMAT = CSV FORMAT_OPTIONS ('sep' = ';')")
                        .get(0))
                .startsWith("2");
        assertThat(session.rows("SELECT * FROM days ORDER BY id"))
                .containsExactly(List.of("1", "ANN", "2026", "x.csv"), List.of("2", "BOB", "2026", "x.csv"));
    }

    @Test
    void shouldMatchHeaderlessCsvByPosition() {
        write("x.csv", "1,Ann\n2,Bob\n");
        assertThat(session.rows("COPY INTO people BY POSITION FROM '" + folder + "' FILEFORMAT = CSV")
                        .get(0))
                .startsWith("2");
        write("y.csv", "Cid,3\n");
        assertThat(session.rows("COPY INTO people (name, id) FROM '" + folder + "' FILEFORMAT = CSV"
                                + " FORMAT_OPTIONS ('header' = 'false')")
                        .get(0))
                .startsWith("1");
        assertThat(people()).containsExactly(List.of("1", "Ann"), List.of("2", "Bob"), List.of("3", "Cid"));
        write("z.csv", "Dan,four\n");
        EngineException failure = session.failure("COPY INTO people (name, id) FROM '" + folder + "' FILEFORMAT = CSV");
        assertThat(failure.getMessage()).startsWith("[CAST_INVALID_INPUT]").doesNotContain("DataFrame");
        assertThat(failure.sqlState()).isEqualTo("22018");
    }

    @Test
    void shouldRefuseWhatDoesNotFitByPosition() {
        write("x.csv", "1,Ann,x\n");
        String copy = "COPY INTO people BY POSITION FROM '" + folder + "' FILEFORMAT = ";
        assertThat(session.failure(copy + "CSV").sqlState()).isEqualTo("21S01");
        assertThat(session.failure(copy + "JSON").sqlState()).isEqualTo("42613");
        assertThat(session.failure(copy + "CSV FORMAT_OPTIONS ('header' = 'true')")
                        .sqlState())
                .isEqualTo("42613");
    }

    @Test
    void shouldRefuseWhatDoesNotFitByName() {
        Map<String, String> differences = Map.of(
                "{\"id\":1,\"extra\":2}", "no column extra",
                "{\"id\":\"one\"}", "column id is STRING",
                "{\"id\":1.5}", "column id is DOUBLE",
                "{\"name\":{\"first\":\"x\"}}", "column name is STRUCT");
        differences.forEach((row, difference) -> {
            write("x.json", row);
            EngineException failure = session.failure("COPY INTO people FROM '" + folder + "' FILEFORMAT = JSON");
            assertThat(failure.getMessage())
                    .startsWith("[COPY_INTO_SCHEMA_MISMATCH_WITH_TARGET_TABLE]")
                    .contains("`people`")
                    .contains(difference);
            assertThat(failure.sqlState()).isEqualTo("42KDG");
        });
        assertThat(people()).isEmpty();
    }

    @Test
    void shouldEvolveTheTableWhenTold() {
        write("x.json", "{\"id\":1,\"extra\":{\"a\":[1,2]}}");
        String copy = "COPY INTO people FROM '" + folder + "' FILEFORMAT = JSON";
        assertThat(session.failure(copy).sqlState()).isEqualTo("42KDG");
        assertThat(session.rows(copy + " COPY_OPTIONS ('mergeSchema' = 'true')").get(0))
                .startsWith("1");
        assertThat(session.value("SELECT extra.a[1] FROM people")).isEqualTo("2");
        session.run("CREATE TABLE bare");
        assertThat(session.rows(copy.replace("people", "bare") + " COPY_OPTIONS ('mergeSchema' = 'true')")
                        .get(0))
                .startsWith("1");
        assertThat(session.value("SELECT id FROM bare")).isEqualTo("1");
    }

    @Test
    void shouldKeepWhatTheTablePromises() {
        session.run(List.of(
                "CREATE TABLE strict (k BIGINT GENERATED ALWAYS AS IDENTITY, id BIGINT, must STRING NOT NULL,"
                        + " doubled BIGINT GENERATED ALWAYS AS (id * 2), state STRING DEFAULT 'new',"
                        + " parts ARRAY<STRUCT<b: BIGINT, a: STRING>>) TBLPROPERTIES"
                        + " ('delta.feature.allowColumnDefaults' = 'supported')",
                "ALTER TABLE strict ADD CONSTRAINT positive CHECK (id > 0)"));
        String copy = "COPY INTO strict FROM '" + folder + "' FILEFORMAT = JSON ";
        write("good.json", "{\"id\":4,\"must\":\"m\",\"parts\":[{\"a\":\"x\",\"b\":1}]}");
        assertThat(session.rows(copy + "FILES = ('good.json')").get(0)).startsWith("1");
        assertThat(session.rows("SELECT id, doubled, state, parts[0].a, parts[0].b FROM strict"))
                .containsExactly(List.of("4", "8", "new", "x", "1"));
        write("null.json", "{\"id\":5,\"must\":null}\n{\"id\":6,\"must\":\"m\"}");
        write("negative.json", "{\"id\":-1,\"must\":\"m\"}");
        assertThat(session.failure(copy + "FILES = ('null.json')").sqlState()).isEqualTo("23502");
        assertThat(session.failure(copy + "FILES = ('null.json') VALIDATE 10 ROWS")
                        .sqlState())
                .isEqualTo("23502");
        assertThat(session.failure(copy + "FILES = ('negative.json')").sqlState())
                .isEqualTo("23001");
        assertThat(session.failure(copy + "FILES = ('negative.json') VALIDATE ALL")
                        .sqlState())
                .isEqualTo("23001");
        assertThat(session.value("SELECT count(*) FROM strict")).isEqualTo("1");
    }

    @Test
    void shouldValidateWithoutLoading() {
        write("x.json", "{\"id\":1,\"name\":\"a\"}\n{\"id\":2}\n{\"id\":3}");
        String copy = "COPY INTO people FROM '" + folder + "' FILEFORMAT = JSON VALIDATE ";
        assertThat(session.rows(copy + "2 ROWS")).hasSize(2);
        assertThat(session.run(copy + "ALL").columnNames()).containsExactly("id", "name");
        assertThat(people()).isEmpty();
        assertThat(session.rows("COPY INTO people FROM '" + folder + "' FILEFORMAT = JSON")
                        .get(0))
                .startsWith("3");
        assertThat(session.rows(copy + "ALL")).as("nothing is left to load").isEmpty();
        assertThat(session.failure(copy + "0 ROWS").getMessage())
                .startsWith("[COPY_INTO_SYNTAX_ERROR.VALIDATE_INVALID_ROWS]");
    }

    @Test
    void shouldSkipCorruptFilesAndTakeThemLater() {
        session.run("INSERT OVERWRITE DIRECTORY '" + local() + "' USING PARQUET SELECT 1L AS id, 'a' AS name");
        write("broken.parquet", "PAR1 not really PAR1");
        String copy = "COPY INTO people FROM '" + folder + "' FILEFORMAT = PARQUET";
        assertThat(session.failure(copy).getMessage()).contains("broken.parquet");
        assertThat(people()).isEmpty();
        String skipping = copy + " FORMAT_OPTIONS ('ignoreCorruptFiles' = 'true')";
        assertThat(session.rows(skipping)).containsExactly(List.of("1", "1", "1"));
        assertThat(session.rows(skipping)).as("not remembered").containsExactly(List.of("0", "0", "1"));
    }

    @Test
    void shouldReadCompressedFiles() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"id\":1}\n".getBytes(StandardCharsets.UTF_8));
        }
        write("x.json.gz", bytes.toByteArray());
        assertThat(session.rows("COPY INTO people FROM '" + folder + "' FILEFORMAT = JSON")
                        .get(0))
                .startsWith("1");
    }

    @Test
    void shouldSayWhatIsWrong() {
        write("x.json", "{\"id\":1}");
        session.run("CREATE VIEW a_view AS SELECT 1 AS id");
        String[][] wrong = {
            {"missing FROM '$F' FILEFORMAT = JSON", "42P01", "DELTA_MISSING_DELTA_TABLE_COPY_INTO"},
            {"a_view FROM '$F' FILEFORMAT = JSON", "0AKDD", "DELTA_COPY_INTO_TARGET_FORMAT"},
            {"people FROM '$F' FILEFORMAT = DELTA", "0A000", "COPY_INTO_SOURCE_FILE_FORMAT_NOT_SUPPORTED"},
            {"people FROM '$F/none' FILEFORMAT = JSON", "42K03", "PATH_NOT_FOUND"},
            {"people FROM '/Volumes/loads/raw/none' FILEFORMAT = JSON", "42704", "VOLUME_NOT_FOUND"},
            {"people FROM '/Volumes/loads/raw/landing/../x' FILEFORMAT = JSON", "42000", "INVALID_VOLUME_PATH"},
            {"people FROM 's3://bucket/x' FILEFORMAT = JSON", "0A000", "FEATURE_NOT_SUPPORTED_LOCALLY"},
            {
                "people FROM '$F' FILEFORMAT = JSON FORMAT_OPTIONS ('rescuedDataColumn' = 'x')",
                "0A000",
                "COPY_INTO_UNSUPPORTED_FEATURE"
            },
            {"people FROM '$F'", "42601", "PARSE_SYNTAX_ERROR"},
            {"people FROM '$F' FILEFORMAT = JSON WHERE", "42601", "PARSE_SYNTAX_ERROR"},
            {"people FROM (SELECT nothing FROM '$F') FILEFORMAT = JSON", "42703", "UNRESOLVED_COLUMN"},
            {"people FROM '$F' FILEFORMAT = PARQUET", "42KD9", "COPY_INTO_SOURCE_SCHEMA_INFERENCE_FAILED"}
        };
        for (String[] each : wrong) {
            EngineException failure = session.failure("COPY INTO " + each[0].replace("$F", folder));
            assertThat(failure.getMessage()).as(each[0]).startsWith("[" + each[2]);
            assertThat(failure.sqlState()).as(each[0]).isEqualTo(each[1]);
        }
        assertThat(people()).isEmpty();
    }

    @Test
    void shouldTakeParameters() {
        write("x.csv", "1::a\n");
        String copy = "COPY INTO people FROM (SELECT split(_c0, '::')[0]::BIGINT AS id, %s AS name FROM %s)"
                + " FILEFORMAT = CSV COPY_OPTIONS ('force' = 'true') -- ? :n";
        session.run(
                copy.formatted(":n", ":path"),
                TestSession.named("n", "STRING", "it's"),
                TestSession.named("path", "STRING", folder));
        session.run(
                copy.formatted("?", "?"),
                TestSession.positional(1, "STRING", "?"),
                TestSession.positional(2, "STRING", folder));
        assertThat(people()).containsExactlyInAnyOrder(List.of("1", "it's"), List.of("1", "?"));
    }

    @Test
    void shouldFeedTheChangeDataFeed() {
        session.run("ALTER TABLE people SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')");
        write("x.json", "{\"id\":1,\"name\":\"a\"}");
        session.run("COPY INTO people FROM '" + folder + "' FILEFORMAT = JSON");
        session.run("UPDATE people SET name = 'b'");
        assertThat(session.rows("SELECT _change_type, name, _commit_version FROM table_changes('people', 1, 3)"
                        + " ORDER BY _commit_version, _change_type"))
                .containsExactly(
                        List.of("insert", "a", "2"),
                        List.of("update_postimage", "b", "3"),
                        List.of("update_preimage", "a", "3"));
    }

    @Test
    void shouldListFiles() {
        write("x.csv", "four");
        write("sub/y.json", "");
        CollectedResult listed = session.run("LIST '" + folder + "'");
        assertThat(listed.columnNames()).containsExactly("path", "name", "size", "modification_time");
        assertThat(listed.rows())
                .extracting(row -> row.subList(0, 3))
                .containsExactly(
                        List.of(folder + "/_keep", "_keep", "0"),
                        List.of(folder + "/sub/", "sub/", "0"),
                        List.of(folder + "/x.csv", "x.csv", "4"));
        assertThat(session.rows("LIST '" + folder + "' LIMIT 1")).hasSize(1);
        assertThat(session.failure("LIST '" + folder + "/none'").getMessage()).startsWith("[PATH_NOT_FOUND]");
        assertThat(session.failure("LIST '" + folder + "/../..'").getMessage()).startsWith("[INVALID_VOLUME_PATH]");
    }

    @Test
    void shouldReadFilesOfVolumesInQueries() {
        write("x.csv", "id,name\n1,a\n2,b\n");
        write("sub/y.json", "{\"id\":3}");
        assertThat(session.rows("SELECT _c1 FROM csv.`" + folder + "/x.csv` WHERE _c0 = '2'"))
                .containsExactly(List.of("b"));
        assertThat(session.rows("SELECT id FROM json.`dbfs:" + folder + "/sub`"))
                .containsExactly(List.of("3"));
        assertThat(session.value("SELECT count(*) FROM text.`" + folder + "/*.csv`"))
                .isEqualTo("3");
        assertThat(session.rows("SELECT id FROM read_files('" + folder + "/x.csv', header => true) ORDER BY id"))
                .containsExactly(List.of("1"), List.of("2"));
        for (String query : List.of(
                "SELECT * FROM csv.`" + folder + "/none.csv`", "SELECT * FROM read_files('" + folder + "/none.csv')")) {
            EngineException failure = session.failure(query);
            assertThat(failure.getMessage()).startsWith("[PATH_NOT_FOUND]").contains(folder + "/none.csv");
        }
        assertThat(session.failure("SELECT * FROM csv.`" + folder + "/../../../metastore.json`")
                        .getMessage())
                .startsWith("[INVALID_VOLUME_PATH]");
    }
}
