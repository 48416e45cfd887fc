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

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.execute.QueryTimer;
import io.cameldatabricks.component.execute.StatementRunner;
import io.cameldatabricks.component.execute.StopReason;
import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.pool.Shared;
import io.cameldatabricks.component.thread.StatementTask;
import io.cameldatabricks.component.thread.StatementThreads;
import io.cameldatabricks.component.thread.ThreadSource;

/**
 * A connection pool that runs as many statements at a time as it has connections, with a bounded queue before them;
 * shared by the endpoints that have equal settings. Safe for many threads.
 */
public final class WarehouseAccess implements Shared.Resource {

    /**
     * What makes two endpoints share.
     *
     * @param source where connections come from
     * @param pool sizes and times
     * @param use what connections of its own are for; null for those that are shared
     */
    public record Key(ConnectionSource source, PoolSettings pool, String use) {

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

    private final ThreadSource source;
    private final Key key;
    private final ConnectionPool pool;
    private final ExecutorService threads;
    private final StatementThreads statements;
    private final StatementThreads fetches;
    private final ScheduledExecutorService timer;
    private final ScheduledExecutorService tokens;
    private final StatementRunner runner;
    private final WorkspaceObserver observer;
    private final String label;
    private final Set<StatementTask> paused = ConcurrentHashMap.newKeySet();

    /**
     * @param source of threads
     * @param userAgent how the component names itself to the server
     * @param observer is told what runs
     */
    public WarehouseAccess(ThreadSource source, Key key, String userAgent, WorkspaceObserver observer) {
        this.key = key;
        this.observer = observer;
        this.source = source;
        int size = key.pool().maxPoolSize();
        this.threads = source.threadForEach(this, "DatabricksStatement");
        this.statements = new StatementThreads(threads, size, key.pool().maxQueueSize(), StatementThreads.ROUTES);
        this.fetches = new StatementThreads(threads, size, Integer.MAX_VALUE, StatementThreads.ROUTES);
        this.timer = source.timer(this, "DatabricksQueryTimer", Math.min(size, CANCEL_THREADS));
        this.tokens = source.timer(this, "DatabricksToken", TOKEN_THREADS);
        this.pool = key.source().open(key.pool(), userAgent, tokens, InstantSource.system());
        this.label = observer.poolOpened(key.label(), pool, statements::queued);
        this.runner = new StatementRunner(pool, timer, label, observer.listener());
    }

    /** Runs statements on the connections, and reads results; blocks the thread that it is called on. */
    public StatementRunner runner() {
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
    public String label() {
        return label;
    }

    /** How many connections there may be. */
    public int size() {
        return key.pool().maxPoolSize();
    }

    /** How many statements wait for a connection. */
    public int queued() {
        return statements.queued();
    }

    /** The connections themselves. */
    public ConnectionPool pool() {
        return pool;
    }

    /**
     * Runs the task soon, on a thread of its own.
     *
     * @throws TransientDatabricksException when all connections are busy and the queue is full, or when this is closed
     */
    public void execute(StatementTask task) {
        long begin = System.nanoTime();
        task.whenStarted(() -> observer.listener().queued(label, Duration.ofNanos(System.nanoTime() - begin)));
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
    public void executePatiently(StatementTask task) {
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
    public void fetch(StatementTask task) {
        try {
            fetches.execute(task);
        } catch (RejectedExecutionException e) {
            task.abandon();
        }
    }

    /** Runs the task when the pause is over, or abandons it when this is closed before. */
    public void executeAfter(Duration pause, StatementTask task) {
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

    private void resume(StatementTask task, Duration pause) {
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

    private void abandonPaused(StatementTask task) {
        if (paused.remove(task)) {
            task.abandon();
        }
    }

    /** Statements that still run are ended as their endpoints say, on the threads that wait for them. */
    @Override
    public void close() {
        statements.close().forEach(StatementTask::abandon);
        fetches.close().forEach(StatementTask::abandon);
        paused.forEach(this::abandonPaused);
        runner.stop();
        // a statement of which the server has not told the id yet cannot be ended before
        boolean ended = await(statements, runner.isExecuting() ? STATEMENTS_TIMEOUT_MS : STOP_TIMEOUT_MS);
        source.endNow(threads);
        if (!ended) {
            await(statements, STOP_TIMEOUT_MS);
        }
        await(fetches, STOP_TIMEOUT_MS);
        source.endNow(timer);
        pool.close();
        source.endNow(tokens);
        observer.poolClosed(label, pool);
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
