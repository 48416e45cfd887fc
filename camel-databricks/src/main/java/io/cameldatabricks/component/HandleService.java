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

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.deliver.DeliveryListener;
import io.cameldatabricks.component.deliver.HandleDispatcher;
import io.cameldatabricks.component.deliver.HandleReceiver;
import io.cameldatabricks.component.outcome.HandleResults;
import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.store.RepositoryNode;
import io.cameldatabricks.component.thread.AsyncThreads;
import io.cameldatabricks.component.track.HandleTracker;
import io.cameldatabricks.component.workspace.StatementAccess;

/**
 * What the consumers of a name need: its handles, those that run, their results, and how they become exchanges. Holds a
 * connection pool from its making until it is closed. Safe for many threads.
 */
final class HandleService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HandleService.class);
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(5);

    private final DatabricksEndpoint endpoint;
    private final RepositoryNode node;
    private final HandleTracker tracker;
    private final StatementAccess statements;
    private final InstantSource clock = InstantSource.system();
    private final HandleResults results;
    private HandleTracker.Registration registration = () -> {};

    HandleService(DatabricksEndpoint endpoint) {
        this.endpoint = endpoint;
        this.node = endpoint.handles().node();
        this.tracker = endpoint.handles().tracker();
        this.statements = endpoint.handles().access();
        this.results = new HandleResults(
                endpoint.deliveryWarehouse().acquire().runner(),
                endpoint.resultSettings(),
                clock,
                statements.key().workspace(),
                statements.key().transport());
    }

    /** @param pool may be shut down before the last handle is settled */
    HandleDispatcher.Ports ports(HandleReceiver receiver, DeliveryListener listener, Executor pool) {
        Executor executor = AsyncThreads.neverLosing(pool);
        return new HandleDispatcher.Ports(
                node.repository(),
                node.leases(),
                receiver,
                listener,
                executor,
                Delayer.on(executor),
                clock,
                new Random());
    }

    /** Says when there is something to deliver. */
    void serve(Runnable wakeUp) {
        registration =
                tracker.serve(endpoint.getName(), endpoint.handles().settings().watch(), wakeUp);
    }

    void unserve() {
        registration.close();
    }

    /** Handles whose end has not been seen, as far as this node watches them. */
    List<StatementHandle> running() {
        return tracker.running(endpoint.getName());
    }

    CompletionStage<Boolean> cancel(StatementHandle running) {
        return statements.client().cancel(running.statementId());
    }

    Map<HandleState, Long> counts() {
        return node.repository().counts(endpoint.getName());
    }

    /** Asks the server to cancel all that this node watches; waits for the answers, but not for long. */
    void cancelRunning() {
        CompletableFuture<?>[] cancels = running().stream()
                .map(handle -> cancel(handle).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(cancels).get(CANCEL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Not all statements of {} could be cancelled; those run on", endpoint.getName(), e);
        }
        if (cancels.length > 0) {
            LOG.info("Asked the server to cancel {} running statements of {}", cancels.length, endpoint.getName());
        }
    }

    /** How many statements have not been delivered; at least one when that cannot be told. */
    int undelivered() {
        try {
            Map<HandleState, Long> counts = counts();
            long ended = counts.getOrDefault(HandleState.COMPLETED, 0L) + counts.getOrDefault(HandleState.LOST, 0L);
            return (int) Math.min(Integer.MAX_VALUE, ended) + running().size();
        } catch (HandleRepositoryException e) {
            LOG.warn("The handles of {} cannot be counted", endpoint.getName(), e);
            return 1;
        }
    }

    /** Blocks until the rows are read; see {@link HandleResults#read}. */
    HandleResults.Outcome read(StatementHandle handle) {
        return results.read(handle);
    }

    /** Asks the server for a statement that there is not, which costs nothing and wakes no warehouse. */
    CompletionStage<?> ask(StatementId nobody) {
        return statements.client().status(nobody, Urgency.now(clock.instant()));
    }

    /**
     * Makes the exchange of a handle.
     *
     * @return learns how the exchange ends
     */
    DeliveryCompletion fill(Exchange exchange, StatementHandle handle, HandleResults.Outcome outcome) {
        DeliveryCompletion completion = new DeliveryCompletion(outcome.failure());
        if (outcome.failure() != null) {
            ExchangeWriter.writeFailure(exchange, outcome.failure());
            // as Camel does it for failures of a consumer: to the error handler of the route, which has nothing to
            // repeat
            exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, outcome.failure());
            exchange.setProperty(ExchangePropertyKey.ERRORHANDLER_BRIDGE, true);
            exchange.getExchangeExtension().setRedeliveryExhausted(true);
        } else if (outcome.result() != null) {
            ExchangeWriter.write(exchange, endpoint.resultSettings(), outcome.result());
        }
        ExchangeWriter.writeDelivery(exchange, handle);
        exchange.getExchangeExtension().addOnCompletion(completion);
        return completion;
    }

    @Override
    public void close() {
        endpoint.deliveryWarehouse().release();
    }
}
