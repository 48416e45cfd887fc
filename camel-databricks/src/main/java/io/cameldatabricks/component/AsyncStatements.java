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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.pool.Shared;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.retry.RateLimits;
import io.cameldatabricks.component.thread.AsyncThreads;
import io.cameldatabricks.component.thread.ThreadSource;
import io.cameldatabricks.component.volume.VolumeClient;

/**
 * All statements of a component that hold no thread: one client for each way to a workspace, one rate limiter for each
 * workspace, one node for each repository of handles. All of it is made when it is first needed and lives until the
 * component stops, so that statements are watched on while a route is restarted. Safe for many threads.
 */
final class AsyncStatements implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncStatements.class);

    private final ThreadSource source;
    private final Shared<WarehouseAccess.Key, WarehouseAccess> warehouses;
    private final InstantSource clock = InstantSource.system();
    private final RandomGenerator random = new Random();
    private final Map<String, RateLimiter> limiters = new HashMap<>();
    private final Map<StatementAccess.Key, StatementAccess> accesses = new HashMap<>();
    private final Map<RestWorkspace, VolumeClient> volumes = new HashMap<>();
    private final Map<StatementHandleRepository, RepositoryNode> nodes = new IdentityHashMap<>();
    private final Observation observation;
    private AsyncThreads threads;

    /**
     * @param warehouses the pools of the component; outlive this
     * @param observation is told what happens
     */
    AsyncStatements(
            ThreadSource source, Shared<WarehouseAccess.Key, WarehouseAccess> warehouses, Observation observation) {
        this.observation = observation;
        this.source = source;
        this.warehouses = warehouses;
    }

    synchronized AsyncThreads threads() {
        if (threads == null) {
            threads = new AsyncThreads(source);
        }
        return threads;
    }

    /** The way to a workspace. */
    synchronized StatementAccess access(StatementAccess.Key key) {
        StatementAccess access = accesses.get(key);
        if (access == null) {
            access = new StatementAccess(key, new StatementAccess.Means(this, threads(), warehouses, clock));
            accesses.put(key, access);
        }
        return access;
    }

    /** The files of the Volumes of a workspace. */
    synchronized VolumeClient volumes(RestWorkspace workspace) {
        VolumeClient client = volumes.get(workspace);
        if (client == null) {
            client = workspace.openVolumes(new StatementAccess.Means(this, threads(), warehouses, clock));
            volumes.put(workspace, client);
        }
        return client;
    }

    /**
     * This process among those that share a repository.
     *
     * @param lease of the node, if it has none yet: the first user of a repository decides
     */
    synchronized RepositoryNode node(StatementHandleRepository repository, Duration lease) {
        RepositoryNode node = nodes.computeIfAbsent(
                repository,
                missing -> new RepositoryNode(
                        source, repository, lease, new RepositoryNode.Means(clock, random, observation.listener())));
        if (!node.length().equals(lease)) {
            LOG.warn(
                    "The lease of a repository is that of its first endpoint, {}; another endpoint asks for {}, which is"
                            + " ignored: give all of them the same",
                    node.length(),
                    lease);
        }
        return node;
    }

    /** The one of a workspace, whoever connects. */
    synchronized RateLimiter limiter(String workspace) {
        return limiters.computeIfAbsent(workspace, missing -> {
            RateLimiter limiter =
                    new RateLimiter(RateLimits.standard(), clock, threads().httpDelayer());
            observation.gauges().addLimiter(workspace, limiter);
            return limiter;
        });
    }

    /** The limiters in use, by workspace. */
    synchronized Map<String, RateLimiter> limiters() {
        return new TreeMap<>(limiters);
    }

    /** How many handles of a name this process watches. */
    synchronized int watched(String name) {
        return nodes.values().stream().mapToInt(node -> node.watched(name)).sum();
    }

    Observation observation() {
        return observation;
    }

    InstantSource clock() {
        return clock;
    }

    RandomGenerator random() {
        return random;
    }

    /** Leaves all statements running: nobody watches them from here any more. */
    @Override
    public void close() {
        List<AutoCloseable> inOrder = new ArrayList<>();
        synchronized (this) {
            inOrder.addAll(nodes.values());
            inOrder.addAll(accesses.values());
            if (threads != null) {
                inOrder.add(threads);
            }
            nodes.clear();
            accesses.clear();
            limiters.values().forEach(observation.gauges()::remove);
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
