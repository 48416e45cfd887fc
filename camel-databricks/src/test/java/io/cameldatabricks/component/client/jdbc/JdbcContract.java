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
package io.cameldatabricks.component.client.jdbc;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.cameldatabricks.component.client.ContractPools;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.StatementClientContract;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.Transport;

/** The contract over the driver, in one of its modes. */
abstract class JdbcContract extends StatementClientContract {

    private static ExecutorService executor;
    /** By address and token: opening a pool for each test would cost the connections. */
    private static Map<String, HikariConnectionPool> pools;

    abstract Transport transport();

    @BeforeAll
    static void open() {
        executor = Executors.newFixedThreadPool(4);
        pools = new HashMap<>();
    }

    @AfterAll
    static void close() {
        pools.values().forEach(HikariConnectionPool::close);
        executor.shutdownNow();
    }

    /** It may be the session, and the next call opens another. */
    @Override
    protected Class<? extends DatabricksException> notFoundAtSubmit() {
        return RecoverableDatabricksException.class;
    }

    @Override
    protected StatementClient client(String httpUrl, String token, String warehouseId) {
        HikariConnectionPool pool =
                pools.computeIfAbsent(httpUrl + token, missing -> pool(httpUrl, token, warehouseId));
        return new JdbcStatementClient(pool, transport(), executor, InstantSource.system());
    }

    private HikariConnectionPool pool(String httpUrl, String token, String warehouseId) {
        String catalog = httpUrl.equals(SPARK.httpUrl()) ? "main" : null;
        return ContractPools.open(httpUrl, token, warehouseId, transport() == Transport.JDBC_THRIFT, catalog, 2);
    }

    @Override
    protected List<String> rows(StatementId id) {
        boolean thrift = transport() == Transport.JDBC_THRIFT;
        try (HikariConnectionPool pool =
                ContractPools.open(SPARK.httpUrl(), SPARK.token(), SPARK.warehouseId(), thrift, null, 1)) {
            return ContractPools.rows(pool, id);
        }
    }
}
