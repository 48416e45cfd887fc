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

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** DatabaseMetaData, as tools that browse a warehouse ask for it. */
class MetadataIT extends DriverTest {

    private DatabaseMetaData meta;

    @BeforeEach
    void createObjects() throws SQLException {
        String schema = schema();
        sql.run(
                "CREATE TABLE IF NOT EXISTS " + schema
                        + ".customers (id BIGINT NOT NULL, name STRING COMMENT 'who', CONSTRAINT customers_pk PRIMARY KEY (id))",
                "CREATE TABLE IF NOT EXISTS " + schema
                        + ".orders (id BIGINT NOT NULL, line INT NOT NULL, customer BIGINT,"
                        + " price DECIMAL(12,3), day DATE, tags ARRAY<STRING>, CONSTRAINT orders_pk PRIMARY KEY (id, line),"
                        + " CONSTRAINT orders_fk FOREIGN KEY (customer) REFERENCES " + schema + ".customers (id))",
                "CREATE OR REPLACE VIEW " + schema + ".cheap AS SELECT id, price FROM " + schema
                        + ".orders WHERE price < 10",
                "CREATE OR REPLACE FUNCTION " + schema + ".twice(x INT) RETURNS INT RETURN x * 2");
        meta = sql.connection().getMetaData();
    }

    @Test
    void shouldListCatalogs() throws SQLException {
        try (ResultSet rows = meta.getCatalogs()) {
            assertThat(SqlClient.rows(rows, "TABLE_CAT")).contains(List.of("main"));
        }
    }

    @Test
    void shouldListSchemas() throws SQLException {
        try (ResultSet rows = meta.getSchemas("main", null)) {
            assertThat(SqlClient.rows(rows, "TABLE_CATALOG", "TABLE_SCHEM"))
                    .contains(List.of("main", "default"), List.of("main", schemaName()));
        }
        try (ResultSet rows = meta.getSchemas("main", "metadata%" + mode.name().toLowerCase(Locale.ROOT))) {
            assertThat(SqlClient.rows(rows, "TABLE_SCHEM")).containsExactly(List.of(schemaName()));
        }
        try (ResultSet rows = meta.getSchemas("main", "nobody%")) {
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void shouldListTablesAndViews() throws SQLException {
        try (ResultSet rows = meta.getTables("main", schemaName(), "%", null)) {
            assertThat(SqlClient.rows(rows, "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME"))
                    .containsExactlyInAnyOrder(
                            List.of("main", schemaName(), "customers"),
                            List.of("main", schemaName(), "orders"),
                            List.of("main", schemaName(), "cheap"));
        }
        try (ResultSet rows = meta.getTables("main", schemaName(), "c%", null)) {
            assertThat(SqlClient.rows(rows, "TABLE_NAME"))
                    .containsExactlyInAnyOrder(List.of("customers"), List.of("cheap"));
        }
        try (ResultSet rows = meta.getTables("main", schemaName(), "o_ders", null)) {
            assertThat(SqlClient.rows(rows, "TABLE_NAME")).containsExactly(List.of("orders"));
        }
        try (ResultSet rows = meta.getTables("main", schemaName(), "%", new String[] {"VIEW"})) {
            assertThat(SqlClient.rows(rows, "TABLE_NAME", "TABLE_TYPE")).containsExactly(List.of("cheap", "VIEW"));
        }
        try (ResultSet rows = meta.getTables("main", "nobody", "%", null)) {
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void shouldDescribeColumns() throws SQLException {
        try (ResultSet rows = meta.getColumns("main", schemaName(), "orders", "%")) {
            assertThat(SqlClient.rows(rows, "COLUMN_NAME", "TYPE_NAME", "DATA_TYPE", "ORDINAL_POSITION", "IS_NULLABLE"))
                    .containsExactly(
                            List.of("id", "BIGINT", Types.BIGINT, 1, "NO"),
                            List.of("line", "INT", Types.INTEGER, 2, "NO"),
                            List.of("customer", "BIGINT", Types.BIGINT, 3, "YES"),
                            List.of("price", "DECIMAL", Types.DECIMAL, 4, "YES"),
                            List.of("day", "DATE", Types.DATE, 5, "YES"),
                            List.of("tags", "ARRAY<STRING>", Types.VARCHAR, 6, "YES"));
        }
        try (ResultSet rows = meta.getColumns("main", schemaName(), "orders", "price")) {
            assertThat(SqlClient.rows(rows, "COLUMN_NAME", "COLUMN_SIZE", "DECIMAL_DIGITS"))
                    .containsExactly(List.of("price", 12, 3));
        }
        try (ResultSet rows = meta.getColumns("main", schemaName(), "c%", "id")) {
            assertThat(SqlClient.rows(rows, "TABLE_NAME"))
                    .containsExactlyInAnyOrder(List.of("customers"), List.of("cheap"));
        }
    }

    @Test
    void shouldTellPrimaryKeys() throws SQLException {
        try (ResultSet rows = meta.getPrimaryKeys("main", schemaName(), "orders")) {
            assertThat(SqlClient.rows(rows, "COLUMN_NAME", "PK_NAME"))
                    .containsExactlyInAnyOrder(List.of("id", "orders_pk"), List.of("line", "orders_pk"));
        }
        try (ResultSet rows = meta.getPrimaryKeys("main", schemaName(), "cheap")) {
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void shouldTellForeignKeys() throws SQLException {
        try (ResultSet rows = meta.getImportedKeys("main", schemaName(), "orders")) {
            assertThat(SqlClient.rows(rows, "PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME"))
                    .containsExactly(List.of("customers", "id", "orders", "customer"));
        }
        try (ResultSet rows = meta.getImportedKeys("main", schemaName(), "customers")) {
            assertThat(rows.next()).isFalse();
        }
        try (ResultSet rows =
                meta.getCrossReference("main", schemaName(), "customers", "main", schemaName(), "orders")) {
            assertThat(SqlClient.rows(rows, "PKCOLUMN_NAME", "FKCOLUMN_NAME"))
                    .containsExactly(List.of("id", "customer"));
        }
    }

    @Test
    void shouldListFunctions() throws SQLException {
        try (ResultSet rows = meta.getFunctions("main", schemaName(), "tw%")) {
            assertThat(SqlClient.rows(rows, "FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME"))
                    .containsExactly(List.of("main", schemaName(), "twice"));
        }
    }

    @Test
    void shouldDescribeTheDriverAndItsTypes() throws SQLException {
        try (ResultSet rows = meta.getTableTypes()) {
            assertThat(SqlClient.rows(rows, "TABLE_TYPE")).contains(List.of("TABLE"), List.of("VIEW"));
        }
        try (ResultSet rows = meta.getTypeInfo()) {
            assertThat(SqlClient.rows(rows, "TYPE_NAME")).contains(List.of("INT"), List.of("DECIMAL"));
        }
        assertThat(meta.getDatabaseProductName()).contains("Spark");
        assertThat(meta.getDriverVersion()).startsWith("3.4.5");
        assertThat(meta.getURL()).contains("127.0.0.1");
        try (ResultSet rows = meta.getIndexInfo("main", schemaName(), "orders", false, false)) {
            assertThat(rows.next()).isFalse();
        }
        try (ResultSet rows = meta.getProcedures("main", schemaName(), "%")) {
            assertThat(rows.next()).isFalse();
        }
    }
}
