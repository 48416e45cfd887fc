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
package io.cameldatabricks.component.thread;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import io.cameldatabricks.component.retry.Delayer;

/**
 * The few threads that all statements share that hold no thread themselves. They are made when they are first needed, and
 * end while there is nothing to do. Safe for many threads.
 */
public final class AsyncThreads implements AutoCloseable {

    private static final int ROUTE_THREADS = 8;
    private static final int TRANSFER_THREADS = 8;

    private final ThreadSource source;
    private final ExecutorService http;
    private final ExecutorService logins;
    private final ExecutorService questions;
    private final ExecutorService routes;
    private final ExecutorService transfers;
    private final Delayer httpDelayer;
    private final List<ExecutorService> jdbc = new CopyOnWriteArrayList<>();

    public AsyncThreads(ThreadSource source) {
        this.source = source;
        this.http = source.pool(this, "DatabricksHttp", 1);
        this.logins = source.pool(this, "DatabricksLogin", 1);
        this.questions = source.pool(this, "DatabricksQuestion", 1);
        this.routes = source.pool(this, "DatabricksContinue", ROUTE_THREADS);
        this.transfers = source.pool(this, "DatabricksTransfer", TRANSFER_THREADS);
        this.httpDelayer = Delayer.on(http);
    }

    /** What follows an answer; never blocked. */
    public ExecutorService http() {
        return http;
    }

    public Delayer httpDelayer() {
        return httpDelayer;
    }

    /** Calls for tokens, which may block. */
    public ExecutorService logins() {
        return logins;
    }

    /** What has to be known before anything can be submitted, which may block. */
    public ExecutorService questions() {
        return questions;
    }

    /** The same pool, and the calling thread once the pool is shut down: slower, but nothing is lost. */
    public static Executor neverLosing(Executor pool) {
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
    public ExecutorService jdbc(Object owner, int size) {
        ExecutorService pool = source.pool(owner, "DatabricksJdbc", size);
        jdbc.add(pool);
        return pool;
    }

    /** Reads what is uploaded and writes what is downloaded, which blocks as long as the other end takes. */
    public ExecutorService transfers() {
        return transfers;
    }

    /** Where routes go on. */
    public ExecutorService routes() {
        return routes;
    }

    /** Lets the route of an exchange go on. */
    public void goOn(Runnable route) {
        try {
            routes.execute(route);
        } catch (RejectedExecutionException e) {
            // stopping: slower on this thread, but never lost
            route.run();
        }
    }

    @Override
    public void close() {
        source.endNow(transfers);
        source.endNow(logins);
        source.endNow(http);
        source.end(questions);
        // their callers still have to be answered
        jdbc.forEach(pool -> source.end(pool));
        // callbacks that wait for a thread still have to be called
        source.endNow(routes).forEach(Runnable::run);
    }
}
