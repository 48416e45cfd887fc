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

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

import javax.sql.DataSource;

import io.cameldatabricks.component.connect.ConnectionSettings;

/** Where connections come from; equal sources can share a pool. */
public sealed interface ConnectionSource {

    /**
     * Makes the pool; opens no connection yet.
     *
     * @param userAgent product and version
     * @param scheduler for work of the pool's own, such as renewing tokens; not closed with the pool
     * @param clock what the ends of tokens are compared with
     */
    ConnectionPool open(
            PoolSettings settings, String userAgent, ScheduledExecutorService scheduler, InstantSource clock);

    /** The workspace or the kind of data source, without any secret. */
    String url();

    /**
     * A warehouse, with a pool of our own.
     *
     * @param connection how to reach it
     */
    record Warehouse(ConnectionSettings connection) implements ConnectionSource {

        public Warehouse {
            Objects.requireNonNull(connection);
        }

        @Override
        public ConnectionPool open(
                PoolSettings settings, String userAgent, ScheduledExecutorService scheduler, InstantSource clock) {
            return new HikariConnectionPool(connection, settings, userAgent, scheduler, clock);
        }

        @Override
        public String url() {
            return connection.address().url();
        }
    }

    /**
     * A data source of the user.
     *
     * @param dataSource used as it is
     */
    record Bean(DataSource dataSource) implements ConnectionSource {

        public Bean {
            Objects.requireNonNull(dataSource);
        }

        @Override
        public ConnectionPool open(
                PoolSettings settings, String userAgent, ScheduledExecutorService scheduler, InstantSource clock) {
            return new DataSourcePool(dataSource);
        }

        @Override
        public String url() {
            return dataSource.getClass().getName();
        }

        /** Without the bean's own words, which may hold a password. */
        @Override
        public String toString() {
            return "Bean[" + url() + "]";
        }
    }
}
