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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

import io.cameldatabricks.component.retry.Delayer;

/**
 * The few threads that all statements share that hold no thread themselves. They are made when they are first needed, and
 * end while there is nothing to do. Safe for many threads.
 */
final class AsyncThreads implements AutoCloseable {

    private static final int ROUTE_THREADS = 8;
    private static final int TRANSFER_THREADS = 8;
    private static final long STOP_TIMEOUT_MS = 5_000;

    private final CamelContext context;
    private final ExecutorService http;
    private final ExecutorService logins;
    private final ExecutorService questions;
    private final ExecutorService routes;
    private final ExecutorService transfers;
    private final Delayer httpDelayer;
    private final List<ExecutorService> jdbc = new CopyOnWriteArrayList<>();

    AsyncThreads(CamelContext context) {
        this.context = context;
        this.http = pool(context, this, "DatabricksHttp", 1);
        this.logins = pool(context, this, "DatabricksLogin", 1);
        this.questions = pool(context, this, "DatabricksQuestion", 1);
        this.routes = pool(context, this, "DatabricksContinue", ROUTE_THREADS);
        this.transfers = pool(context, this, "DatabricksTransfer", TRANSFER_THREADS);
        this.httpDelayer = Delayer.on(http);
    }

    /** Without a bound on its queue: what waits in it is in memory anyway, as an exchange or as a handle. */
    static ExecutorService pool(CamelContext context, Object owner, String name, int size) {
        ThreadPoolProfile profile = profile(name, size);
        profile.setKeepAliveTime(30L);
        profile.setAllowCoreThreadTimeOut(true);
        return context.getExecutorServiceManager().newThreadPool(owner, name, profile);
    }

    /** Runs tasks later. */
    static ScheduledExecutorService timer(CamelContext context, Object owner, String name, int size) {
        return context.getExecutorServiceManager().newScheduledThreadPool(owner, name, profile(name, size));
    }

    private static ThreadPoolProfile profile(String name, int size) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(size);
        profile.setMaxPoolSize(size);
        // zero and less make a pool of Camel run on the calling thread what finds no free one
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        // Camel's default drops in silence what comes after the end of the pool, and somebody would wait for it for
        // ever
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** Takes nothing more, and lets what waits end, but not for long: an interrupted write may break a file. */
    static void end(CamelContext context, ExecutorService pool) {
        context.getExecutorServiceManager().shutdownGraceful(pool, STOP_TIMEOUT_MS);
    }

    /** What follows an answer; never blocked. */
    ExecutorService http() {
        return http;
    }

    Delayer httpDelayer() {
        return httpDelayer;
    }

    /** Calls for tokens, which may block. */
    ExecutorService logins() {
        return logins;
    }

    /** What has to be known before anything can be submitted, which may block. */
    ExecutorService questions() {
        return questions;
    }

    /** The same pool, and the calling thread once the pool is shut down: slower, but nothing is lost. */
    static Executor neverLosing(Executor pool) {
        return task -> {
            try {
                pool.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        };
    }

    /**
     * Calls of the JDBC driver, which block.
     *
     * @param owner of the threads
     * @param size how many connections there are for them
     */
    ExecutorService jdbc(Object owner, int size) {
        ExecutorService pool = pool(context, owner, "DatabricksJdbc", size);
        jdbc.add(pool);
        return pool;
    }

    /** Reads what is uploaded and writes what is downloaded, which blocks as long as the other end takes. */
    ExecutorService transfers() {
        return transfers;
    }

    /** Where routes go on. */
    ExecutorService routes() {
        return routes;
    }

    /** Lets the route of an exchange go on. */
    void goOn(AsyncCallback callback) {
        try {
            routes.execute(() -> callback.done(false));
        } catch (RejectedExecutionException e) {
            // stopping: slower on this thread, but never lost
            callback.done(false);
        }
    }

    @Override
    public void close() {
        context.getExecutorServiceManager().shutdownNow(transfers);
        context.getExecutorServiceManager().shutdownNow(logins);
        context.getExecutorServiceManager().shutdownNow(http);
        end(context, questions);
        // their callers still have to be answered
        jdbc.forEach(pool -> end(context, pool));
        // callbacks that wait for a thread still have to be called
        context.getExecutorServiceManager().shutdownNow(routes).forEach(Runnable::run);
    }
}
