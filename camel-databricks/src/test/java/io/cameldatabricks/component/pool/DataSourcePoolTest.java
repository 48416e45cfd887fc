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
package io.cameldatabricks.component.pool;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import com.databricks.jdbc.api.IDatabricksConnection;
import com.databricks.jdbc.api.IDatabricksStatement;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.FaultRelay;
import io.cameldatabricks.component.FaultRelay.Spoiled;
import io.cameldatabricks.component.JdbcDataSourceOfNothing;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** A data source of the user: what can be said about its connections without knowing it. */
@Timeout(60)
class DataSourcePoolTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final FaultRelay relay = new FaultRelay(warehouse.httpUrl());

    private final HikariDataSource hikari = new HikariDataSource();

    @BeforeEach
    void start() {
        hikari.setJdbcUrl(warehouse
                .jdbcUrl()
                .replace(":" + warehouse.port(), relay.url().substring("http://127.0.0.1".length())));
        hikari.setMaximumPoolSize(1);
    }

    @AfterEach
    void stop() {
        relay.fault((method, path) -> null);
        hikari.close();
        relay.close();
    }

    @Test
    void shouldHaveHikariThrowAConnectionAway() throws Exception {
        DataSourcePool pool = new DataSourcePool(hikari);
        Connection dead = pool.borrow();
        Connection physical = dead.unwrap(IDatabricksConnection.class);

        pool.sessionLost(dead);
        pool.giveBack(dead);

        Connection next = pool.borrow();
        assertThat(next.unwrap(IDatabricksConnection.class)).isNotSameAs(physical);
        pool.giveBack(next);
        assertThat(hikari.getHikariPoolMXBean().getTotalConnections()).isEqualTo(1);
    }

    @Test
    void shouldCloseTheDriversConnectionOfAnyOtherPool() throws Exception {
        DataSourcePool pool = new DataSourcePool(new Unpooled());
        Connection dead = pool.borrow();

        pool.evict(dead);

        assertThat(dead.isClosed()).isTrue();
        pool.giveBack(dead);
    }

    @Test
    void shouldNotLoseAConnectionThatCannotBeGivenBackInOrder() throws Exception {
        DataSourcePool pool = new DataSourcePool(hikari);
        relay.fault((method, path) ->
                method.equals("DELETE") && path.contains("/statements/") ? new Spoiled(400, false) : null);
        for (int i = 0; i < 3; i++) {
            Connection connection = pool.borrow();
            connection.createStatement().unwrap(IDatabricksStatement.class).executeAsync("SELECT 1");
            pool.giveBack(connection);
        }
        assertThat(hikari.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    /** As the simplest data source of all. */
    private static final class Unpooled extends JdbcDataSourceOfNothing {

        @Override
        public Connection getConnection() throws SQLException {
            return DriverManager.getConnection(warehouse.jdbcUrl());
        }
    }
}
