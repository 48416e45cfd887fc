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

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineStatement;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.engine.SessionSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NamesTest {

    private static TestSession session;

    @BeforeAll
    static void open() {
        session = SharedEngine.session();
        session.run(List.of(
                "CREATE CATALOG names_a",
                "CREATE CATALOG names_b COMMENT 'second'",
                "CREATE SCHEMA names_a.s",
                "CREATE SCHEMA names_b.s",
                "CREATE TABLE names_a.s.t (id INT, place STRING)",
                "CREATE TABLE names_b.s.t (id INT, place STRING)",
                "INSERT INTO names_a.s.t VALUES (1, 'a')",
                "INSERT INTO names_b.s.t VALUES (2, 'b')",
                "CREATE TABLE names_b.default.t AS SELECT 3 AS id, 'b default' AS place"));
    }

    @AfterAll
    static void close() {
        session.run(List.of("USE CATALOG main", "DROP CATALOG names_a CASCADE", "DROP CATALOG names_b CASCADE"));
        session.close();
    }

    @Test
    void shouldKeepTablesOfSeveralCatalogsApart() {
        assertThat(session.value("SELECT place FROM names_a.s.t")).isEqualTo("a");
        assertThat(session.value("SELECT place FROM names_b.s.t")).isEqualTo("b");
        assertThat(session.rows("SELECT names_a.s.t.id, names_b.s.t.id FROM names_a.s.t, names_b.s.t"))
                .containsExactly(List.of("1", "2"));
        assertThat(session.rows("SELECT names_a.s.t.* FROM names_a.s.t")).containsExactly(List.of("1", "a"));
    }

    @Test
    void shouldFollowTheCurrentCatalogAndSchema() {
        try (TestSession own = SharedEngine.session()) {
            assertThat(own.rows("SELECT current_catalog(), current_schema(), current_database()"))
                    .containsExactly(List.of("main", "default", "default"));
            own.run("USE CATALOG names_b");
            assertThat(own.value("SELECT place FROM t")).isEqualTo("b default");
            assertThat(own.value("SELECT place FROM s.t")).isEqualTo("b");
            own.run("USE SCHEMA s");
            assertThat(own.value("SELECT place FROM t")).isEqualTo("b");
            own.run("USE names_a.s");
            assertThat(own.rows("SELECT place, current_catalog(), current_schema() FROM t"))
                    .containsExactly(List.of("a", "names_a", "s"));
            assertThat(session.value("SELECT current_catalog()")).isEqualTo("main");
        }
    }

    @Test
    void shouldStartASessionInItsCatalogAndSchema() {
        try (TestSession own = SharedEngine.session(new SessionSettings("names_b", "s", Map.of()))) {
            assertThat(own.value("SELECT place FROM t")).isEqualTo("b");
        }
        assertThatThrownBy(() -> SharedEngine.get().openSession(new SessionSettings("nowhere", null, Map.of())))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("[NO_SUCH_CATALOG_EXCEPTION] Catalog 'nowhere' was not found.");
        assertThatThrownBy(() -> SharedEngine.get().openSession(new SessionSettings(null, "nowhere", Map.of())))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("[SCHEMA_NOT_FOUND] The schema `main`.`nowhere` cannot be found.");
    }

    @Test
    void shouldUseTheStatementsOwnCatalogAndSchemaOnce() throws EngineException {
        session.run("CREATE OR REPLACE TEMP VIEW t_view AS SELECT 'temp' AS place");
        assertThat(session.run(in("names_b", "s", "SELECT place FROM t")).rows())
                .containsExactly(List.of("b"));
        assertThat(session.run(in("names_b", null, "SELECT place FROM t")).rows())
                .containsExactly(List.of("b default"));
        assertThat(session.run(in("names_a", "s", "SELECT current_catalog(), current_schema()"))
                        .rows())
                .containsExactly(List.of("names_a", "s"));
        assertThat(session.run(in("names_a", "s", "SELECT place FROM t_view")).rows())
                .containsExactly(List.of("temp"));
        session.run(in("names_a", "s", "CREATE TABLE made_here (id INT)"));
        assertThat(session.rows("SHOW TABLES IN names_a.s LIKE 'made*'"))
                .containsExactly(List.of("s", "made_here", "false"));
        assertThat(session.value("SELECT current_catalog()")).isEqualTo("main");
    }

    private static EngineStatement in(String catalog, String schema, String sql) {
        return new EngineStatement(
                "in-" + sql.hashCode(), sql, List.of(), catalog, schema, ResultFormat.JSON_ARRAY, 0, 0, 1000, 1 << 20);
    }

    @Test
    void shouldResolveNamesInViewsWhereTheViewWasMade() {
        try (TestSession own = SharedEngine.session()) {
            own.run(List.of(
                    "USE CATALOG names_b",
                    "CREATE OR REPLACE VIEW names_b.s.seen AS SELECT place FROM s.t",
                    "USE CATALOG names_a"));
            assertThat(own.value("SELECT place FROM names_b.s.seen")).isEqualTo("b");
        }
    }

    @Test
    void shouldKeepSessionsApart() {
        try (TestSession one = SharedEngine.session();
                TestSession other = SharedEngine.session()) {
            one.run(List.of(
                    "CREATE TEMP VIEW only_here AS SELECT 1 AS id",
                    "DECLARE VARIABLE only_mine INT DEFAULT 5",
                    "SET TIME ZONE 'Asia/Tokyo'"));
            assertThat(one.value("SELECT only_mine FROM only_here")).isEqualTo("5");
            assertThat(other.failure("SELECT * FROM only_here").sqlState()).isEqualTo("42P01");
            assertThat(other.failure("SELECT only_mine").sqlState()).isEqualTo("42703");
            assertThat(other.value("SELECT current_timezone()")).isEqualTo("Etc/UTC");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM nowhere.s.t | 42704 | NO_SUCH_CATALOG_EXCEPTION",
                "SELECT * FROM nowhere.t | 42P01 | TABLE_OR_VIEW_NOT_FOUND",
                "USE CATALOG nowhere | 42704 | NO_SUCH_CATALOG_EXCEPTION",
                "USE SCHEMA nowhere | 42704 | SCHEMA_NOT_FOUND",
                "CREATE TABLE nowhere.t (id INT) | 42704 | SCHEMA_NOT_FOUND",
                "CREATE CATALOG names_a | 42710 | CATALOG_ALREADY_EXISTS",
                "CREATE SCHEMA names_a.s | 42P06 | SCHEMA_ALREADY_EXISTS",
                "DROP SCHEMA names_a.s | 2BP01 | SCHEMA_NOT_EMPTY",
                "DROP CATALOG names_a | 2BP01 | CATALOG_NOT_EMPTY",
                "DROP CATALOG nowhere | 42704 | NO_SUCH_CATALOG_EXCEPTION",
                "SELECT * FROM a.b.c.d | 42601 | IDENTIFIER_TOO_MANY_NAME_PARTS"
            })
    void shouldSayWhatDoesNotExist(String sql, String sqlState, String errorClass) {
        EngineException failure = session.failure(sql);
        assertThat(failure.sqlState()).isEqualTo(sqlState);
        assertThat(failure.getMessage()).startsWith("[" + errorClass + "]").doesNotContain("spark_catalog");
    }

    @Test
    void shouldCreateFunctionsInAnyCatalog() {
        session.run(List.of(
                "CREATE OR REPLACE FUNCTION names_a.s.twice(x INT) RETURNS INT RETURN x * 2",
                "CREATE OR REPLACE FUNCTION names_a.s.upto(n INT) RETURNS TABLE (id INT)"
                        + " RETURN SELECT id FROM names_a.s.t WHERE id <= n"));
        assertThat(session.value("SELECT names_a.s.twice(21)")).isEqualTo("42");
        assertThat(session.rows("SELECT * FROM names_a.s.upto(1)")).containsExactly(List.of("1"));
        assertThat(session.run("SELECT names_a.s.twice(1)").columnNames()).containsExactly("names_a.s.twice(1)");
        assertThat(session.failure("SELECT names_b.s.twice(21)").sqlState()).isEqualTo("42883");
        assertThat(session.rows("SHOW USER FUNCTIONS IN names_a.s"))
                .contains(List.of("names_a.s.twice"), List.of("names_a.s.upto"));
    }
}
