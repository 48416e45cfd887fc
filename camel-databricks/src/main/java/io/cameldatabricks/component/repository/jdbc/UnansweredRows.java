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
package io.cameldatabricks.component.repository.jdbc;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Rows that a transaction gave to a node of this process, while its commit was not answered: they may belong to the node,
 * and nobody works on them. As long as the node lives no other one takes them, so it has to look at them again itself.
 * Thread-safe.
 */
final class UnansweredRows {

    /** Keys by epoch. Guarded by itself. */
    private final Map<Long, Set<String>> keys = new HashMap<>();

    /** Read: to give rows to a node. Write: to look at those in doubt, of which nobody may get one in that moment. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** Runs what gives rows to the node, which tells of those in doubt by {@link #add}. */
    List<StatementHandle> giving(NodeLease lease, Supplier<List<StatementHandle>> work) {
        lock.readLock().lock();
        try {
            List<StatementHandle> given = work.get();
            remove(lease, given.stream().map(StatementHandle::key).toList());
            return given;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The commit that gave these to the node was not answered. */
    void add(NodeLease lease, Collection<StatementHandle> given) {
        if (!given.isEmpty()) {
            synchronized (keys) {
                Set<String> known = keys.computeIfAbsent(lease.epoch(), none -> new HashSet<>());
                given.forEach(handle -> known.add(handle.key()));
            }
        }
    }

    /**
     * Looks at the rows in doubt.
     *
     * @param work gets their keys; once it has come to an end they are in doubt no more
     * @param otherwise when there are none
     */
    <T> T resolve(NodeLease lease, Function<List<String>, T> work, Supplier<T> otherwise) {
        if (of(lease).isEmpty()) {
            return otherwise.get();
        }
        lock.writeLock().lock();
        try {
            List<String> looked = of(lease);
            T found = work.apply(looked);
            remove(lease, looked);
            return found;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The node has left, so that others look at them. */
    void forget(NodeLease lease) {
        synchronized (keys) {
            keys.remove(lease.epoch());
        }
    }

    private List<String> of(NodeLease lease) {
        synchronized (keys) {
            return List.copyOf(keys.getOrDefault(lease.epoch(), Set.of()));
        }
    }

    private void remove(NodeLease lease, Collection<String> settled) {
        synchronized (keys) {
            Set<String> known = keys.get(lease.epoch());
            if (known != null) {
                settled.forEach(known::remove);
                if (known.isEmpty()) {
                    keys.remove(lease.epoch());
                }
            }
        }
    }
}
