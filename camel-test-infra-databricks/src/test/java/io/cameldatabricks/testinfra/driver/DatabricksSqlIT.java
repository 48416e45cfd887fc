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

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The SQL that Databricks users write and Apache Spark alone does not know, with the values that come of it. */
@ThriftInSoak
class DatabricksSqlIT extends DriverTest {

    private String schema;
    private String catalog;

    @BeforeEach
    void createSchemas() throws SQLException {
        schema = schema();
        catalog = schemaName() + "_catalog";
        sql.run("CREATE CATALOG IF NOT EXISTS " + catalog, "CREATE SCHEMA IF NOT EXISTS " + catalog + ".eu");
    }

    @AfterEach
    void dropCatalog() throws SQLException {
        sql.run("USE main.default", "DROP CATALOG " + catalog + " CASCADE");
    }

    @Test
    void shouldKeepCatalogsApartAndJoinThem() throws SQLException {
        sql.run(
                "CREATE OR REPLACE TABLE " + catalog + ".eu.same AS SELECT 1 AS id, 'eu' AS place",
                "CREATE OR REPLACE TABLE " + schema + ".same AS SELECT 1 AS id, 'main' AS place");
        assertThat(sql.rows(
                        "SELECT a.place, b.place FROM " + catalog + ".eu.same a JOIN " + schema + ".same b USING (id)"))
                .containsExactly(List.of("eu", "main"));
        sql.run("USE CATALOG " + catalog, "USE SCHEMA eu");
        assertThat(sql.row("SELECT current_catalog(), current_schema()")).containsExactly(catalog, "eu");
        assertThat(sql.value("SELECT place FROM same")).isEqualTo("eu");
        assertThat(sql.rows("SHOW CATALOGS")).contains(List.of("main"), List.of(catalog));
        assertThat(sql.rows("SHOW SCHEMAS IN " + catalog)).contains(List.of("eu"));
        assertThat(sql.columns("SHOW TABLES IN " + catalog + ".eu", "tableName"))
                .containsExactly(List.of("same"));
    }

    @Test
    void shouldFillIdentityColumns() throws SQLException {
        String table = table("identity");
        sql.run(
                "CREATE OR REPLACE TABLE " + table + " (id BIGINT GENERATED ALWAYS AS IDENTITY, v STRING)",
                "INSERT INTO " + table + " (v) VALUES ('a')",
                "INSERT INTO " + table + " (v) VALUES ('b')");
        assertThat(sql.row("SELECT count(DISTINCT id), min(id) FROM " + table)).containsExactly(2L, 1L);
        assertThatThrownBy(() -> sql.run("INSERT INTO " + table + " VALUES (9, 'c')"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void shouldReadVariantPaths() throws SQLException {
        String table = table("variants");
        sql.run(
                "CREATE OR REPLACE TABLE " + table + " (id INT, data VARIANT)",
                "INSERT INTO " + table + " SELECT 1, parse_json('{\"a\":{\"b\":[1,2]},\"s\":\"t\",\"x y\":true}')");
        assertThat(sql.row("SELECT data:a.b[1]::INT, data:s::STRING, data:['x y']::BOOLEAN, data:none::STRING,"
                        + " typeof(data) FROM " + table))
                .containsExactly(2, "t", true, null, "variant");
    }

    @Test
    void shouldTravelInTimeAndRestore() throws SQLException {
        String table = table("travelled");
        sql.run(
                "DROP TABLE IF EXISTS " + table,
                "CREATE TABLE " + table + " AS SELECT 1 AS v",
                "UPDATE " + table + " SET v = 2");
        assertThat(sql.value("SELECT v FROM " + table + " VERSION AS OF 0")).isEqualTo(1);
        assertThat(sql.value("SELECT v FROM " + table + "@v0")).isEqualTo(1);
        assertThat(sql.value("SELECT v FROM " + table)).isEqualTo(2);
        assertThat(sql.columns("DESCRIBE HISTORY " + table, "version", "operation"))
                .containsExactly(List.of(1L, "UPDATE"), List.of(0L, "CREATE TABLE AS SELECT"));
        sql.run("RESTORE TABLE " + table + " TO VERSION AS OF 0");
        assertThat(sql.value("SELECT v FROM " + table)).isEqualTo(1);
        assertThat(sql.columns("DESCRIBE DETAIL " + table, "format", "name")).containsExactly(List.of("delta", table));
    }

    @Test
    void shouldOptimizeVacuumAndClone() throws SQLException {
        String table = table("kept");
        sql.run(
                "CREATE OR REPLACE TABLE " + table + " AS SELECT id FROM range(10)",
                "INSERT INTO " + table + " SELECT id + 10 FROM range(10)",
                "OPTIMIZE " + table + " ZORDER BY (id)",
                "VACUUM " + table,
                "CREATE OR REPLACE TABLE " + table("shallow") + " SHALLOW CLONE " + table,
                "CREATE OR REPLACE TABLE " + table("deep") + " DEEP CLONE " + table,
                "DELETE FROM " + table + " WHERE id < 15");
        assertThat(sql.row("SELECT (SELECT count(*) FROM " + table("shallow") + "), (SELECT sum(id) FROM "
                        + table("deep") + "), (SELECT count(*) FROM " + table + ")"))
                .containsExactly(20L, 190L, 5L);
    }

    @Test
    void shouldRunVariablesAndScripts() throws SQLException {
        sql.run("DECLARE OR REPLACE VARIABLE answer INT DEFAULT 5", "SET VAR answer = answer * 2");
        assertThat(sql.value("SELECT answer + 1")).isEqualTo(11);
        assertThat(sql.value("BEGIN DECLARE s INT DEFAULT 0; WHILE s < 5 DO SET s = s + 1; END WHILE; SELECT s; END"))
                .isEqualTo(5);
    }

    /** The driver takes no EXECUTE for a query, unless its URL says so. */
    @Test
    void shouldRunExecuteImmediate() throws SQLException {
        try (SqlClient client = connect(Map.of("NonRowcountQueryPrefixes", "EXECUTE,FROM"))) {
            assertThat(client.value("EXECUTE IMMEDIATE 'SELECT :a + :b' USING 41 AS a, 1 AS b"))
                    .isEqualTo(42);
            assertThat(client.value("FROM range(10) |> WHERE id > 7 |> AGGREGATE sum(id)"))
                    .isEqualTo(17L);
        }
    }

    @Test
    void shouldCallFunctionsOfEveryCatalog() throws SQLException {
        sql.run(
                "CREATE OR REPLACE FUNCTION " + schema + ".twice(x INT) RETURNS INT RETURN x * 2",
                "CREATE OR REPLACE FUNCTION " + catalog + ".eu.twice(x INT) RETURNS INT RETURN x * 2 + 1",
                "CREATE OR REPLACE FUNCTION " + schema
                        + ".upto(n INT) RETURNS TABLE (id INT) RETURN SELECT explode(sequence(1, n))");
        assertThat(sql.row("SELECT " + schema + ".twice(21), " + catalog + ".eu.twice(21)"))
                .containsExactly(42, 43);
        assertThat(sql.value("SELECT count(*) FROM " + schema + ".upto(4)")).isEqualTo(4L);
    }

    @Test
    void shouldKeepKeysGrantsAndShowThem() throws SQLException {
        String table = table("keyed");
        sql.run(
                "DROP TABLE IF EXISTS " + table,
                "CREATE TABLE " + table + " (id INT NOT NULL, v STRING, CONSTRAINT keyed_pk PRIMARY KEY (id))",
                "INSERT INTO " + table + " VALUES (1, 'a'), (1, 'b')",
                "GRANT SELECT ON TABLE " + table + " TO `someone@example.com`");
        assertThat((String) sql.value("SHOW CREATE TABLE " + table))
                .contains(
                        "CREATE TABLE " + table,
                        "id INT NOT NULL",
                        "CONSTRAINT keyed_pk PRIMARY KEY (id)",
                        "USING delta");
        assertThat(sql.columns("SHOW GRANTS ON TABLE " + table, "Principal", "ActionType"))
                .contains(List.of("someone@example.com", "SELECT"));
        sql.run("REVOKE SELECT ON TABLE " + table + " FROM `someone@example.com`");
        assertThat(sql.rows("SHOW GRANTS ON TABLE " + table)).isEmpty();
    }

    @Test
    void shouldReadFiles(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("some.csv"), "id,name\n1,a\n2,b\n");
        assertThat(sql.rows("SELECT id, name FROM read_files('" + folder + "', format => 'csv', header => true,"
                        + " schema => 'id INT, name STRING') ORDER BY id"))
                .containsExactly(List.of(1, "a"), List.of(2, "b"));
    }

    @Test
    void shouldSaySoWhenItCannot() {
        for (String statement : List.of(
                "UNDROP TABLE " + schema + ".nobody",
                "CREATE MATERIALIZED VIEW " + schema + ".nobody AS SELECT 1",
                "SELECT ai_query('m', 'x')")) {
            assertThatThrownBy(() -> sql.run(statement))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
                    .hasMessageContaining("is not supported by the local warehouse");
        }
    }

    @Test
    void shouldShowEverythingInTheInformationSchema() throws SQLException {
        sql.run(
                "CREATE VOLUME IF NOT EXISTS " + schema + ".files",
                "DROP TABLE IF EXISTS " + schema + ".shown",
                "CREATE TABLE " + schema + ".shown (id BIGINT NOT NULL, price DECIMAL(12,3) COMMENT 'in euro',"
                        + " CONSTRAINT shown_pk PRIMARY KEY (id)) COMMENT 'to be seen'",
                "CREATE OR REPLACE VIEW " + schema + ".seen AS SELECT id FROM " + schema + ".shown",
                "CREATE OR REPLACE FUNCTION " + schema + ".thrice(x INT) RETURNS INT RETURN x * 3");
        String here = " WHERE table_schema = '" + schemaName() + "'";
        assertThat(sql.rows("SELECT catalog_name FROM system.information_schema.catalogs"))
                .contains(List.of("main"), List.of(catalog));
        assertThat(sql.rows("SELECT schema_name FROM " + catalog + ".information_schema.schemata"))
                .contains(List.of("eu"), List.of("information_schema"));
        assertThat(sql.rows("SELECT table_catalog, table_type, comment FROM main.information_schema.tables" + here
                        + " AND table_name = 'shown'"))
                .containsExactly(List.of("main", "MANAGED", "to be seen"));
        assertThat(sql.rows(
                        "SELECT table_type FROM main.information_schema.tables" + here + " AND table_name = 'seen'"))
                .containsExactly(List.of("VIEW"));
        assertThat(sql.rows(
                        "SELECT column_name, is_nullable, data_type, full_data_type, numeric_precision, numeric_scale"
                                + " FROM main.information_schema.columns" + here
                                + " AND table_name = 'shown' AND column_name = 'price'"))
                .containsExactly(List.of("price", "YES", "DECIMAL", "decimal(12,3)", 12, 3));
        assertThat(sql.rows("SELECT column_name, is_nullable FROM main.information_schema.columns" + here
                        + " AND table_name = 'shown' ORDER BY ordinal_position"))
                .containsExactly(List.of("id", "NO"), List.of("price", "YES"));
        assertThat(sql.rows("SELECT constraint_name, constraint_type FROM main.information_schema.table_constraints"
                        + here + " AND table_name = 'shown'"))
                .containsExactly(List.of("shown_pk", "PRIMARY KEY"));
        assertThat(sql.rows("SELECT routine_name FROM main.information_schema.routines WHERE routine_schema = '"
                        + schemaName() + "' AND routine_name = 'thrice'"))
                .containsExactly(List.of("thrice"));
        assertThat(sql.rows("SELECT volume_name FROM main.information_schema.volumes WHERE volume_schema = '"
                        + schemaName() + "'"))
                .containsExactly(List.of("files"));
    }
}
