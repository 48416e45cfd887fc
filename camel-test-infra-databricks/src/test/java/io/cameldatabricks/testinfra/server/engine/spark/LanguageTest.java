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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.testinfra.server.engine.EngineException;

import static io.cameldatabricks.testinfra.server.engine.spark.TestSession.named;
import static org.assertj.core.api.Assertions.assertThat;

class LanguageTest {

    private static TestSession session;

    @BeforeAll
    static void open() {
        session = SharedEngine.session();
        session.run(List.of("CREATE SCHEMA language", "USE SCHEMA language"));
    }

    @AfterAll
    static void close() {
        session.run("DROP SCHEMA main.language CASCADE");
        session.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT max(n) FROM (SELECT * FROM VALUES (1, 'a'), (1, 'b') t(i, n)"
                        + " QUALIFY row_number() OVER (PARTITION BY i ORDER BY n) = 2) | b",
                "SELECT a FROM (SELECT 'a' AS k, 1 AS v UNION ALL SELECT 'b', 2) PIVOT (sum(v) FOR k IN ('a', 'b')) | 1",
                "SELECT sum(e) FROM (SELECT array(1, 2) AS a) t, LATERAL explode(a) AS x(e) | 3",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT sum(n) FROM r | 15",
                "EXECUTE IMMEDIATE 'SELECT :p + 1' USING 41 AS p | 42",
                "EXECUTE IMMEDIATE 'SELECT concat(?, ?, ?, ?, ?, ?)' USING 'a', 'b', 'c', 'd', 'e', 'f' | abcdef",
                "BEGIN DECLARE s INT DEFAULT 0; DECLARE i INT DEFAULT 0; WHILE i < 4 DO SET i = i + 1; SET s = s + i;"
                        + " END WHILE; SELECT s; END | 10",
                "SELECT try_divide(1, 0) IS NULL | true",
                "SELECT listagg(x, '-') FROM VALUES ('a'), ('b') t(x) | a-b"
            })
    void shouldRun(String sql, String expected) {
        if (sql.contains("TABLESAMPLE")) {
            session.run("CREATE OR REPLACE TABLE sampled AS SELECT id FROM range(1000)");
            assertThat(session.value("SELECT count(*) FROM sampled TABLESAMPLE (100 PERCENT)"))
                    .isEqualTo(expected);
        } else {
            assertThat(session.value(sql)).isEqualTo(expected);
        }
    }

    @Test
    void shouldRunPipeSyntax() {
        session.run("CREATE OR REPLACE TABLE piped AS SELECT id FROM range(10)");
        assertThat(session.rows("FROM main.language.piped |> WHERE id > 7 |> SELECT id * 2 AS d |> ORDER BY d"))
                .containsExactly(List.of("16"), List.of("18"));
    }

    @Test
    void shouldKeepSessionVariables() {
        session.run(List.of("DECLARE OR REPLACE VARIABLE counter INT DEFAULT 1", "SET VAR counter = counter + 41"));
        assertThat(session.rows("SELECT counter, session.counter")).containsExactly(List.of("42", "42"));
        session.run("DROP TEMPORARY VARIABLE counter");
        assertThat(session.failure("SELECT counter").sqlState()).isEqualTo("42703");
    }

    @Test
    void shouldRunStatementsOfItsOwnInScriptsAndExecuteImmediate() {
        session.run("EXECUTE IMMEDIATE 'CREATE VOLUME made_by_text'");
        assertThat(session.rows("SHOW VOLUMES LIKE 'made*'")).containsExactly(List.of("language", "made_by_text"));
        assertThat(
                        session.rows(
                                "BEGIN CREATE SCHEMA main.from_script; CREATE TABLE main.from_script.t (id INT);"
                                        + " INSERT INTO main.from_script.t VALUES (1), (2); SELECT id FROM from_script.t ORDER BY id; END"))
                .containsExactly(List.of("1"), List.of("2"));
        session.run("DROP SCHEMA from_script CASCADE");
    }

    @Test
    void shouldDeleteTheFilesOfAManagedVolumeWithItAndLeaveThoseOfAnExternalOne(@TempDir Path elsewhere)
            throws Exception {
        session.run(List.of("CREATE VOLUME managed", "CREATE EXTERNAL VOLUME lent LOCATION '" + elsewhere + "'"));
        Path folder =
                Path.of(session.run("DESCRIBE VOLUME managed").rows().get(0).get(4));
        Files.createDirectories(folder.resolve("inside"));
        Files.writeString(folder.resolve("inside/a.csv"), "id");
        Files.writeString(elsewhere.resolve("b.csv"), "id");

        session.run(List.of("DROP VOLUME managed", "DROP VOLUME lent"));

        assertThat(folder).doesNotExist();
        assertThat(elsewhere.resolve("b.csv")).exists();
        assertThat(session.failure("DROP VOLUME managed").getMessage()).startsWith("[VOLUME_NOT_FOUND]");
    }

    @Test
    void shouldReadFilesOfAVolume() throws Exception {
        session.run("CREATE VOLUME IF NOT EXISTS incoming");
        String folder = session.run("DESCRIBE VOLUME incoming").rows().get(0).get(4);
        Files.writeString(Path.of(folder, "a.csv"), "id,name\n1,x\n2,y\n");
        Files.writeString(Path.of(folder, "b.json"), "{\"id\": 3, \"name\": \"z\"}\n");
        assertThat(session.rows(
                        "SELECT id, name FROM read_files('/Volumes/main/language/incoming/a.csv', format => 'csv', header => true)"
                                + " ORDER BY id"))
                .containsExactly(List.of("1", "x"), List.of("2", "y"));
        assertThat(session.rows(
                        "SELECT name, id FROM read_files(:p, schema => 'id BIGINT, name STRING')",
                        named("p", "STRING", "/Volumes/main/language/incoming/b.json")))
                .containsExactly(List.of("z", "3"));
        assertThat(session.failure("SELECT * FROM read_files('/Volumes/main/language/incoming/../../x.csv')")
                        .getMessage())
                .startsWith("[INVALID_VOLUME_PATH]");
        assertThat(session.failure("SELECT * FROM read_files('/Volumes/main/language/nowhere/x.csv')")
                        .getMessage())
                .startsWith("[VOLUME_NOT_FOUND]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN TRANSACTION",
                "CREATE MATERIALIZED VIEW m AS SELECT 1",
                "CREATE OR REFRESH STREAMING TABLE s AS SELECT 1",
                "CREATE FUNCTION f() RETURNS INT LANGUAGE PYTHON AS 'return 1'",
                "SELECT ai_query('model', 'text')",
                "ALTER TABLE t SET ROW FILTER f ON (id)",
                "CREATE SHARE s",
                "UNDROP TABLE t"
            })
    void shouldSayWhatItCannotDo(String sql) {
        EngineException failure = session.failure(sql);
        assertThat(failure.sqlState()).isEqualTo("0A000");
        assertThat(failure.getMessage())
                .startsWith("[FEATURE_NOT_SUPPORTED_LOCALLY] ")
                .endsWith(" is not supported by the local warehouse. SQLSTATE: 0A000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELEC 1 | 42601 | PARSE_SYNTAX_ERROR",
                "GRANT SELECT orders | 42601 | PARSE_SYNTAX_ERROR",
                "SELECT * FROM nope | 42P01 | TABLE_OR_VIEW_NOT_FOUND",
                "SELECT nope FROM range(1) | 42703 | UNRESOLVED_COLUMN.WITH_SUGGESTION",
                "SELECT nope(1) | 42883 | UNRESOLVED_ROUTINE",
                "SELECT 1/0 | 22012 | DIVIDE_BY_ZERO",
                "SELECT id / 0 FROM range(3) | 22012 | DIVIDE_BY_ZERO",
                "SELECT CAST('x' AS INT) | 22018 | CAST_INVALID_INPUT",
                "SELECT raise_error('own words') | P0001 | USER_RAISED_EXCEPTION",
                "SELECT 127Y + 1Y | 22003 | BINARY_ARITHMETIC_OVERFLOW",
                "CREATE SCHEMA main.default | 42P06 | SCHEMA_ALREADY_EXISTS",
                "SELECT * FROM delta.`/no/such/path` | 42K03 | PATH_NOT_FOUND"
            })
    void shouldGiveTheErrorOfDatabricks(String sql, String sqlState, String errorClass) {
        EngineException failure = session.failure(sql);
        assertThat(failure.sqlState()).isEqualTo(sqlState);
        assertThat(failure.errorCode()).isEqualTo("BAD_REQUEST");
        assertThat(failure.getMessage())
                .startsWith("[" + errorClass + "]")
                .contains("SQLSTATE: " + sqlState)
                .doesNotContain("\tat ")
                .doesNotContain("spark_catalog")
                .doesNotContain("Project [");
    }

    @Test
    void shouldAcceptSettingsOfDatabricks() {
        try (TestSession own = SharedEngine.session()) {
            own.run(List.of(
                    "SET USE_CACHED_RESULT = false",
                    "SET QUERY_TAGS = team:x",
                    "SET QUERY_TAGS['team'] = 'y'",
                    "SET TIMEZONE = America/New_York",
                    "SET ANSI_MODE = false"));
            assertThat(own.rows("SELECT current_timezone(), 1/0"))
                    .containsExactly(java.util.Arrays.asList("America/New_York", null));
            assertThat(own.failure("SET TIMEZONE = Nowhere/Land").sqlState()).isEqualTo("22022");
        }
    }

    @Test
    void shouldRecordAndShowGrants() {
        session.run(List.of(
                "CREATE OR REPLACE TABLE granted (id INT)",
                "GRANT SELECT, MODIFY ON TABLE granted TO `a@b.c`",
                "GRANT USE SCHEMA ON SCHEMA main.language TO readers",
                "REVOKE MODIFY ON granted FROM `a@b.c`"));
        assertThat(session.rows("SHOW GRANTS ON TABLE main.language.granted"))
                .containsExactly(
                        List.of("a@b.c", "SELECT", "TABLE", "main.language.granted"),
                        List.of("readers", "USE SCHEMA", "SCHEMA", "main.language"));
        assertThat(session.rows("SHOW GRANTS readers ON SCHEMA main.language")).hasSize(1);
        assertThat(session.value("SELECT privilege_type FROM main.information_schema.table_privileges"
                        + " WHERE table_name = 'granted'"))
                .isEqualTo("SELECT");
    }
}
