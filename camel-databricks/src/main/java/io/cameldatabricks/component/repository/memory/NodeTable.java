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
package io.cameldatabricks.component.repository.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.cameldatabricks.component.repository.NodeLease;

/** The epochs that were given out. Not thread-safe: its owner locks. */
final class NodeTable {

    /** @param until null once the epoch has ended */
    private record Node(String name, Instant until) {}

    private final Map<Long, Node> nodes = new HashMap<>();
    private long lastEpoch;

    NodeLease join(String name, Duration length, Instant now) {
        nodes.replaceAll((epoch, node) -> node.name().equals(name) ? ended(node) : node);
        lastEpoch++;
        nodes.put(lastEpoch, new Node(name, now.plus(length)));
        return new NodeLease(name, lastEpoch, length);
    }

    boolean renew(NodeLease lease, Instant now) {
        if (!lives(lease.epoch())) {
            return false;
        }
        nodes.put(lease.epoch(), new Node(lease.node(), now.plus(lease.length())));
        return true;
    }

    void end(long epoch) {
        nodes.computeIfPresent(epoch, (any, node) -> ended(node));
    }

    void endExpiredOthers(long own, Instant now) {
        nodes.replaceAll((epoch, node) ->
                epoch != own && node.until() != null && node.until().isBefore(now) ? ended(node) : node);
    }

    /** Whether a node has left or died. */
    boolean hasEnded() {
        return nodes.values().stream().anyMatch(node -> node.until() == null);
    }

    boolean lives(long epoch) {
        Node node = nodes.get(epoch);
        return node != null && node.until() != null;
    }

    /** When the lease of a living epoch runs out. */
    Instant until(long epoch) {
        return nodes.get(epoch).until();
    }

    private static Node ended(Node node) {
        return new Node(node.name(), null);
    }
}
