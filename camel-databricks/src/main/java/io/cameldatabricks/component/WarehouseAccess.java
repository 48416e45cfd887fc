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

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.execute.StatementRunner;
import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.pool.Shared;

/**
 * A connection pool with as many threads as it has connections and a bounded queue before them; shared by the endpoints
 * that have equal settings. Safe for many threads.
 */
final class WarehouseAccess implements Shared.Resource {

    /**
     * What makes two endpoints share.
     *
     * @param source where connections come from
     * @param pool sizes and times
     * @param use what connections of its own are for; null for those that are shared
     */
    record Key(ConnectionSource source, PoolSettings pool, String use) {}

    private static final long STOP_TIMEOUT_MS = 5_000;
    private static final long STATEMENTS_TIMEOUT_MS = 20_000;
    private static final int CANCEL_THREADS = 4;

    /** Two, since a look at the warehouse that starts must not keep a token from being renewed. */
    private static final int TOKEN_THREADS = 2;

    private final ExecutorServiceManager executors;
    private final Key key;
    private final ConnectionPool pool;
    private final ExecutorService workers;
    private final ExecutorService fetchers;
    private final ExecutorService continuations;
    private final ScheduledExecutorService timer;
    private final ScheduledExecutorService tokens;
    private final StatementRunner runner;

    WarehouseAccess(CamelContext context, Key key, String userAgent) {
        this.key = key;
        this.executors = context.getExecutorServiceManager();
        int size = key.pool().maxPoolSize();
        this.workers = executors.newThreadPool(
                this,
                "DatabricksStatement",
                profile("databricks-statement", size, key.pool().maxQueueSize()));
        this.fetchers = executors.newThreadPool(this, "DatabricksFetch", profile("databricks-fetch", size, -1));
        this.continuations = executors.newThreadPool(
                this,
                "DatabricksRoute",
                profile(
                        "databricks-route",
                        Math.max(size, 2),
                        Math.max(key.pool().maxQueueSize(), 1)));
        this.timer = executors.newScheduledThreadPool(this, "DatabricksQueryTimer", Math.min(size, CANCEL_THREADS));
        this.tokens = executors.newScheduledThreadPool(this, "DatabricksToken", TOKEN_THREADS);
        this.pool = key.source().open(key.pool(), userAgent, tokens, InstantSource.system());
        this.runner = new StatementRunner(pool, timer);
    }

    private static ThreadPoolProfile profile(String id, int size, int queue) {
        ThreadPoolProfile profile = new ThreadPoolProfile(id);
        profile.setPoolSize(size);
        profile.setMaxPoolSize(size);
        profile.setMaxQueueSize(queue);
        profile.setKeepAliveTime(30L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    StatementRunner runner() {
        return runner;
    }

    /** Where routes go on. */
    Executor continuations() {
        return continuations;
    }

    ConnectionPool pool() {
        return pool;
    }

    /**
     * Runs the task soon, on a thread of the pool.
     *
     * @throws TransientDatabricksException when all threads are busy and the queue is full, or when this is closed
     */
    void execute(ExchangeTask task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            String why = workers.isShutdown()
                    ? "The component is stopping"
                    : "All " + key.pool().maxPoolSize() + " connections are busy (maxPoolSize) and "
                            + key.pool().maxQueueSize()
                            + " messages are waiting already (maxQueueSize): send fewer, or allow more";
            throw new TransientDatabricksException(why, ErrorDetails.none(), null);
        }
    }

    /**
     * Reads a result soon, on a thread that is there for that: the statement has run, so this is never refused because many
     * are waiting.
     */
    void fetch(ExchangeTask task) {
        try {
            fetchers.execute(task);
        } catch (RejectedExecutionException e) {
            task.abandon();
        }
    }

    /** Statements that still run are ended as their endpoints say, on the threads that wait for them. */
    @Override
    public void close() {
        abandon(waiting());
        abandon(executors.shutdownNow(fetchers));
        runner.stop();
        executors.shutdown(workers);
        // a statement of which the server has not told the id yet cannot be ended before
        await(workers, runner.isExecuting() ? STATEMENTS_TIMEOUT_MS : STOP_TIMEOUT_MS);
        // not over the manager, which leaves alone what is shut down already
        abandon(workers.shutdownNow());
        await(workers, STOP_TIMEOUT_MS);
        await(fetchers, STOP_TIMEOUT_MS);
        executors.shutdownNow(timer);
        // callbacks that wait for a thread still have to be called
        executors.shutdownNow(continuations).forEach(Runnable::run);
        pool.close();
        executors.shutdownNow(tokens);
    }

    private List<Runnable> waiting() {
        List<Runnable> waiting = new ArrayList<>();
        if (workers instanceof ThreadPoolExecutor threads) {
            threads.getQueue().drainTo(waiting);
        }
        return waiting;
    }

    private static void abandon(List<Runnable> waiting) {
        for (Runnable runnable : waiting) {
            if (runnable instanceof ExchangeTask task) {
                task.abandon();
            }
        }
    }

    private void await(ExecutorService threads, long millis) {
        try {
            executors.awaitTermination(threads, millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
