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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.execute.QueryTimer;
import io.cameldatabricks.component.execute.StatementRunner;
import io.cameldatabricks.component.execute.StopReason;
import io.cameldatabricks.component.observe.ConsoleSnapshot;
import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.pool.Shared;

/**
 * A connection pool that runs as many statements at a time as it has connections, with a bounded queue before them;
 * shared by the endpoints that have equal settings. Safe for many threads.
 */
final class WarehouseAccess implements Shared.Resource {

    /**
     * What makes two endpoints share.
     *
     * @param source where connections come from
     * @param pool sizes and times
     * @param use what connections of its own are for; null for those that are shared
     */
    record Key(ConnectionSource source, PoolSettings pool, String use) {

        /** For people: where the connections lead, and what they are for. Without any secret. */
        String label() {
            String place = source instanceof ConnectionSource.Warehouse warehouse
                    ? RestWorkspace.name(warehouse.connection().address())
                            + warehouse.connection().httpPath().value()
                    : source.url();
            return use == null ? place : place + " (" + use + ")";
        }
    }

    private static final long STOP_TIMEOUT_MS = 5_000;
    private static final long STATEMENTS_TIMEOUT_MS = 20_000;
    private static final int CANCEL_THREADS = 4;

    private static final Duration UNTIL_QUEUE_HAS_ROOM = Duration.ofMillis(200);

    /** Two, since a look at the warehouse that starts must not keep a token from being renewed. */
    private static final int TOKEN_THREADS = 2;

    private final ExecutorServiceManager executors;
    private final Key key;
    private final ConnectionPool pool;
    private final ExecutorService threads;
    private final StatementThreads statements;
    private final StatementThreads fetches;
    private final ScheduledExecutorService timer;
    private final ScheduledExecutorService tokens;
    private final StatementRunner runner;
    private final Observation observation;
    private final String label;
    private final Set<ExchangeTask> paused = ConcurrentHashMap.newKeySet();

    /** @param observation is told what runs */
    WarehouseAccess(CamelContext context, Key key, String userAgent, Observation observation) {
        this.key = key;
        this.observation = observation;
        this.label = observation.label(key.label());
        this.executors = context.getExecutorServiceManager();
        int size = key.pool().maxPoolSize();
        this.threads = executors.newCachedThreadPool(this, "DatabricksStatement");
        this.statements = new StatementThreads(threads, size, key.pool().maxQueueSize(), StatementThreads.ROUTES);
        this.fetches = new StatementThreads(threads, size, Integer.MAX_VALUE, StatementThreads.ROUTES);
        this.timer = AsyncThreads.timer(context, this, "DatabricksQueryTimer", Math.min(size, CANCEL_THREADS));
        this.tokens = AsyncThreads.timer(context, this, "DatabricksToken", TOKEN_THREADS);
        this.pool = key.source().open(key.pool(), userAgent, tokens, InstantSource.system());
        this.runner = new StatementRunner(pool, timer, label, observation.listener());
        observation.gauges().addPool(label, pool, statements::queued);
    }

    StatementRunner runner() {
        return runner;
    }

    /**
     * Watches the time of a statement that no thread waits for.
     *
     * @param whenOver ends the statement; must not block
     * @param queryTimeout zero for none
     */
    QueryTimer startTimer(Consumer<StopReason> whenOver, Duration queryTimeout) {
        return QueryTimer.start(whenOver, queryTimeout, pool, timer);
    }

    /** For people, and unique. */
    String label() {
        return label;
    }

    /** For the console. */
    ConsoleSnapshot.Pool view() {
        return new ConsoleSnapshot.Pool(label, pool.stats(), key.pool().maxPoolSize(), statements.queued());
    }

    ConnectionPool pool() {
        return pool;
    }

    /**
     * Runs the task soon, on a thread of its own.
     *
     * @throws TransientDatabricksException when all connections are busy and the queue is full, or when this is closed
     */
    void execute(ExchangeTask task) {
        long begin = System.nanoTime();
        task.whenStarted(() -> observation.listener().queued(label, Duration.ofNanos(System.nanoTime() - begin)));
        try {
            statements.execute(task);
        } catch (RejectedExecutionException e) {
            String why = statements.isClosed()
                    ? "The component is stopping"
                    : "All " + key.pool().maxPoolSize() + " connections are busy (maxPoolSize) and "
                            + key.pool().maxQueueSize()
                            + " messages are waiting already (maxQueueSize): send fewer, or allow more";
            throw new TransientDatabricksException(why, ErrorDetails.none(), null);
        }
    }

    /** As {@link #execute}, for what has begun already: it is not refused for a full queue, but waits outside of it. */
    void executePatiently(ExchangeTask task) {
        try {
            execute(task);
        } catch (TransientDatabricksException e) {
            executeAfter(UNTIL_QUEUE_HAS_ROOM, task);
        }
    }

    /**
     * Reads a result soon, on a thread of its own: the statement has run, so this is never refused because many
     * are waiting.
     */
    void fetch(ExchangeTask task) {
        try {
            fetches.execute(task);
        } catch (RejectedExecutionException e) {
            task.abandon();
        }
    }

    /** Runs the task when the pause is over, or abandons it when this is closed before. */
    void executeAfter(Duration pause, ExchangeTask task) {
        paused.add(task);
        try {
            timer.schedule(() -> resume(task, pause), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            abandonPaused(task);
        }
        if (statements.isClosed()) {
            abandonPaused(task);
        }
    }

    private void resume(ExchangeTask task, Duration pause) {
        if (!paused.remove(task)) {
            return;
        }
        try {
            statements.execute(task);
        } catch (RejectedExecutionException e) {
            // what is half done is not refused for a full queue
            executeAfter(pause, task);
        }
    }

    private void abandonPaused(ExchangeTask task) {
        if (paused.remove(task)) {
            task.abandon();
        }
    }

    /** Statements that still run are ended as their endpoints say, on the threads that wait for them. */
    @Override
    public void close() {
        statements.close().forEach(ExchangeTask::abandon);
        fetches.close().forEach(ExchangeTask::abandon);
        paused.forEach(this::abandonPaused);
        runner.stop();
        // a statement of which the server has not told the id yet cannot be ended before
        boolean ended = await(statements, runner.isExecuting() ? STATEMENTS_TIMEOUT_MS : STOP_TIMEOUT_MS);
        executors.shutdownNow(threads);
        if (!ended) {
            await(statements, STOP_TIMEOUT_MS);
        }
        await(fetches, STOP_TIMEOUT_MS);
        executors.shutdownNow(timer);
        pool.close();
        executors.shutdownNow(tokens);
        observation.gauges().remove(pool);
        observation.freeLabel(label);
    }

    private static boolean await(StatementThreads threads, long millis) {
        try {
            return threads.awaitStatements(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
