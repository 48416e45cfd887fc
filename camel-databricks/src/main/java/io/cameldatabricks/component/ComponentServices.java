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
package io.cameldatabricks.component;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.apache.camel.util.InetAddressUtil;

import io.cameldatabricks.component.pool.Shared;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.store.HandleRepositories;
import io.cameldatabricks.component.store.RepositoryNode;
import io.cameldatabricks.component.store.RepositoryNodes;
import io.cameldatabricks.component.workspace.AsyncStatements;
import io.cameldatabricks.component.workspace.DataSourcePlace;
import io.cameldatabricks.component.workspace.StatementPlace;
import io.cameldatabricks.component.workspace.WarehouseAccess;

/**
 * What the endpoints of a component share, made and ended in the right order. Pools, places, turns and the handles in memory are
 * there from the beginning, since routes may be made before the component starts; the rest is null until {@link #start}. Safe for
 * many threads.
 */
final class ComponentServices {

    private final Supplier<CamelContext> context;
    private final TableTurns turns = new TableTurns();
    private final StatementHandleRepository memoryRepository = new MemoryStatementHandleRepository();
    private final Shared<WarehouseAccess.Key, WarehouseAccess> warehouses;

    // guarded by itself
    private final Map<DataSource, StatementPlace> places = new IdentityHashMap<>();

    private Observation observation;
    private HealthChecks healthChecks;
    private HandleRepositories repositories;
    private AsyncStatements statements;
    private RepositoryNodes nodes;

    /** @param context of the component, which is given it late */
    ComponentServices(Supplier<CamelContext> context) {
        this.context = context;
        this.warehouses = new Shared<>(
                key -> new WarehouseAccess(new CamelThreads(context.get()), key, Version.userAgent(), observation));
    }

    /** @param beans among which there may be registries of meters */
    void start(RegistryBeans beans) {
        observation = Observation.of(context.get(), beans);
        healthChecks = new HealthChecks(context.get());
        repositories = new HandleRepositories(memoryRepository, observation::addHandles);
        CamelThreads threads = new CamelThreads(context.get());
        statements = new AsyncStatements(threads, warehouses, Version.userAgent(), observation);
        nodes = new RepositoryNodes(
                threads,
                new RepositoryNode.Means(
                        statements.clock(),
                        statements.random(),
                        InetAddressUtil::getLocalHostNameSafe,
                        observation.listener()));
    }

    void stop() {
        if (nodes != null) {
            nodes.close();
        }
        if (statements != null) {
            statements.close();
        }
        if (repositories != null) {
            // every node has left
            repositories.close();
        }
        warehouses.close();
        if (observation != null) {
            observation.close();
        }
    }

    /** Whom the component tells what happens. */
    Observation observation() {
        return observation;
    }

    /** Null until the start. */
    HealthChecks checks() {
        return healthChecks;
    }

    /** Statements that hold no thread; null until the start. */
    AsyncStatements statements() {
        return statements;
    }

    /** This process among those that share repositories of handles. */
    RepositoryNodes nodes() {
        return nodes;
    }

    /** Where a data source of the user leads. Routes may be made before the component starts, which alone can find it out. */
    StatementPlace place(DataSource dataSource) {
        synchronized (places) {
            return places.computeIfAbsent(
                    dataSource,
                    missing -> new DataSourcePlace(
                            dataSource, task -> statements.threads().questions().execute(task)));
        }
    }

    /** Where handles are kept. */
    HandleRepositories repositories() {
        return repositories;
    }

    /** The pools in use. */
    Shared<WarehouseAccess.Key, WarehouseAccess> warehouses() {
        return warehouses;
    }

    /** For the endpoints that name no repository: what was submitted here is delivered here, until the process ends. */
    StatementHandleRepository memoryRepository() {
        return memoryRepository;
    }

    /** Who writes into which table, for endpoints with serialWrites. */
    TableTurns turns() {
        return turns;
    }
}
