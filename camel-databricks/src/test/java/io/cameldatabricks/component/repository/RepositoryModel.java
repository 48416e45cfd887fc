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
package io.cameldatabricks.component.repository;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/** What a repository must do, told with two maps and a clock: the reference for {@link RepositoryModelProperties}. */
final class RepositoryModel {

    /** @param dueAt 0 while it cannot be claimed; {@code since} orders what is due at the same time */
    private record Row(StatementHandle handle, long owner, long dueAt, long since, long settledAt) {}

    private final Map<String, Row> rows = new TreeMap<>();
    /** Epoch to the end of its lease, 0 once it has ended. */
    private final Map<Long, Long> nodes = new HashMap<>();

    private long now = 1_000_000;
    private long steps;

    void advance(Duration time) {
        now += time.toMillis();
    }

    void joined(NodeLease lease, NodeLease before) {
        if (before != null && before.node().equals(lease.node())) {
            nodes.put(before.epoch(), 0L);
        }
        nodes.put(lease.epoch(), now + lease.length().toMillis());
    }

    boolean renew(NodeLease lease) {
        if (lives(lease.epoch())) {
            nodes.put(lease.epoch(), now + lease.length().toMillis());
            return true;
        }
        return false;
    }

    void leave(NodeLease lease) {
        nodes.put(lease.epoch(), 0L);
    }

    boolean add(NodeLease lease, StatementHandle intent) {
        return lives(lease.epoch()) && rows.putIfAbsent(intent.key(), new Row(intent, lease.epoch(), 0, 0, 0)) == null;
    }

    boolean update(NodeLease lease, StatementHandle changed, long expected) {
        return replace(lease, changed, expected, 0);
    }

    boolean release(NodeLease lease, StatementHandle claimed, Duration backoff) {
        return replace(lease, claimed.withRelease(null), claimed.version(), backoff.toMillis());
    }

    boolean giveBack(NodeLease lease, StatementHandle claimed, Duration delay) {
        return replace(lease, claimed.withGivenBack(null), claimed.version(), delay.toMillis());
    }

    boolean remove(NodeLease lease, StatementHandle intent) {
        return owns(lease, intent.key(), intent.version()) && rows.remove(intent.key()) != null;
    }

    /** Keys in the order in which they are claimed. */
    List<String> claim(NodeLease lease, int limit) {
        if (!lives(lease.epoch())) {
            return List.of();
        }
        return rows.values().stream()
                .filter(row -> row.dueAt() > 0 && row.dueAt() <= now)
                .sorted(Comparator.comparing(Row::dueAt).thenComparing(Row::since))
                .limit(limit)
                .map(row -> row.handle().key())
                .toList();
    }

    void claimed(NodeLease lease, StatementHandle handle) {
        rows.put(handle.key(), new Row(handle, lease.epoch(), 0, 0, 0));
    }

    /** Keys that the node owns from now on. */
    List<String> takeOver(NodeLease lease) {
        List<String> owned = new ArrayList<>();
        if (!lives(lease.epoch())) {
            return owned;
        }
        nodes.replaceAll((epoch, until) -> epoch != lease.epoch() && until < now ? 0 : until);
        rows.replaceAll((key, row) -> {
            if (row.owner() == 0 || lives(row.owner())) {
                return row;
            }
            if (row.handle().claim() != null) {
                return free(row.handle().withLeaseOver(), 0);
            }
            owned.add(key);
            return new Row(row.handle(), lease.epoch(), 0, 0, 0);
        });
        return owned;
    }

    int removeSettled(HandleState state, Duration retention) {
        int before = rows.size();
        rows.values().removeIf(row -> row.handle().state() == state && row.settledAt() + retention.toMillis() <= now);
        return before - rows.size();
    }

    /** What must be true of the row with this key: state, version, deliveries, owner of the claim; empty for no row. */
    String described(String key) {
        Row row = rows.get(key);
        return row == null ? "" : describe(row.handle());
    }

    static String describe(StatementHandle handle) {
        return handle.key() + " " + handle.state() + " v" + handle.version() + " id " + handle.statementId()
                + " deliveries " + handle.delivery().count() + " dead "
                + handle.delivery().deadReason() + " claimed by "
                + (handle.claim() == null ? "nobody" : handle.claim().epoch());
    }

    private boolean replace(NodeLease lease, StatementHandle changed, long expected, long dueAfter) {
        if (!owns(lease, changed.key(), expected)) {
            return false;
        }
        rows.put(
                changed.key(),
                switch (changed.state()) {
                    case COMPLETED, LOST -> free(changed, dueAfter);
                    case DELIVERED, DEAD -> new Row(changed, 0, 0, 0, now);
                    case INTENDED, SUBMITTED, CLAIMED -> new Row(changed, lease.epoch(), 0, 0, 0);
                });
        return true;
    }

    private Row free(StatementHandle handle, long dueAfter) {
        steps++;
        return new Row(handle, 0, now + dueAfter, steps, 0);
    }

    private boolean owns(NodeLease lease, String key, long version) {
        Row row = rows.get(key);
        return row != null && row.owner() == lease.epoch() && row.handle().version() == version && lives(lease.epoch());
    }

    private boolean lives(long epoch) {
        return nodes.get(epoch) > 0;
    }
}
