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

import java.util.concurrent.CompletionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.deliver.DeliverySettings;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.store.RepositoryChoice;
import io.cameldatabricks.component.store.RepositoryNode;
import io.cameldatabricks.component.thread.AsyncThreads;
import io.cameldatabricks.component.track.HandleTracker;
import io.cameldatabricks.component.workspace.AsyncStatements;
import io.cameldatabricks.component.workspace.StatementAccess;
import io.cameldatabricks.component.workspace.StatementCalls;
import io.cameldatabricks.component.workspace.StatementPlace;

/**
 * What an endpoint needs for statements that hold no thread: how they are submitted, who calls the server, who watches them
 * and where their handles are kept. Safe for many threads.
 */
final class EndpointHandles {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointHandles.class);

    /** The connections of the endpoint. */
    record Connections(ConnectionSource source, PoolSettings pool) {}

    private final DatabricksEndpoint endpoint;
    private final Connections connections;
    private final RepositoryChoice repositoryChoice;
    private volatile AsyncSettings settings;

    /** @param endpoint its options do not change any more */
    EndpointHandles(DatabricksEndpoint endpoint, Connections connections, RepositoryChoice repositoryChoice) {
        this.endpoint = endpoint;
        this.connections = connections;
        this.repositoryChoice = repositoryChoice;
    }

    /**
     * How statements are submitted that hold no thread.
     *
     * @throws IllegalArgumentException when that is not possible here
     */
    AsyncSettings settings() {
        AsyncSettings known = settings;
        if (known == null) {
            // two threads may both make them; they are equal
            known = AsyncSettings.of(
                    endpoint.getName(),
                    connections.source(),
                    connections.pool(),
                    endpoint.getStatement(),
                    endpoint.getResult(),
                    SettingsFactory.watch(endpoint.getWatch()),
                    component().services()::place);
            settings = known;
        }
        return known;
    }

    AsyncThreads threads() {
        return component().services().statements().threads();
    }

    /** The way to the workspace. */
    StatementAccess access() {
        return component().services().statements().access(settings().key());
    }

    StatementCalls calls() {
        AsyncStatements statements = component().services().statements();
        return new StatementCalls(
                access(),
                statements.threads(),
                statements.clock(),
                settings().resultTimeout(),
                settings().watch());
    }

    /**
     * How the results of this name are delivered.
     *
     * @throws IllegalArgumentException when a number is out of range
     */
    DeliverySettings delivery() {
        DeliverySettings delivery = SettingsFactory.delivery(endpoint.getName(), endpoint.getWatch());
        // each needs a connection for as long as its route reads
        return endpoint.getResult().getOutputType().isStream()
                ? delivery.withAtMostInFlight(connections.pool().maxPoolSize())
                : delivery;
    }

    /** Checks what a consumer needs; nothing is sent to the warehouse. */
    void checkDelivery() {
        delivery();
        settings();
    }

    /** Whether handles survive the end of the process. */
    boolean isDurable() {
        return !(repositoryChoice instanceof RepositoryChoice.Memory);
    }

    /**
     * Where the handles of this endpoint are kept; opened with the first call.
     *
     * @throws IllegalArgumentException when handles of this endpoint cannot be kept there
     */
    StatementHandleRepository repository() {
        StatementHandleRepository repository =
                component().services().repositories().open(endpoint.getName(), repositoryChoice);
        if (!repository.keepsSecretIds() && settings().target().transport() == Transport.JDBC_THRIFT) {
            throw new IllegalArgumentException("Ids of statements over Thrift hold a secret, which is kept encrypted or"
                    + " not at all: give statementIdCipher (or a StatementIdCipher to the bean that keeps the handles),"
                    + " or submit to a SQL warehouse.");
        }
        return repository;
    }

    /** This process among those that share the repository of this endpoint. */
    RepositoryNode node() {
        DatabricksWatchOptions watch = endpoint.getWatch();
        RepositoryNode node = component().services().nodes().node(repository(), SettingsFactory.lease(watch));
        node.keep(SettingsFactory.retention(watch));
        return node;
    }

    /** Looks after what is submitted here, and says when there is something to deliver. */
    HandleTracker tracker() {
        HandleTracker tracker = node().tracker(access());
        tracker.lookAfter(endpoint.getName(), settings().watch());
        return tracker;
    }

    /**
     * Opens the repository of an endpoint that submits, and takes over what an earlier process has left in it: a store that
     * cannot be used stops the route from starting, not its first statement.
     */
    void lookAfterLeftBehind() {
        if (!isDurable()) {
            return;
        }
        if (endpoint.getStatement().getOperation() == DatabricksOperation.SUBMIT) {
            repository();
            StatementPlace place = settings().place();
            if (place.isKnown()) {
                tracker();
            } else {
                // a data source of the user need not be within reach when the route starts
                place.find().thenRun(this::tracker).whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "Statements of {} that an earlier process has left behind are looked after when the next"
                                        + " one is submitted: where the data source leads is not known yet",
                                endpoint.getName(),
                                failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                });
            }
        } else if (endpoint.getStatement().isAllowDynamicOperation()) {
            repository();
        }
    }

    private DatabricksComponent component() {
        return endpoint.getComponent();
    }
}
