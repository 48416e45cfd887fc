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
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementIdCipher;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.repository.WriteRules;
import io.cameldatabricks.component.statement.HandleClaim;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Keeps handles in this process only: they are gone when it ends, while their statements run on. Ids are kept as they are,
 * since nothing is written anywhere. One lock for all, held for microseconds.
 */
public final class MemoryStatementHandleRepository implements StatementHandleRepository {

    private final InstantSource clock;
    private final NodeTable nodes = new NodeTable();
    private final StoredHandles rows = new StoredHandles();

    /** When each intent was added. */
    private final Map<String, Instant> addedAt = new HashMap<>();

    /** Its time goes on evenly, also when the clock of the machine is set back. */
    public MemoryStatementHandleRepository() {
        this(new EvenClock(InstantSource.system(), System::nanoTime));
    }

    /** @param clock should not go back: what was due then waits */
    public MemoryStatementHandleRepository(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public synchronized NodeLease join(String node, Duration lease) {
        return nodes.join(NodeLease.requireNode(node), NodeLease.requireLength(lease), now());
    }

    @Override
    public synchronized boolean renew(NodeLease lease) {
        return nodes.renew(lease, now());
    }

    @Override
    public synchronized void leave(NodeLease lease) {
        nodes.end(lease.epoch());
    }

    @Override
    public synchronized Takeover takeOver(NodeLease lease, Collection<String> names, int limit) {
        if (!nodes.lives(lease.epoch())) {
            return Takeover.none();
        }
        nodes.endExpiredOthers(lease.epoch(), now());
        if (!nodes.hasEnded()) {
            return Takeover.none();
        }
        List<StoredHandle> orphans = rows.all().stream()
                .filter(row -> row.owner() != 0 && !nodes.lives(row.owner()))
                .filter(row -> names.contains(row.handle().name()))
                .limit(limit)
                .toList();
        List<StatementHandle> owned = new ArrayList<>();
        for (StoredHandle orphan : orphans) {
            if (orphan.handle().claim() == null) {
                rows.put(StoredHandle.owned(orphan.handle(), lease.epoch()));
                owned.add(orphan.handle());
            } else {
                rows.put(StoredHandle.free(orphan.handle().withLeaseOver(), now()));
            }
        }
        Map<String, Duration> ages = new HashMap<>();
        for (StatementHandle handle : owned) {
            if (handle.state() == HandleState.INTENDED) {
                ages.put(handle.key(), Duration.between(addedAt.get(handle.key()), now()));
            }
        }
        return new Takeover(orphans.size(), owned, ages);
    }

    @Override
    public synchronized boolean add(NodeLease lease, StatementHandle intent) {
        WriteRules.requireIntent(intent, PlainIds.INSTANCE);
        if (!nodes.lives(lease.epoch()) || rows.find(intent.key()).isPresent()) {
            return false;
        }
        rows.put(StoredHandle.owned(intent, lease.epoch()));
        addedAt.put(intent.key(), now());
        return true;
    }

    @Override
    public synchronized Optional<StatementHandle> find(String key) {
        return rows.find(key).map(StoredHandle::handle);
    }

    @Override
    public synchronized boolean update(NodeLease lease, StatementHandle changed, long expectedVersion) {
        WriteRules.requireUpdate(changed, expectedVersion);
        if (!owns(lease, changed.key(), expectedVersion)) {
            return false;
        }
        requireOwnStatement(changed);
        addedAt.remove(changed.key());
        rows.put(
                switch (changed.state()) {
                    case COMPLETED, LOST -> StoredHandle.free(changed, now());
                    case DELIVERED, DEAD -> StoredHandle.settled(changed, now());
                    case INTENDED, SUBMITTED, CLAIMED -> StoredHandle.owned(changed, lease.epoch());
                });
        return true;
    }

    @Override
    public synchronized boolean remove(NodeLease lease, StatementHandle intent) {
        WriteRules.requireIntent(intent, PlainIds.INSTANCE);
        if (!owns(lease, intent.key(), intent.version())) {
            return false;
        }
        rows.take(intent.key());
        addedAt.remove(intent.key());
        return true;
    }

    @Override
    public synchronized List<StatementHandle> claim(NodeLease lease, String name, int limit) {
        List<StatementHandle> claimed = new ArrayList<>();
        Instant now = now();
        SortedSet<StoredHandle> waiting = rows.waiting(name);
        while (nodes.lives(lease.epoch())
                && claimed.size() < limit
                && !waiting.isEmpty()
                && !waiting.first().dueAt().isAfter(now)) {
            HandleClaim claim = new HandleClaim(lease.node(), lease.epoch(), nodes.until(lease.epoch()));
            StatementHandle handle = waiting.first().handle().withClaim(claim);
            rows.put(StoredHandle.owned(handle, lease.epoch()));
            claimed.add(handle);
        }
        return claimed;
    }

    @Override
    public synchronized boolean release(NodeLease lease, StatementHandle claimed, Duration backoff) {
        WriteRules.requireRelease(claimed, backoff);
        Instant dueAt = now().plus(backoff);
        return free(lease, claimed, claimed.withRelease(dueAt), dueAt);
    }

    @Override
    public synchronized boolean giveBack(NodeLease lease, StatementHandle claimed, Duration delay) {
        WriteRules.requireRelease(claimed, delay);
        Instant dueAt = now().plus(delay);
        return free(lease, claimed, claimed.withGivenBack(dueAt), dueAt);
    }

    @Override
    public synchronized boolean revive(StatementHandle dead) {
        StatementHandle revived = dead.withRevived();
        if (rows.find(dead.key())
                .filter(row -> row.handle().version() == dead.version())
                .isEmpty()) {
            return false;
        }
        rows.put(StoredHandle.free(revived, now()));
        return true;
    }

    private boolean free(NodeLease lease, StatementHandle claimed, StatementHandle freed, Instant dueAt) {
        if (!owns(lease, claimed.key(), claimed.version())) {
            return false;
        }
        rows.put(StoredHandle.free(freed, dueAt));
        return true;
    }

    @Override
    public synchronized List<StatementHandle> list(String name, HandleState state, int limit) {
        return rows.all().stream()
                .map(StoredHandle::handle)
                .filter(handle -> handle.name().equals(name) && handle.state() == state)
                .sorted(Comparator.comparing(StatementHandle::key))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Map<HandleState, Long> counts(String name) {
        Map<HandleState, Long> counts = new EnumMap<>(HandleState.class);
        for (StoredHandle row : rows.all()) {
            if (row.handle().name().equals(name)) {
                counts.merge(row.handle().state(), 1L, Long::sum);
            }
        }
        return counts;
    }

    @Override
    public synchronized int removeSettled(HandleState state, Duration retention, int limit) {
        WriteRules.requireSettled(state, retention);
        Instant before = now().minus(retention);
        List<String> old = rows.all().stream()
                .map(StoredHandle::handle)
                .filter(handle -> handle.state() == state)
                .filter(handle -> !handle.delivery().settledAt().isAfter(before))
                .map(StatementHandle::key)
                .limit(limit)
                .toList();
        old.forEach(rows::take);
        return old.size();
    }

    @Override
    public synchronized int removeUnclaimed(String name, Duration age, int most) {
        SortedSet<StoredHandle> waiting = rows.waiting(name);
        Instant before = now().minus(age);
        int removed = 0;
        while (!waiting.isEmpty()
                && (waiting.size() > most || !waiting.first().dueAt().isAfter(before))) {
            rows.take(waiting.first().key());
            removed++;
        }
        return removed;
    }

    private boolean owns(NodeLease lease, String key, long version) {
        return rows.find(key)
                        .filter(row ->
                                row.owner() == lease.epoch() && row.handle().version() == version)
                        .isPresent()
                && nodes.lives(lease.epoch());
    }

    private void requireOwnStatement(StatementHandle handle) {
        if (rows.keyOfStatement(handle).filter(key -> !key.equals(handle.key())).isPresent()) {
            throw new HandleRepositoryException(
                    "Handle " + handle.key() + " has the statement of another handle", null);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Nothing leaves the process, so secrets need no cipher. */
    private enum PlainIds implements StatementIdCipher {
        INSTANCE;

        @Override
        public boolean available() {
            return true;
        }

        @Override
        public String encrypt(String id, String handleKey) {
            return id;
        }

        @Override
        public String decrypt(String stored, String handleKey) {
            return stored;
        }
    }
}
