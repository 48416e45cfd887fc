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

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.cameldatabricks.testinfra.LocalWarehouse;

/** A class of tests that runs once in every {@link DriverMode}, on the shared warehouse, with a schema of its own. */
@ParameterizedClass(name = "{0}")
@EnumSource(DriverMode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DriverTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.create();

    @Parameter
    DriverMode mode;

    /** A connection for the test. */
    SqlClient sql;

    private final List<SqlClient> opened = new ArrayList<>();

    @BeforeEach
    void openConnection() throws SQLException {
        sql = connect();
    }

    @AfterEach
    void closeConnections() throws SQLException {
        for (SqlClient client : opened) {
            client.close();
        }
        opened.clear();
    }

    /** The ways in which rows come in this mode. */
    Stream<Transport> transports() {
        return Transport.of(mode);
    }

    /** Catalog and schema of this class. */
    String schema() throws SQLException {
        String schema = "main." + schemaName();
        sql.run("CREATE SCHEMA IF NOT EXISTS " + schema);
        return schema;
    }

    String schemaName() {
        return (getClass().getSimpleName() + "_" + mode).toLowerCase(Locale.ROOT);
    }

    /** Full name of a table of this class. */
    String table(String name) throws SQLException {
        return schema() + "." + name;
    }

    /** A connection that is closed after the test. */
    SqlClient connect() throws SQLException {
        return connect(Map.of());
    }

    /** @param parameters of the driver's URL, beside those of the mode */
    SqlClient connect(Map<String, String> parameters) throws SQLException {
        SqlClient client = new SqlClient(DriverManager.getConnection(url(parameters)));
        opened.add(client);
        return client;
    }

    String url(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(mode.parameters());
        all.putAll(parameters);
        return warehouse.jdbcUrl(all);
    }
}
