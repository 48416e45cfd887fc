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
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

import org.apache.camel.CamelContext;
import org.apache.camel.util.InetAddressUtil;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.track.HandleTracker;
import io.cameldatabricks.component.track.NodeMembership;

/**
 * This process among those that share a repository of handles: one membership, and one tracker for each way to a workspace.
 * Safe for many threads.
 */
final class RepositoryNode implements AutoCloseable {

    /** So many writes of a durable repository share a commit at least. */
    private static final int THREADS = 4;

    private final CamelContext context;
    private final StatementHandleRepository repository;
    private final ExecutorService executor;
    private final Delayer delayer;
    private final NodeMembership membership;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<StatementAccess, HandleTracker> trackers = new HashMap<>();

    RepositoryNode(
            CamelContext context,
            StatementHandleRepository repository,
            Duration lease,
            InstantSource clock,
            RandomGenerator random) {
        this.context = context;
        this.repository = repository;
        this.clock = clock;
        this.random = random;
        boolean inMemory = repository instanceof MemoryStatementHandleRepository;
        this.executor = AsyncThreads.pool(context, this, "DatabricksHandle", inMemory ? 1 : THREADS);
        this.delayer = Delayer.on(executor);
        this.membership = new NodeMembership(repository, nodeName(), lease, delayer);
    }

    /** Two processes must never have the same name, since each would end the lease of the other. */
    private static String nodeName() {
        String host = InetAddressUtil.getLocalHostNameSafe();
        String unique = ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        String shortHost = host == null ? "node" : host.substring(0, Math.min(host.length(), 80));
        return shortHost + "-" + unique;
    }

    StatementHandleRepository repository() {
        return repository;
    }

    /** With which this node writes now. Blocks as the repository does. */
    NodeLease lease() {
        return membership.lease();
    }

    /** The tracker of a way to a workspace. */
    synchronized HandleTracker tracker(StatementAccess access) {
        return trackers.computeIfAbsent(
                access,
                missing -> new HandleTracker(
                        access.key().workspace(),
                        access.key().transport(),
                        access.client(),
                        repository,
                        membership,
                        new HandleTracker.Means(clock, delayer, executor, random)));
    }

    /** Hands all handles over to the other nodes; their statements run on. */
    @Override
    public void close() {
        synchronized (this) {
            trackers.values().forEach(HandleTracker::close);
            trackers.clear();
        }
        AsyncThreads.end(context, executor);
        membership.close();
    }
}
