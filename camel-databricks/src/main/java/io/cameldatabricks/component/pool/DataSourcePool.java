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
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.FailureTranslator;

/** A data source of the user, used as it is: it pools or not, and the user closes it. */
public final class DataSourcePool implements ConnectionPool {

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

    /** Does nothing: whether a connection is used again is for its owner to say. */
    @Override
    public void evict(Connection connection) {}

    /** Does nothing: the data source logs in. */
    @Override
    public void tokenRefused(Connection connection) {}

    @Override
    public PoolStats stats() {
        return new PoolStats(0, 0, waiting.get());
    }

    /** Does nothing: the data source belongs to the user. */
    @Override
    public void close() {}
}
