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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.testinfra.server.engine.EngineException;

import static org.assertj.core.api.Assertions.assertThat;

class DeltaStatementsTest {

    private static TestSession session;

    @BeforeAll
    static void open() {
        session = SharedEngine.session();
        session.run(List.of("CREATE CATALOG shop", "CREATE SCHEMA shop.sales", "USE shop.sales"));
    }

    @AfterAll
    static void close() {
        session.run(List.of("USE main.default", "DROP CATALOG shop CASCADE"));
        session.close();
    }

    @BeforeEach
    void fresh() {
        session.run(List.of(
                "CREATE OR REPLACE TABLE orders (id INT NOT NULL, amount INT)",
                "INSERT INTO orders VALUES (1, 10), (2, 20), (3, 30)"));
    }

    private static List<List<String>> orders() {
        return session.rows("SELECT id, amount FROM shop.sales.orders ORDER BY id");
    }

    @Test
    void shouldCountInsertUpdateDeleteAndMerge() {
        CollectedResult insert = session.run("INSERT INTO orders SELECT id + 10, 0 FROM range(7)");
        assertThat(insert.columnNames()).containsExactly("num_affected_rows", "num_inserted_rows");
        assertThat(insert.rows()).containsExactly(List.of("7", "7"));
        assertThat(session.value("UPDATE shop.sales.orders SET amount = 1 WHERE id > 10"))
                .isEqualTo("6");
        assertThat(session.value("DELETE FROM sales.orders WHERE id >= 10")).isEqualTo("7");
        CollectedResult merge = session.run("MERGE INTO orders t USING (SELECT 1 AS id, 11 AS amount UNION ALL"
                + " SELECT 2, NULL UNION ALL SELECT 4, 40) s ON t.id = s.id"
                + " WHEN MATCHED AND s.amount IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET *"
                + " WHEN NOT MATCHED THEN INSERT *");
        assertThat(merge.columnNames())
                .containsExactly("num_affected_rows", "num_updated_rows", "num_deleted_rows", "num_inserted_rows");
        assertThat(merge.rows()).containsExactly(List.of("3", "1", "1", "1"));
        assertThat(orders()).containsExactly(List.of("1", "11"), List.of("3", "30"), List.of("4", "40"));
    }

    @Test
    void shouldOverwriteWhollyAndByPredicate() {
        assertThat(session.value("SELECT count(*) FROM orders")).isEqualTo("3");
        session.run("INSERT INTO orders REPLACE WHERE id = 3 VALUES (3, 33)");
        assertThat(orders()).containsExactly(List.of("1", "10"), List.of("2", "20"), List.of("3", "33"));
        session.run("INSERT OVERWRITE orders VALUES (9, 90)");
        assertThat(orders()).containsExactly(List.of("9", "90"));
        session.run("INSERT INTO orders BY NAME SELECT 100 AS amount, 10 AS id");
        assertThat(orders()).containsExactly(List.of("9", "90"), List.of("10", "100"));
    }

    @Test
    void shouldTravelInTime() {
        session.run("DELETE FROM orders");
        String version =
                session.value("SELECT max(version) - 1 FROM (SELECT 1 + " + lastVersion() + " - 1 AS version)");
        assertThat(session.value("SELECT count(*) FROM shop.sales.orders VERSION AS OF " + version))
                .isEqualTo("3");
        assertThat(session.value("SELECT count(*) FROM shop.sales.orders@v" + version))
                .isEqualTo("3");
        assertThat(session.failure("SELECT * FROM orders TIMESTAMP AS OF '2000-01-01'")
                        .getMessage())
                .startsWith("[DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION]");
        session.run("RESTORE TABLE shop.sales.orders TO VERSION AS OF " + version);
        assertThat(orders()).hasSize(3);
    }

    private static String lastVersion() {
        return session.rows("DESCRIBE HISTORY shop.sales.orders LIMIT 1").get(0).get(0);
    }

    @Test
    void shouldTellHistoryAndDetail() {
        CollectedResult history = session.run("DESCRIBE HISTORY orders");
        assertThat(history.columnNames()).startsWith("version", "timestamp").contains("operation", "operationMetrics");
        assertThat(history.rows().get(0).get(history.columnNames().indexOf("operation")))
                .isEqualTo("WRITE");
        CollectedResult detail = session.run("DESCRIBE DETAIL shop.sales.orders");
        assertThat(detail.rows().get(0).get(detail.columnNames().indexOf("name")))
                .isEqualTo("shop.sales.orders");
        assertThat(detail.rows().get(0).get(0)).isEqualTo("delta");
    }

    @Test
    void shouldMaintainTables() {
        session.run("INSERT INTO orders VALUES (4, 40)");
        assertThat(session.run("OPTIMIZE shop.sales.orders ZORDER BY (id)").columnNames())
                .containsExactly("path", "metrics");
        assertThat(session.run("VACUUM shop.sales.orders").columnNames()).containsExactly("path");
        assertThat(session.failure("VACUUM orders RETAIN 0 HOURS").getMessage()).contains("retention");
        session.run("ANALYZE TABLE orders COMPUTE STATISTICS FOR ALL COLUMNS");
        session.run("TRUNCATE TABLE orders");
        assertThat(orders()).isEmpty();
    }

    @Test
    void shouldCloneShallowAndDeep() {
        session.run(List.of(
                "CREATE OR REPLACE TABLE shallow_copy SHALLOW CLONE shop.sales.orders",
                "CREATE OR REPLACE TABLE main.default.deep_copy DEEP CLONE shop.sales.orders",
                "DELETE FROM orders"));
        assertThat(session.value("SELECT count(*) FROM shallow_copy")).isEqualTo("3");
        String files = session.value(
                "SELECT count(*) FROM main.default.deep_copy WHERE _metadata.file_path LIKE '%deep_copy%'");
        assertThat(files).isEqualTo("3");
        assertThat(session.failure("INSERT INTO main.default.deep_copy VALUES (NULL, 1)")
                        .sqlState())
                .isEqualTo("23502");
        session.run("DROP TABLE main.default.deep_copy");
    }

    @Test
    void shouldFillIdentityDefaultAndGeneratedColumns() {
        session.run(List.of(
                "CREATE OR REPLACE TABLE filled (id BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 5 INCREMENT BY 5),"
                        + " d DATE, y INT GENERATED ALWAYS AS (YEAR(d)), state STRING DEFAULT 'new')",
                "INSERT INTO filled (d) VALUES (DATE'2026-05-05')",
                "INSERT INTO filled (d, state) VALUES (DATE'2025-05-05', DEFAULT)"));
        assertThat(session.rows("SELECT * FROM filled ORDER BY id"))
                .containsExactly(List.of("5", "2026-05-05", "2026", "new"), List.of("10", "2025-05-05", "2025", "new"));
        assertThat(session.failure("INSERT INTO filled (id, d) VALUES (1, DATE'2026-01-01')")
                        .getMessage())
                .startsWith("[DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED]");
    }

    @Test
    void shouldEnforceNotNullAndCheck() {
        EngineException notNull = session.failure("INSERT INTO orders VALUES (NULL, 1)");
        assertThat(notNull.sqlState()).isEqualTo("23502");
        assertThat(notNull.getMessage())
                .startsWith("[DELTA_NOT_NULL_CONSTRAINT_VIOLATED]")
                .doesNotContain("\tat ");
        session.run("ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0)");
        EngineException check = session.failure("INSERT INTO orders VALUES (4, -1)");
        assertThat(check.sqlState()).isEqualTo("23001");
        assertThat(check.getMessage())
                .startsWith("[DELTA_VIOLATE_CONSTRAINT_WITH_VALUES]")
                .contains("positive");
        session.run("ALTER TABLE orders DROP CONSTRAINT positive");
        assertThat(session.rows("INSERT INTO orders VALUES (4, -1)")).containsExactly(List.of("1", "1"));
        session.run("CREATE OR REPLACE TABLE checked (a INT, CONSTRAINT small CHECK (a < 10))");
        assertThat(session.failure("INSERT INTO checked VALUES (10)").getMessage())
                .contains("small");
    }

    @Test
    void shouldReadTheChangeDataFeed() {
        session.run(List.of(
                "CREATE OR REPLACE TABLE fed (id INT) TBLPROPERTIES (delta.enableChangeDataFeed = true)",
                "INSERT INTO fed VALUES (1)",
                "UPDATE fed SET id = 2"));
        String version = session.rows("DESCRIBE HISTORY fed LIMIT 1").get(0).get(0);
        assertThat(session.rows(
                        "SELECT id, _change_type FROM table_changes('shop.sales.fed', " + version + ") ORDER BY id"))
                .containsExactly(List.of("1", "update_preimage"), List.of("2", "update_postimage"));
    }

    @Test
    void shouldKnowVariantPaths() {
        session.run(List.of(
                "CREATE OR REPLACE TABLE semi (v VARIANT)",
                "INSERT INTO semi SELECT parse_json('{\"a\": {\"b\": [1, 2]}, \"s\": \"x\"}')"));
        assertThat(session.rows("SELECT v:a.b[1]::int, v:s::string, v:a FROM semi"))
                .containsExactly(List.of("2", "x", "{\"b\":[1,2]}"));
    }

    @Test
    void shouldChangeTables() {
        session.run(List.of(
                "ALTER TABLE orders ADD COLUMN note STRING COMMENT 'free'",
                "ALTER TABLE shop.sales.orders RENAME TO shop.sales.renamed",
                "COMMENT ON TABLE renamed IS 'it''s new'",
                "COMMENT ON COLUMN renamed.amount IS 'in cents'",
                "ALTER TABLE renamed SET TBLPROPERTIES ('owner.team' = 'x')",
                "ALTER TABLE renamed SET OWNER TO bob"));
        assertThat(session.value("SHOW CREATE TABLE renamed"))
                .isEqualTo("CREATE TABLE shop.sales.renamed (\n  id INT NOT NULL,\n  amount INT COMMENT 'in cents',\n"
                        + "  note STRING COMMENT 'free')\nUSING delta\nCOMMENT 'it\\'s new'\n"
                        + "TBLPROPERTIES (\n  'owner.team' = 'x')\n");
        session.run("DROP TABLE renamed");
    }

    @Test
    void shouldReportConcurrentChanges() {
        session.run("CREATE OR REPLACE TABLE raced (id INT, grp INT)");
        session.run("INSERT INTO raced SELECT id, id % 2 FROM range(100)");
        try (TestSession other = SharedEngine.session()) {
            EngineException failure = Races.loser(session, other, "shop.sales.raced");
            assertThat(failure.sqlState()).isEqualTo("2D521");
            assertThat(failure.getMessage()).startsWith("[DELTA_CONCURRENT_");
            EngineException merge = Races.loserOf(
                    session,
                    other,
                    "MERGE INTO shop.sales.raced t USING (SELECT id + 50 AS id FROM range(100)) s ON t.id = s.id"
                            + " WHEN MATCHED THEN UPDATE SET grp = grp + 1"
                            + " WHEN NOT MATCHED THEN INSERT (id, grp) VALUES (s.id, 0)");
            assertThat(merge.sqlState()).isEqualTo("2D521");
            assertThat(merge.getMessage()).startsWith("[DELTA_CONCURRENT_");
        }
    }
}
