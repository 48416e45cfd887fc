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
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.FailureTranslator;

/** A data source of the user, used as it is: it pools or not, and the user closes it. */
public final class DataSourcePool implements ConnectionPool {

    private static final Logger LOG = LoggerFactory.getLogger(DataSourcePool.class);

    private final DataSource dataSource;
    private final AtomicInteger waiting = new AtomicInteger();

    public DataSourcePool(DataSource dataSource) {
        this.dataSource = Objects.requireNonNull(dataSource);
    }

    @Override
    public Connection borrow() {
        waiting.incrementAndGet();
        try {
            return dataSource.getConnection();
        } catch (SQLException | RuntimeException e) {
            throw FailureTranslator.translate(e, CallPhase.CONNECT, null, null);
        } finally {
            waiting.decrementAndGet();
        }
    }

    @Override
    public void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection of the data source could not be closed", e);
            evict(connection);
        }
    }

    /**
     * Has HikariCP throw the connection away. Any other pool finds it closed, which it looks for before it lends it again;
     * of another driver than Databricks' nothing is closed.
     */
    @Override
    public void evict(Connection connection) {
        Optional<Connection> physical = PhysicalConnection.of(connection);
        try {
            if (dataSource.isWrapperFor(HikariDataSource.class)) {
                dataSource.unwrap(HikariDataSource.class).evictConnection(connection);
            } else if (physical.isPresent()) {
                physical.get().close();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection of the data source could not be thrown away", e);
        }
    }

    /** Evicts this one connection only: when the others were opened is not known here. */
    @Override
    public void sessionLost(Connection connection) {
        evict(connection);
    }

    /** Evicts: the data source logs in, perhaps with another token when it opens the next connection. */
    @Override
    public boolean tokenRefused(Connection connection) {
        evict(connection);
        return true;
    }

    @Override
    public PoolStats stats() {
        return new PoolStats(0, 0, waiting.get());
    }

    /** Does nothing: the data source belongs to the user. */
    @Override
    public void close() {}
}
