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
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.thread.ThreadSource;

/**
 * This process among those that share repositories of handles: one node for each repository, made when it is first needed, that
 * lives until the component stops. Safe for many threads.
 */
public final class RepositoryNodes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RepositoryNodes.class);

    private final ThreadSource source;
    private final RepositoryNode.Means means;

    // guarded by this
    private final Map<StatementHandleRepository, RepositoryNode> nodes = new IdentityHashMap<>();

    /** @param source of threads */
    public RepositoryNodes(ThreadSource source, RepositoryNode.Means means) {
        this.source = source;
        this.means = means;
    }

    /** @param lease of the node, if it has none yet: the first user of a repository decides */
    public synchronized RepositoryNode node(StatementHandleRepository repository, Duration lease) {
        RepositoryNode node =
                nodes.computeIfAbsent(repository, missing -> new RepositoryNode(source, repository, lease, means));
        if (!node.length().equals(lease)) {
            LOG.warn(
                    "The lease of a repository is that of its first endpoint, {}; another endpoint asks for {}, which is"
                            + " ignored: give all of them the same",
                    node.length(),
                    lease);
        }
        return node;
    }

    /** How many handles of a name this process watches. */
    public synchronized int watched(String name) {
        return nodes.values().stream().mapToInt(node -> node.watched(name)).sum();
    }

    /** Hands all handles over to the other nodes; their statements run on. */
    @Override
    public void close() {
        List<RepositoryNode> all;
        synchronized (this) {
            all = new ArrayList<>(nodes.values());
            nodes.clear();
        }
        all.forEach(RepositoryNode::close);
    }
}
