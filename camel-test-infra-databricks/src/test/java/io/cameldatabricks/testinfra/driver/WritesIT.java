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

import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** DDL, DML and MERGE on Delta tables: the counts that the driver reports, and what is in the table then. */
@ThriftInSoak
class WritesIT extends DriverTest {

    @Test
    void shouldCountRowsOfEveryKindOfWrite() throws SQLException {
        String table = table("counts");
        assertThat(sql.update("CREATE OR REPLACE TABLE " + table + " (id INT, v STRING)"))
                .isZero();
        assertThat(sql.update("INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b'), (3, 'c')"))
                .isEqualTo(3);
        assertThat(sql.update("INSERT INTO " + table + " SELECT CAST(id AS INT) + 10, 's' FROM range(100)"))
                .isEqualTo(100);
        assertThat(sql.update("UPDATE " + table + " SET v = 'u' WHERE id <= 2")).isEqualTo(2);
        assertThat(sql.update("UPDATE " + table + " SET v = 'u' WHERE id > 1000"))
                .isZero();
        assertThat(sql.update("DELETE FROM " + table + " WHERE id >= 10")).isEqualTo(100);
        assertThat(sql.update("DELETE FROM " + table + " WHERE id >= 10")).isZero();
        assertThat(sql.rows("SELECT id, v FROM " + table + " ORDER BY id"))
                .containsExactly(List.of(1, "u"), List.of(2, "u"), List.of(3, "c"));
        assertThat(sql.update("TRUNCATE TABLE " + table)).isZero();
        assertThat(sql.value("SELECT count(*) FROM " + table)).isEqualTo(0L);
    }

    @Test
    void shouldMerge() throws SQLException {
        String table = table("merged");
        sql.run(
                "CREATE OR REPLACE TABLE " + table + " (id INT, v STRING)",
                "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        assertThat(sql.update("MERGE INTO " + table + " AS t USING (SELECT * FROM VALUES (2, 'B'), (3, NULL), (4, 'd')"
                        + " AS s(id, v)) AS s ON t.id = s.id WHEN MATCHED AND s.v IS NULL THEN DELETE"
                        + " WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT *"
                        + " WHEN NOT MATCHED BY SOURCE AND t.id = 1 THEN UPDATE SET v = 'kept'"))
                .isEqualTo(4);
        assertThat(sql.rows("SELECT id, v FROM " + table + " ORDER BY id"))
                .containsExactly(List.of(1, "kept"), List.of(2, "B"), List.of(4, "d"));
    }

    @Test
    void shouldShowTheCountsOfDmlAsColumns() throws SQLException {
        String table = table("columns");
        sql.run("CREATE OR REPLACE TABLE " + table + " (id INT)");
        try (Statement statement = sql.connection().createStatement()) {
            assertThat(statement.execute("INSERT INTO " + table + " VALUES (1), (2)"))
                    .isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(2);
            assertThat(statement.getLargeUpdateCount()).isEqualTo(2);
            assertThat(statement.getMoreResults()).isFalse();
        }
    }

    @Test
    void shouldOverwriteAndReplaceWhere() throws SQLException {
        String table = table("overwritten");
        sql.run("CREATE OR REPLACE TABLE " + table + " AS SELECT id FROM range(5)");
        assertThat(sql.update("INSERT OVERWRITE " + table + " VALUES (7), (8)")).isEqualTo(2);
        assertThat(sql.update("INSERT INTO " + table + " REPLACE WHERE id = 8 SELECT 8L UNION ALL SELECT 8L"))
                .isEqualTo(2);
        assertThat(sql.rows("SELECT id FROM " + table + " ORDER BY id"))
                .containsExactly(List.of(7L), List.of(8L), List.of(8L));
    }

    @Test
    void shouldCreateAlterAndDrop() throws SQLException {
        String table = table("altered");
        sql.run(
                "DROP TABLE IF EXISTS " + table,
                "CREATE TABLE " + table + " (id INT) TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
                "INSERT INTO " + table + " VALUES (1)",
                "ALTER TABLE " + table + " ADD COLUMNS (extra STRING, n DECIMAL(5,1))",
                "ALTER TABLE " + table + " RENAME COLUMN extra TO more",
                "ALTER TABLE " + table + " DROP COLUMN n",
                "COMMENT ON TABLE " + table + " IS 'it''s'");
        assertThat(sql.update("INSERT INTO " + table + " (more, id) VALUES ('m', 2)"))
                .isEqualTo(1);
        assertThat(sql.row("SELECT max(id), max(more) FROM " + table)).containsExactly(2, "m");
        sql.run("DROP TABLE " + table);
        assertThatThrownBy(() -> sql.rows("SELECT * FROM " + table)).hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void shouldKeepTypesAndNullsInTables() throws SQLException {
        String table = table("kept");
        sql.run("CREATE OR REPLACE TABLE " + table + " (a TINYINT, b DECIMAL(12,3), c BINARY, d DATE, e TIMESTAMP_NTZ,"
                + " f ARRAY<STRUCT<x: INT>>, g MAP<STRING, INT>, h VARIANT, i STRING, j BOOLEAN)");
        sql.run("INSERT INTO " + table + " SELECT 1Y, 1.5, X'01', DATE'2026-01-01', TIMESTAMP_NTZ'2026-01-01 00:00:00',"
                + " array(named_struct('x', 1)), map('k', 1), parse_json('[1]'), '', true");
        sql.run("INSERT INTO " + table + " VALUES (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
        List<List<Object>> rows = sql.rows("SELECT a, CAST(b AS STRING), hex(c), CAST(d AS STRING), CAST(e AS STRING),"
                + " f, g, h, i, j FROM " + table + " ORDER BY a NULLS LAST");
        assertThat(rows.get(0))
                .containsExactly(
                        (byte) 1,
                        "1.500",
                        "01",
                        "2026-01-01",
                        "2026-01-01 00:00:00",
                        "[{\"x\":1}]",
                        "{\"k\":1}",
                        "[1]",
                        "",
                        true);
        assertThat(rows.get(1)).containsOnlyNulls().hasSize(10);
    }

    @Test
    void shouldRunBatches() throws SQLException {
        String table = table("batched");
        sql.run("CREATE OR REPLACE TABLE " + table + " (id INT, v STRING)");
        try (PreparedStatement insert = sql.connection().prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
            for (int i = 0; i < 5; i++) {
                insert.setInt(1, i);
                insert.setString(2, "v" + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1, 1, 1);
        }
        try (Statement statement = sql.connection().createStatement()) {
            statement.addBatch("UPDATE " + table + " SET v = 'x' WHERE id < 2");
            statement.addBatch("DELETE FROM " + table + " WHERE id = 4");
            assertThat(statement.executeBatch()).containsExactly(2, 1);
        }
        assertThat(sql.row("SELECT count(*), count_if(v = 'x'), sum(id) FROM " + table))
                .containsExactly(4L, 2L, 6L);
    }

    /** A defect of the driver: it makes one statement of all rows, but counts the ordinals of each row from one. */
    @Test
    void driverShouldBeKnownToRepeatOrdinalsInBatchedInserts() throws SQLException {
        String table = table("together");
        sql.run("CREATE OR REPLACE TABLE " + table + " (id INT, v STRING)");
        try (SqlClient client = connect(Map.of("EnableBatchedInserts", "1"));
                PreparedStatement insert =
                        client.connection().prepareStatement("INSERT INTO " + table + " (id, v) VALUES (?, ?)")) {
            for (int i = 0; i < 3; i++) {
                insert.setInt(1, i);
                insert.setString(2, "v" + i);
                insert.addBatch();
            }
            assertThatThrownBy(insert::executeBatch)
                    .isInstanceOf(BatchUpdateException.class)
                    .hasMessageContaining("ordinals of positional parameters");
        }
        assertThat(sql.value("SELECT count(*) FROM " + table)).isEqualTo(0L);
    }

    @Test
    void shouldStopABatchAtTheFirstFailure() throws SQLException {
        String table = table("stopped");
        sql.run("CREATE OR REPLACE TABLE " + table + " (id INT)");
        try (Statement statement = sql.connection().createStatement()) {
            statement.addBatch("INSERT INTO " + table + " VALUES (1)");
            statement.addBatch("INSERT INTO " + table + " VALUES (1 / 0)");
            statement.addBatch("INSERT INTO " + table + " VALUES (3)");
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOfSatisfying(BatchUpdateException.class, e -> assertThat(e.getUpdateCounts())
                            .startsWith(1));
        }
        assertThat(sql.rows("SELECT id FROM " + table)).containsExactly(List.of(1));
    }
}
