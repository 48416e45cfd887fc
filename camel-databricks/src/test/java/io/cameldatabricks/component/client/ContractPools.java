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
package io.cameldatabricks.component.client;

import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.databricks.jdbc.api.IDatabricksConnection;
import com.databricks.jdbc.api.IDatabricksStatement;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.connect.WarehouseAddress;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.statement.StatementId;

/** Pools of real connections of the driver, in one of its modes. */
public final class ContractPools {

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "contract-pools");
        thread.setDaemon(true);
        return thread;
    });

    private ContractPools() {}

    /** @param catalog of the connections, with schema {@code default}; or null for both */
    public static HikariConnectionPool open(
            String url, String token, String warehouse, boolean thrift, String catalog, int size) {
        ConnectionSettings connection = new ConnectionSettings(
                WarehouseAddress.parse(url),
                HttpPath.ofWarehouse(warehouse),
                new Login.WithToken(AccessToken.of(token)),
                catalog,
                catalog == null ? null : "default",
                new ConnectionSettings.Extras(
                        Map.of(),
                        Map.of(),
                        // else the driver asks port 443 of this host for feature flags
                        Map.of(
                                "UseThriftClient",
                                thrift ? "1" : "0",
                                "UseBoundedSeaApi",
                                "0",
                                "EnableThriftNativeMetadata",
                                "0")),
                false);
        PoolSettings pool = new PoolSettings(
                size, 0, 100, Duration.ofSeconds(60), PoolSettings.IDLE_TIMEOUT, PoolSettings.MAX_LIFETIME);
        return new HikariConnectionPool(connection, pool, "camel-databricks/test", TIMER, InstantSource.system());
    }

    /** Reads a result as the component does: through a connection that has not submitted the statement. */
    public static List<String> rows(HikariConnectionPool pool, StatementId id) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = pool.borrow()) {
            IDatabricksStatement statement = connection
                    .unwrap(IDatabricksConnection.class)
                    .getStatement(id.reveal())
                    .unwrap(IDatabricksStatement.class);
            ResultSet result = statement.getExecutionResult();
            while (result.next()) {
                StringJoiner cells = new StringJoiner("|");
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(result.getString(i)));
                }
                rows.add(cells.toString());
            }
            return rows;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
