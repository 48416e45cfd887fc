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

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineStatement;
import io.cameldatabricks.testinfra.server.engine.ResultColumn;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;

import static org.assertj.core.api.Assertions.assertThat;

class ResultsTest {

    private static TestSession session;

    @BeforeAll
    static void open() {
        session = SharedEngine.session();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "CAST(1 AS TINYINT) | BYTE | TINYINT | 1",
                "CAST(1 AS SMALLINT) | SHORT | SMALLINT | 1",
                "1 | INT | INT | 1",
                "1L | LONG | BIGINT | 1",
                "CAST(1.5 AS FLOAT) | FLOAT | FLOAT | 1.5",
                "1.5D | DOUBLE | DOUBLE | 1.5",
                "CAST('NaN' AS DOUBLE) | DOUBLE | DOUBLE | NaN",
                "CAST(1.5 AS DECIMAL(18,2)) | DECIMAL | DECIMAL(18,2) | 1.50",
                "CAST(1E20 AS DECIMAL(38,0)) | DECIMAL | DECIMAL(38,0) | 100000000000000000000",
                "'x' | STRING | STRING | x",
                "X'00ff' | BINARY | BINARY | AP8=",
                "true | BOOLEAN | BOOLEAN | true",
                "DATE'0001-01-01' | DATE | DATE | 0001-01-01",
                "TIMESTAMP'2026-01-02 03:04:05' | TIMESTAMP | TIMESTAMP | 2026-01-02T03:04:05.000Z",
                "TIMESTAMP'1969-12-31 23:59:59.999999' | TIMESTAMP | TIMESTAMP | 1969-12-31T23:59:59.999999Z",
                "TIMESTAMP_NTZ'2026-01-02 03:04:05' | TIMESTAMP | TIMESTAMP_NTZ | 2026-01-02T03:04:05.000",
                "array(1, null) | ARRAY | ARRAY<INT> | [1,null]",
                "map('k', 1.5D) | MAP | MAP<STRING, DOUBLE> | {\"k\":1.5}",
                "struct(1 AS a, array(DATE'2026-01-01') AS d) | STRUCT | STRUCT<a: INT, d: ARRAY<DATE>>"
                        + " | {\"a\":1,\"d\":[\"2026-01-01\"]}",
                "parse_json('{\"a\":[1,\"x\"]}') | VARIANT | VARIANT | {\"a\":[1,\"x\"]}",
                "INTERVAL '-1-2' YEAR TO MONTH | INTERVAL | INTERVAL YEAR TO MONTH | -1-2",
                "INTERVAL '1 02:03:04.5' DAY TO SECOND | INTERVAL | INTERVAL DAY TO SECOND | 1 02:03:04.500000000",
                "make_interval(0, 1) | STRING | STRING | 1 months",
                "NULL | NULL | VOID | "
            })
    void shouldNameAndWriteEachType(String expression, String typeName, String typeText, String text) {
        CollectedResult result = session.run("SELECT " + expression + " AS c");
        ResultColumn column = result.columns().get(0);
        assertThat(column.typeName()).isEqualTo(typeName);
        assertThat(column.typeText()).isEqualTo(typeText);
        assertThat(result.firstColumn()).containsExactly(text);
    }

    @Test
    void shouldTellPrecisionScaleAndIntervalUnits() {
        List<ResultColumn> columns =
                session.run("SELECT 1.25 AS d, INTERVAL '1' HOUR AS i").columns();
        assertThat(columns)
                .containsExactly(
                        new ResultColumn("d", "DECIMAL(3,2)", "DECIMAL", 3, 2, null),
                        new ResultColumn("i", "INTERVAL HOUR", "INTERVAL", 0, 0, "HOUR"));
    }

    @Test
    void shouldWriteTimestampsInTheSessionsZone() {
        try (TestSession own = SharedEngine.session()) {
            own.run("SET TIME ZONE 'Asia/Kolkata'");
            assertThat(own.value("SELECT TIMESTAMP'2026-01-01 00:00:00'")).isEqualTo("2026-01-01T00:00:00.000+05:30");
        }
    }

    @Test
    void shouldBeginAnEmptyResultAndNoneForDdl() {
        CollectedResult empty = session.run("SELECT id FROM range(10) WHERE id > 100");
        assertThat(empty.columnNames()).containsExactly("id");
        assertThat(empty.chunks()).isEmpty();
        CollectedResult ddl = session.run("CREATE SCHEMA IF NOT EXISTS results_ddl");
        assertThat(ddl.columns()).isNull();
        assertThat(ddl.outcome().statementType()).isEqualTo("CREATE");
    }

    private static EngineStatement limited(String sql, ResultFormat format, long rows, long bytes, int perChunk) {
        return new EngineStatement("limited", sql, List.of(), null, null, format, rows, bytes, perChunk, 1 << 20);
    }

    @Test
    void shouldCutChunksByRowsAndKeepTheOrder() throws EngineException {
        String sql = "SELECT id FROM range(0, 2500, 1, 3) ORDER BY id";
        CollectedResult result = session.run(limited(sql, ResultFormat.JSON_ARRAY, 0, 0, 1000));
        assertThat(result.chunkRows()).containsExactly(1000L, 1000L, 500L);
        List<String> ids = result.firstColumn();
        for (int i = 0; i < 2500; i++) {
            assertThat(ids.get(i)).isEqualTo(String.valueOf(i));
        }
        assertThat(result.outcome().truncated()).isFalse();
    }

    @Test
    void shouldTruncateAtTheRowLimitOnly() throws EngineException {
        String sql = "SELECT id FROM range(100)";
        CollectedResult cut = session.run(limited(sql, ResultFormat.JSON_ARRAY, 99, 0, 1000));
        assertThat(cut.rows()).hasSize(99);
        assertThat(cut.outcome().truncated()).isTrue();
        CollectedResult whole = session.run(limited(sql, ResultFormat.JSON_ARRAY, 100, 0, 1000));
        assertThat(whole.rows()).hasSize(100);
        assertThat(whole.outcome().truncated()).isFalse();
    }

    @Test
    void shouldTruncateAtTheByteLimit() throws EngineException {
        CollectedResult cut = session.run(
                limited("SELECT repeat('x', 100) FROM range(1000)", ResultFormat.JSON_ARRAY, 0, 10_000, 1000));
        assertThat(cut.outcome().truncated()).isTrue();
        assertThat(cut.rows()).hasSizeBetween(80, 100);
    }

    @Test
    void shouldWriteCsvWithQuotesAndHeader() throws EngineException {
        String sql = "SELECT * FROM VALUES (1, 'plain'), (2, 'a,\"b\"\\nc'), (3, NULL), (4, '') AS t(id, `na,me`)";
        CollectedResult result = session.run(limited(sql, ResultFormat.CSV, 0, 0, 1000));
        assertThat(new String(result.chunks().get(0), StandardCharsets.UTF_8))
                .isEqualTo("id,\"na,me\"\r\n1,plain\r\n2,\"a,\"\"b\"\"\nc\"\r\n3,\r\n4,\"\"\r\n");
    }

    @Test
    void shouldWriteCompleteArrowStreams() throws Exception {
        String sql = "SELECT id, CAST(id AS STRING) AS s, array(id) AS a, parse_json(CAST(id AS STRING)) AS v"
                + " FROM range(0, 2500, 1, 2)";
        CollectedResult result = session.run(limited(sql, ResultFormat.ARROW_STREAM, 0, 0, 1000));
        assertThat(result.chunkRows()).containsExactly(1000L, 1000L, 500L);
        List<Long> ids = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator()) {
            for (byte[] chunk : result.chunks()) {
                try (ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(chunk), allocator)) {
                    while (reader.loadNextBatch()) {
                        List<FieldVector> vectors = reader.getVectorSchemaRoot().getFieldVectors();
                        assertThat(vectors.get(2).getField().getMetadata())
                                .containsEntry("Spark:DataType:SqlName", "ARRAY<BIGINT>");
                        for (int i = 0; i < reader.getVectorSchemaRoot().getRowCount(); i++) {
                            long id = (Long) vectors.get(0).getObject(i);
                            ids.add(id);
                            assertThat(vectors.get(1).getObject(i)).hasToString(String.valueOf(id));
                            assertThat(vectors.get(2).getObject(i)).hasToString("[" + id + "]");
                            assertThat(vectors.get(3).getObject(i)).hasToString(String.valueOf(id));
                        }
                    }
                }
            }
        }
        assertThat(ids).hasSize(2500).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void shouldStreamMillionsOfRows() throws EngineException {
        DiscardedResult rows = new DiscardedResult();
        EngineStatement statement = new EngineStatement(
                "millions",
                "SELECT id, concat('row number ', id) AS name FROM range(3000000)",
                List.of(),
                null,
                null,
                ResultFormat.ARROW_STREAM,
                0,
                0,
                100_000,
                4 << 20);
        assertThat(session.engineSession().execute(statement, rows).truncated()).isFalse();
        assertThat(rows.rows()).isEqualTo(3_000_000);
    }

    @Test
    void shouldStopWhenTheSinkRefuses() {
        EngineStatement statement = limited("SELECT id FROM range(10000000)", ResultFormat.JSON_ARRAY, 0, 0, 1000);
        EngineException refusal = EngineException.failed("BAD_REQUEST", "54000", "too large", null);
        CollectedResult sink = new CollectedResult(ResultFormat.JSON_ARRAY) {
            @Override
            public void chunk(byte[] payload, long rows) throws EngineException {
                throw refusal;
            }
        };
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> session.engineSession().execute(statement, sink)))
                .isSameAs(refusal);
        assertThat(session.value("SELECT 1")).isEqualTo("1");
    }
}
