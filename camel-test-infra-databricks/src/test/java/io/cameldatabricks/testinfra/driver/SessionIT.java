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

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.WarehouseOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What belongs to one session is not seen by another, and what the driver shows when its session is gone. */
class SessionIT extends DriverTest {

    /** Of this class alone, because its clock is turned and its sessions are dropped. */
    @RegisterExtension
    static LocalWarehouse own = LocalWarehouse.create(WarehouseOptions.spark());

    @Test
    void shouldKeepTemporaryViewsToTheirSession() throws SQLException {
        SqlClient other = connect();
        sql.run("CREATE TEMPORARY VIEW numbers AS SELECT id FROM range(3)");
        other.run("CREATE TEMPORARY VIEW numbers AS SELECT 'x' AS id");
        assertThat(sql.value("SELECT count(*) FROM numbers")).isEqualTo(3L);
        assertThat(other.value("SELECT id FROM numbers")).isEqualTo("x");
        other.run("DROP VIEW numbers");
        assertThat(sql.value("SELECT count(*) FROM numbers")).isEqualTo(3L);
        assertThatThrownBy(() -> other.rows("SELECT * FROM numbers")).hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void shouldKeepVariablesToTheirSession() throws SQLException {
        SqlClient other = connect();
        sql.run("DECLARE OR REPLACE VARIABLE answer INT DEFAULT 41", "SET VAR answer = answer + 1");
        assertThat(sql.value("SELECT answer")).isEqualTo(42);
        assertThatThrownBy(() -> other.rows("SELECT answer")).hasMessageContaining("UNRESOLVED_COLUMN");
    }

    @Test
    void shouldKeepTheCurrentSchemaAndSettingsToTheirSession() throws SQLException {
        SqlClient other = connect();
        sql.run("USE " + schema(), "SET TIME ZONE 'Asia/Tokyo'");
        assertThat(sql.row("SELECT current_catalog(), current_schema(), current_timezone()"))
                .containsExactly("main", schemaName(), "Asia/Tokyo");
        assertThat(other.row("SELECT current_catalog(), current_schema()")).containsExactly("main", "default");
        assertThat(other.value("SELECT current_timezone()")).isNotEqualTo("Asia/Tokyo");
    }

    @Test
    void shouldStartInTheCatalogAndSchemaOfTheUrl() throws SQLException {
        String schema = schema();
        sql.run("CREATE OR REPLACE TABLE " + schema + ".here AS SELECT 5 AS five");
        try (SqlClient client = connect(Map.of("ConnCatalog", "main", "ConnSchema", schemaName()))) {
            assertThat(client.value("SELECT five FROM here")).isEqualTo(5);
            assertThat(client.connection().getSchema()).isEqualTo(schemaName());
            assertThat(client.connection().getCatalog()).isEqualTo("main");
        }
    }

    @Test
    void shouldChangeTheSchemaOfAConnection() throws SQLException {
        String schema = schema();
        sql.run("CREATE OR REPLACE TABLE " + schema + ".there AS SELECT 6 AS six");
        sql.connection().setSchema(schemaName());
        assertThat(sql.value("SELECT six FROM there")).isEqualTo(6);
        assertThat(sql.value("SELECT current_schema()")).isEqualTo(schemaName());
    }

    @Test
    void shouldTakeSettingsFromTheUrl() throws SQLException {
        try (SqlClient client = connect(Map.of("TIMEZONE", "America/New_York"))) {
            assertThat(client.value("SELECT current_timezone()")).isEqualTo("America/New_York");
        }
        try (SqlClient client = connect(Map.of("ANSI_MODE", "false"))) {
            assertThat(client.value("SELECT CAST('x' AS INT)")).isNull();
        }
    }

    @Test
    void shouldShareTablesBetweenSessions() throws SQLException {
        String table = table("shared");
        SqlClient other = connect();
        sql.run("CREATE OR REPLACE TABLE " + table + " (id INT)");
        other.update("INSERT INTO " + table + " VALUES (1)");
        assertThat(sql.rows("SELECT * FROM " + table)).containsExactly(List.of(1));
        other.update("UPDATE " + table + " SET id = 2");
        assertThat(sql.rows("SELECT * FROM " + table)).containsExactly(List.of(2));
    }

    @Test
    void shouldFailAfterTheSessionHasExpired() throws SQLException {
        try (Connection connection = DriverManager.getConnection(own.jdbcUrl(mode.parameters()));
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            own.advanceClock(Duration.ofHours(9));
            assertSessionIsGone(statement);
            // the driver asks nobody
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void shouldKeepASessionThatIsUsed() throws SQLException {
        try (Connection connection = DriverManager.getConnection(own.jdbcUrl(mode.parameters()));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY VIEW mine AS SELECT 1 AS one");
            for (int i = 0; i < 4; i++) {
                own.advanceClock(Duration.ofHours(5));
                assertThat(statement.execute("SELECT * FROM mine")).isTrue();
            }
        }
    }

    @Test
    void shouldFailAfterSessionsWereDroppedAndServeNewOnes() throws SQLException {
        try (Connection connection = DriverManager.getConnection(own.jdbcUrl(mode.parameters()));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE main.default.survivor AS SELECT 7 AS n");
            statement.execute("CREATE TEMPORARY VIEW gone AS SELECT 1");
            assertThat(own.dropSessions()).isPositive();
            assertSessionIsGone(statement);
        }
        try (SqlClient next = new SqlClient(DriverManager.getConnection(own.jdbcUrl(mode.parameters())))) {
            assertThat(next.value("SELECT n FROM main.default.survivor")).isEqualTo(7);
            assertThatThrownBy(() -> next.rows("SELECT * FROM gone")).hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
        }
    }

    private static void assertSessionIsGone(Statement statement) {
        assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("SessionHandle");
    }
}
