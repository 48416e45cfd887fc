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
package io.cameldatabricks.component.workspace;

import java.util.Objects;

import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.jdbc.JdbcStatementClient;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.DriverConnection;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;

/**
 * The JDBC driver as the way to statements that nobody waits for. They have a few connections of their own, so that they are
 * kept alive while sync statements use all others.
 *
 * @param pool where the connections come from
 * @param place where they lead, and in which mode the driver is
 */
public record JdbcWorkspace(WarehouseAccess.Key pool, StatementPlace place) implements StatementAccess.Key {

    private static final int MOST_CONNECTIONS = 4;

    public JdbcWorkspace {
        Objects.requireNonNull(pool);
        Objects.requireNonNull(place);
    }

    /** @param warehouse or the cluster in its place */
    public static JdbcWorkspace of(ConnectionSettings connection, PoolSettings pool, WarehouseId warehouse) {
        // a call of a moment each, so that a prompt cancel makes no difference
        ConnectionSettings calls = new ConnectionSettings(
                connection.address(),
                connection.httpPath(),
                connection.login(),
                connection.catalog(),
                connection.schema(),
                connection.extras(),
                false);
        StatementTarget target = new StatementTarget(
                DriverConnection.isThrift(connection) ? Transport.JDBC_THRIFT : Transport.JDBC_SEA,
                RestWorkspace.name(connection.address()),
                warehouse);
        return new JdbcWorkspace(
                new WarehouseAccess.Key(new ConnectionSource.Warehouse(calls), few(pool), null),
                new StatementPlace.Named(target));
    }

    /** @param place of the data source */
    public static JdbcWorkspace of(ConnectionSource.Bean dataSource, PoolSettings pool, StatementPlace place) {
        return new JdbcWorkspace(new WarehouseAccess.Key(dataSource, few(pool), null), place);
    }

    @Override
    public Transport transport() {
        return place.target().transport();
    }

    @Override
    public String workspace() {
        return place.target().workspace();
    }

    private static PoolSettings few(PoolSettings pool) {
        return new PoolSettings(
                Math.min(pool.maxPoolSize(), MOST_CONNECTIONS),
                0,
                pool.maxQueueSize(),
                pool.connectionTimeout(),
                pool.idleTimeout(),
                pool.maxLifetime());
    }

    @Override
    public StatementClient open(StatementAccess.Means means) {
        // held until the component stops, which closes all pools
        WarehouseAccess access = means.warehouses().acquire(pool);
        return new JdbcStatementClient(
                access.pool(),
                transport(),
                means.threads().jdbc(this, pool.pool().maxPoolSize()),
                means.clock());
    }

    @Override
    public String toString() {
        return "JdbcWorkspace[" + place + "]";
    }
}
