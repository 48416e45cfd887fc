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

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import io.cameldatabricks.component.pool.Shared;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.retry.RateLimits;
import io.cameldatabricks.component.thread.AsyncThreads;
import io.cameldatabricks.component.thread.ThreadSource;
import io.cameldatabricks.component.volume.VolumeClient;

/**
 * All statements and files of a component that hold no thread: one client for each way to a workspace, one rate limiter for
 * each workspace. All of it is made when it is first needed and lives until the component stops, so that statements are
 * watched on while a route is restarted. Safe for many threads.
 */
public final class AsyncStatements implements AutoCloseable {

    private final ThreadSource source;
    private final Shared<WarehouseAccess.Key, WarehouseAccess> warehouses;
    private final InstantSource clock = InstantSource.system();
    private final RandomGenerator random = new Random();
    private final Map<String, RateLimiter> limiters = new HashMap<>();
    private final Map<StatementAccess.Key, StatementAccess> accesses = new HashMap<>();
    private final Map<RestWorkspace, VolumeClient> volumes = new HashMap<>();
    private final WorkspaceObserver observer;
    private final String userAgent;
    private AsyncThreads threads;

    /**
     * @param source of threads
     * @param warehouses the pools of the component; outlive this
     * @param userAgent how the component names itself to the server
     * @param observer is told what happens
     */
    public AsyncStatements(
            ThreadSource source,
            Shared<WarehouseAccess.Key, WarehouseAccess> warehouses,
            String userAgent,
            WorkspaceObserver observer) {
        this.source = source;
        this.warehouses = warehouses;
        this.userAgent = userAgent;
        this.observer = observer;
    }

    /** The threads that all of them share. */
    public synchronized AsyncThreads threads() {
        if (threads == null) {
            threads = new AsyncThreads(source);
        }
        return threads;
    }

    /** The way to a workspace. */
    public synchronized StatementAccess access(StatementAccess.Key key) {
        StatementAccess access = accesses.get(key);
        if (access == null) {
            access = new StatementAccess(key, means());
            accesses.put(key, access);
        }
        return access;
    }

    /** The files of the Volumes of a workspace. */
    public synchronized VolumeClient volumes(RestWorkspace workspace) {
        VolumeClient client = volumes.get(workspace);
        if (client == null) {
            client = workspace.openVolumes(means());
            volumes.put(workspace, client);
        }
        return client;
    }

    private StatementAccess.Means means() {
        return new StatementAccess.Means(this, threads(), userAgent, warehouses, clock);
    }

    /** The one of a workspace, whoever connects. */
    synchronized RateLimiter limiter(String workspace) {
        return limiters.computeIfAbsent(workspace, missing -> {
            RateLimiter limiter =
                    new RateLimiter(RateLimits.standard(), clock, threads().httpDelayer());
            observer.limiterMade(workspace, limiter);
            return limiter;
        });
    }

    /** The limiters in use, by workspace. */
    public synchronized Map<String, RateLimiter> limiters() {
        return new TreeMap<>(limiters);
    }

    WorkspaceObserver observer() {
        return observer;
    }

    /** The clock of all that is made here. */
    public InstantSource clock() {
        return clock;
    }

    /** Safe for many threads. */
    public RandomGenerator random() {
        return random;
    }

    /** Leaves all statements running: nobody watches them from here any more. */
    @Override
    public void close() {
        List<AutoCloseable> inOrder = new ArrayList<>();
        synchronized (this) {
            inOrder.addAll(accesses.values());
            if (threads != null) {
                inOrder.add(threads);
            }
            accesses.clear();
            limiters.values().forEach(observer::limiterGone);
            volumes.clear();
            limiters.clear();
            threads = null;
        }
        for (AutoCloseable each : inOrder) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(each.getClass().getSimpleName() + " could not be closed", e);
            }
        }
    }
}
