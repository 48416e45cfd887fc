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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestartTest {

    @Test
    void shouldFindEverythingAgainAfterARestart() {
        try (TestSession before = SharedEngine.session()) {
            before.run(List.of(
                    "CREATE CATALOG lasting COMMENT 'stays'",
                    "CREATE SCHEMA lasting.s COMMENT 'a schema'",
                    "CREATE TABLE lasting.s.t (id INT COMMENT 'the key', name STRING, CONSTRAINT t_pk PRIMARY KEY (id))"
                            + " COMMENT 'a table'",
                    "INSERT INTO lasting.s.t VALUES (1, 'one')",
                    "CREATE TABLE lasting.s.csv_table (id INT) USING csv",
                    "INSERT INTO lasting.s.csv_table VALUES (7)",
                    "CREATE VIEW lasting.s.v AS SELECT id, name FROM lasting.s.t",
                    "CREATE FUNCTION lasting.s.plus1(x INT) RETURNS INT RETURN x + 1",
                    "CREATE VOLUME lasting.s.files COMMENT 'a volume'",
                    "GRANT SELECT ON TABLE lasting.s.t TO analysts"));
        }
        SharedEngine.restart();
        try (TestSession after = SharedEngine.session()) {
            assertThat(after.rows("SELECT * FROM lasting.s.v")).containsExactly(List.of("1", "one"));
            assertThat(after.value("SELECT lasting.s.plus1(id) FROM lasting.s.csv_table"))
                    .isEqualTo("8");
            assertThat(after.rows("SHOW VOLUMES IN lasting.s")).containsExactly(List.of("s", "files"));
            assertThat(after.rows("SHOW GRANTS ON TABLE lasting.s.t"))
                    .containsExactly(List.of("analysts", "SELECT", "TABLE", "lasting.s.t"));
            assertThat(after.rows(
                            "SELECT comment FROM system.information_schema.catalogs WHERE catalog_name = 'lasting'"))
                    .containsExactly(List.of("stays"));
            assertThat(after.rows("SELECT comment FROM lasting.information_schema.schemata WHERE schema_name = 's'"))
                    .containsExactly(List.of("a schema"));
            assertThat(after.rows("SELECT constraint_name FROM lasting.information_schema.table_constraints"))
                    .containsExactly(List.of("t_pk"));
            after.run("INSERT INTO lasting.s.t VALUES (2, 'two')");
            assertThat(after.value("SELECT count(*) FROM lasting.s.t")).isEqualTo("2");
            after.run("DROP CATALOG lasting CASCADE");
        }
        SharedEngine.restart();
        try (TestSession last = SharedEngine.session()) {
            assertThat(last.rows("SHOW CATALOGS LIKE 'lasting'")).isEmpty();
            assertThat(last.rows("SHOW CATALOGS LIKE 'main'")).containsExactly(List.of("main"));
        }
    }
}
