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
package io.cameldatabricks.benchmarks.crash;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/** A repository that writes into the record what it was asked to confirm, and dies where it is told to. Thread-safe. */
final class RecordingRepository implements StatementHandleRepository {

    /** The header that carries the job. */
    static final String JOB = "job";

    private final StatementHandleRepository store;
    private final RecordFile record;
    private final FaultPoint points;
    private final String node;

    /** @param node name with which this process joins, whatever the component's */
    RecordingRepository(StatementHandleRepository store, RecordFile record, FaultPoint points, String node) {
        this.store = store;
        this.record = record;
        this.points = points;
        this.node = node;
    }

    @Override
    public NodeLease join(String ignored, Duration lease) {
        return points.around("join", () -> {
            NodeLease joined = store.join(node, lease);
            record.write(Happening.JOINED, RecordLine.NONE, joined.epoch());
            return joined;
        });
    }

    @Override
    public boolean renew(NodeLease lease) {
        boolean alive = points.around("renew", () -> store.renew(lease));
        if (!alive) {
            record.write(Happening.DISOWNED, RecordLine.NONE, lease.epoch());
        }
        return alive;
    }

    @Override
    public void leave(NodeLease lease) {
        points.around("leave", () -> store.leave(lease));
    }

    @Override
    public Takeover takeOver(NodeLease lease, Collection<String> names, int limit) {
        return points.around("takeOver", () -> store.takeOver(lease, names, limit));
    }

    @Override
    public boolean add(NodeLease lease, StatementHandle intent) {
        return points.around("add", () -> store.add(lease, intent));
    }

    @Override
    public Optional<StatementHandle> find(String key) {
        return store.find(key);
    }

    @Override
    public boolean update(NodeLease lease, StatementHandle changed, long expectedVersion) {
        boolean written =
                points.around("update-" + changed.state(), () -> store.update(lease, changed, expectedVersion));
        if (changed.state() == HandleState.DELIVERED) {
            record.write(written ? Happening.CONFIRMED : Happening.NOT_CONFIRMED, job(changed));
        }
        return written;
    }

    @Override
    public boolean remove(NodeLease lease, StatementHandle intent) {
        return points.around("remove", () -> store.remove(lease, intent));
    }

    @Override
    public List<StatementHandle> claim(NodeLease lease, String name, int limit) {
        return points.around("claim", () -> store.claim(lease, name, limit));
    }

    @Override
    public boolean release(NodeLease lease, StatementHandle claimed, Duration backoff) {
        return points.around("release", () -> store.release(lease, claimed, backoff));
    }

    @Override
    public boolean giveBack(NodeLease lease, StatementHandle claimed, Duration delay) {
        return points.around("giveBack", () -> store.giveBack(lease, claimed, delay));
    }

    @Override
    public List<StatementHandle> list(String name, HandleState state, int limit) {
        return store.list(name, state, limit);
    }

    @Override
    public Map<HandleState, Long> counts(String name) {
        return store.counts(name);
    }

    @Override
    public int removeSettled(HandleState state, Duration retention, int limit) {
        return store.removeSettled(state, retention, limit);
    }

    @Override
    public int removeUnclaimed(String name, Duration age, int most) {
        return store.removeUnclaimed(name, age, most);
    }

    private static String job(StatementHandle handle) {
        Object job = handle.origin().headers().asMap().get(JOB);
        return job == null ? RecordLine.NONE : job.toString();
    }
}
