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
package io.cameldatabricks.component.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.cameldatabricks.component.deliver.Leases;
import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.thread.ThreadSource;
import io.cameldatabricks.component.track.HandleTracker;
import io.cameldatabricks.component.track.NodeMembership;
import io.cameldatabricks.component.track.RetentionSettings;
import io.cameldatabricks.component.track.SettledCleaner;
import io.cameldatabricks.component.track.Stopwatch;
import io.cameldatabricks.component.workspace.StatementAccess;

/**
 * This process among those that share a repository of handles: one membership, and one tracker for each way to a workspace.
 * Safe for many threads.
 */
public final class RepositoryNode implements AutoCloseable {

    /** One renews the lease, one takes over. */
    private static final int LEASE_THREADS = 2;

    /**
     * What a node works with.
     *
     * @param random thread-safe
     * @param host finds the name of this host, which may take a moment; null when it has none
     * @param listener is told what happens
     */
    public record Means(
            InstantSource clock, RandomGenerator random, Supplier<String> host, StatementListener listener) {}

    private final ThreadSource source;
    private final StatementHandleRepository repository;
    private final ExecutorService executor;
    private final ExecutorService nodeExecutor;
    private final Delayer delayer;
    private final NodeMembership membership;
    private final SettledCleaner cleaner;
    private final Means means;
    private final Duration length;
    private final Map<StatementAccess, HandleTracker> trackers = new HashMap<>();

    RepositoryNode(ThreadSource source, StatementHandleRepository repository, Duration lease, Means means) {
        this.source = source;
        this.repository = repository;
        this.length = lease;
        this.means = means;
        this.executor = source.pool(this, "DatabricksHandle", repository.concurrency());
        this.delayer = Delayer.on(executor);
        // a lease must not run out behind a queue of submits, nor behind a takeover; where one call at a time is
        // enough,
        // none takes long
        this.nodeExecutor =
                repository.concurrency() == 1 ? executor : source.pool(this, "DatabricksNode", LEASE_THREADS);
        this.membership = new NodeMembership(
                repository, nodeName(means.host().get()), lease, Delayer.on(nodeExecutor), Stopwatch.of(means.clock()));
        this.cleaner = new SettledCleaner(repository, delayer);
    }

    /** Two processes must never have the same name, since each would end the lease of the other. */
    private static String nodeName(String host) {
        String unique = ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        String shortHost = host == null ? "node" : host.substring(0, Math.min(host.length(), 80));
        return shortHost + "-" + unique;
    }

    /** That this process shares. */
    public StatementHandleRepository repository() {
        return repository;
    }

    /** Of its lease. */
    Duration length() {
        return length;
    }

    /** Settled handles are kept for so long at least. */
    public void keep(RetentionSettings retention) {
        cleaner.keep(retention);
    }

    /** With which this node claims and delivers. */
    public Leases leases() {
        return new Leases() {
            @Override
            public NodeLease current() {
                return membership.lease();
            }

            @Override
            public boolean holds(NodeLease lease) {
                return membership.holds(lease);
            }
        };
    }

    /** The tracker of a way to a workspace. */
    public synchronized HandleTracker tracker(StatementAccess access) {
        return trackers.computeIfAbsent(
                access,
                missing -> new HandleTracker(
                        access.key().workspace(),
                        access.key().transport(),
                        access.client(),
                        repository,
                        membership,
                        new HandleTracker.Means(
                                means.clock(), access.delayer(), delayer, executor, means.random(), means.listener())));
    }

    /** How many handles of a name are watched. */
    synchronized int watched(String name) {
        return trackers.values().stream()
                .mapToInt(tracker -> tracker.running(name).size())
                .sum();
    }

    /** Hands all handles over to the other nodes; their statements run on. */
    @Override
    public void close() {
        synchronized (this) {
            trackers.values().forEach(HandleTracker::close);
            trackers.clear();
        }
        cleaner.close();
        source.end(executor);
        source.end(nodeExecutor);
        membership.close();
    }
}
