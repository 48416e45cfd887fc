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

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.testinfra.server.engine.ResultColumn;

import static org.assertj.core.api.Assertions.assertThat;

class MetadataTest {

    private static TestSession session;

    @BeforeAll
    static void open() {
        session = SharedEngine.session();
        session.run(List.of(
                "CREATE CATALOG meta COMMENT 'for metadata'",
                "CREATE SCHEMA meta.s COMMENT 'a schema'",
                "USE meta.s",
                "CREATE TABLE parents (id BIGINT GENERATED ALWAYS AS IDENTITY COMMENT 'the key', p DECIMAL(10,2) DEFAULT 1,"
                        + " CONSTRAINT parents_pk PRIMARY KEY (id)) COMMENT 'all parents'",
                "CREATE TABLE children (c INT, parent BIGINT, CONSTRAINT to_parent FOREIGN KEY (parent) REFERENCES parents)",
                "CREATE VIEW elders AS SELECT id FROM parents",
                "CREATE FUNCTION twice(x INT) RETURNS INT RETURN x * 2",
                "CREATE VOLUME files"));
    }

    @AfterAll
    static void close() {
        session.run(List.of("USE main.default", "DROP CATALOG meta CASCADE"));
        session.close();
    }

    @Test
    void shouldAnswerTheDriversStatements() {
        assertThat(session.run("SHOW CATALOGS").columnNames()).containsExactly("catalog");
        assertThat(session.rows("SHOW SCHEMAS IN `meta` LIKE 's*'")).containsExactly(List.of("s"));
        assertThat(session.rows("SHOW SCHEMAS IN ALL CATALOGS LIKE 's'")).contains(List.of("s", "meta"));
        CollectedResult tables = session.run("SHOW TABLES IN CATALOG `meta` SCHEMA LIKE 's' LIKE '*'");
        assertThat(tables.columnNames())
                .containsExactly("namespace", "tableName", "isTemporary", "catalogName", "tableType", "remarks");
        assertThat(tables.rows())
                .containsExactly(
                        Arrays.asList("s", "children", "false", "meta", "TABLE", null),
                        Arrays.asList("s", "elders", "false", "meta", "VIEW", null),
                        Arrays.asList("s", "parents", "false", "meta", "TABLE", "all parents"));
        CollectedResult columns =
                session.run("SHOW COLUMNS IN CATALOG `meta` SCHEMA LIKE 's' TABLE LIKE 'parents' LIKE '*'");
        assertThat(columns.columns().stream()
                        .filter(column -> List.of("columnSize", "decimalDigits", "ordinalPosition", "radix")
                                .contains(column.name()))
                        .map(ResultColumn::typeName))
                .hasSize(4)
                .containsOnly("INT");
        assertThat(columns.firstColumn()).containsExactly("id", "p");
        assertThat(session.rows("SHOW FUNCTIONS IN CATALOG `meta` SCHEMA LIKE 's' LIKE 'tw*'")
                        .get(0)
                        .subList(0, 3))
                .containsExactly("twice", "s", "meta");
        assertThat(session.rows("SHOW KEYS IN CATALOG `meta` IN SCHEMA `s` IN TABLE `parents`"))
                .containsExactly(List.of("meta", "s", "parents", "id", "1", "parents_pk"));
        assertThat(session.rows("SHOW FOREIGN KEYS IN CATALOG `meta` IN SCHEMA `s` IN TABLE `children`")
                        .get(0)
                        .subList(0, 9))
                .containsExactly("meta", "s", "parents", "id", "meta", "s", "children", "parent", "1");
    }

    @Test
    void shouldFillInformationSchema() {
        assertThat(session.rows("SELECT table_name, table_type, data_source_format, comment"
                        + " FROM information_schema.tables ORDER BY table_name"))
                .containsExactly(
                        Arrays.asList("children", "MANAGED", "DELTA", null),
                        Arrays.asList("elders", "VIEW", "UNKNOWN_DATA_SOURCE_FORMAT", null),
                        Arrays.asList("parents", "MANAGED", "DELTA", "all parents"));
        assertThat(session.rows("SELECT c.column_name, ordinal_position, is_nullable, full_data_type, is_identity,"
                        + " column_default FROM meta.information_schema.columns c WHERE c.table_name = 'parents'"
                        + " ORDER BY ordinal_position"))
                .containsExactly(
                        Arrays.asList("id", "0", "NO", "bigint", "YES", null),
                        Arrays.asList("p", "1", "YES", "decimal(10,2)", "NO", "1"));
        assertThat(session.rows("SELECT constraint_name, constraint_type, enforced"
                        + " FROM system.information_schema.table_constraints WHERE table_catalog = 'meta' ORDER BY 1"))
                .containsExactly(List.of("parents_pk", "PRIMARY KEY", "NO"), List.of("to_parent", "FOREIGN KEY", "NO"));
        assertThat(session.rows(
                        "SELECT constraint_name, column_name FROM information_schema.key_column_usage ORDER BY 1"))
                .containsExactly(List.of("parents_pk", "id"), List.of("to_parent", "parent"));
        assertThat(session.rows("SELECT unique_constraint_name FROM information_schema.referential_constraints"))
                .containsExactly(List.of("parents_pk"));
        assertThat(session.rows("SELECT routine_name, data_type, routine_definition FROM information_schema.routines"))
                .containsExactly(List.of("twice", "INT", "x * 2"));
        assertThat(session.rows("SELECT parameter_name, full_data_type FROM information_schema.parameters"))
                .containsExactly(List.of("x", "int"));
        assertThat(session.rows("SELECT volume_name, volume_type FROM information_schema.volumes"))
                .containsExactly(List.of("files", "MANAGED"));
        assertThat(session.rows("SELECT table_name, view_definition FROM information_schema.views"))
                .containsExactly(List.of("elders", "SELECT id FROM parents"));
        assertThat(session.rows("SELECT schema_name, comment FROM information_schema.schemata ORDER BY 1"))
                .contains(List.of("s", "a schema"));
        assertThat(session.value("SELECT comment FROM system.information_schema.catalogs WHERE catalog_name = 'meta'"))
                .isEqualTo("for metadata");
    }

    @Test
    void shouldDescribeWithoutInnerNames() {
        List<List<String>> rows = session.rows("DESCRIBE TABLE EXTENDED parents");
        assertThat(rows).contains(List.of("Catalog", "meta", ""), List.of("Database", "s", ""));
        assertThat(rows.toString()).doesNotContain("spark_catalog").doesNotContain("local.warehouse");
        assertThat(session.rows("SHOW TBLPROPERTIES parents").toString()).doesNotContain("local.warehouse");
        assertThat(session.rows("DESCRIBE DETAIL parents").toString()).doesNotContain("local.warehouse");
        assertThat(session.rows("DESCRIBE SCHEMA meta.s")).contains(List.of("Comment", "a schema"));
        assertThat(session.rows("DESCRIBE CATALOG meta")).contains(List.of("Comment", "for metadata"));
        assertThat(session.rows("SHOW TABLES")).contains(List.of("s", "parents", "false"));
        assertThat(session.rows("SHOW VIEWS IN meta.s")).containsExactly(List.of("s", "elders", "false", "false"));
    }

    @Test
    void shouldShowHowToCreateTablesAgain() {
        assertThat(session.value("SHOW CREATE TABLE children"))
                .isEqualTo("CREATE TABLE meta.s.children (\n  c INT,\n  parent BIGINT,\n"
                        + "  CONSTRAINT to_parent FOREIGN KEY (parent) REFERENCES meta.s.parents (id))\nUSING delta\n");
        assertThat(session.value("SHOW CREATE TABLE elders"))
                .isEqualTo("CREATE VIEW meta.s.elders (\n  id COMMENT 'the key')\nAS SELECT id FROM parents\n");
        String parents = session.value("SHOW CREATE TABLE parents");
        session.run(parents.replace("meta.s.parents", "main.default.parents_again"));
        assertThat(session.value("SHOW CREATE TABLE main.default.parents_again"))
                .isEqualTo(parents.replace("meta.s.parents", "main.default.parents_again"));
        session.run("DROP TABLE main.default.parents_again");
    }

    @Test
    void shouldAddAndDropKeys() {
        session.run(List.of(
                "CREATE OR REPLACE TABLE keyed (a INT NOT NULL, b INT)",
                "ALTER TABLE keyed ADD CONSTRAINT keyed_pk PRIMARY KEY (a)",
                "ALTER TABLE keyed ADD CONSTRAINT keyed_fk FOREIGN KEY (b) REFERENCES meta.s.parents (id)"));
        assertThat(session.value(
                        "SELECT count(*) FROM information_schema.table_constraints WHERE table_name = 'keyed'"))
                .isEqualTo("2");
        assertThat(session.failure("ALTER TABLE keyed ADD CONSTRAINT other PRIMARY KEY (b)")
                        .sqlState())
                .isEqualTo("42710");
        session.run(List.of("ALTER TABLE keyed DROP PRIMARY KEY", "ALTER TABLE keyed DROP CONSTRAINT keyed_fk"));
        assertThat(session.value(
                        "SELECT count(*) FROM information_schema.table_constraints WHERE table_name = 'keyed'"))
                .isEqualTo("0");
        assertThat(session.failure("ALTER TABLE keyed DROP PRIMARY KEY").sqlState())
                .isEqualTo("42704");
        session.run("DROP TABLE keyed");
    }
}
