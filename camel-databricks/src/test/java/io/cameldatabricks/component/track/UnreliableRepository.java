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
package io.cameldatabricks.component.track;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/** A repository that is out of reach when it is told to be, before or after it has done what it was asked for. */
final class UnreliableRepository implements StatementHandleRepository {

    /** How it fails. */
    enum Trouble {
        NONE,
        /** Nothing is done. */
        BEFORE,
        /** It is done, but the caller does not learn it. */
        AFTER
    }

    volatile Trouble trouble = Trouble.NONE;

    private final StatementHandleRepository store;

    UnreliableRepository(StatementHandleRepository store) {
        this.store = store;
    }

    private <T> T call(Supplier<T> work) {
        if (trouble == Trouble.BEFORE) {
            throw new HandleRepositoryException("out of reach", null);
        }
        T answer = work.get();
        if (trouble == Trouble.AFTER) {
            throw new HandleRepositoryException("no answer", null);
        }
        return answer;
    }

    @Override
    public NodeLease join(String node, Duration lease) {
        return call(() -> store.join(node, lease));
    }

    @Override
    public boolean renew(NodeLease lease) {
        return call(() -> store.renew(lease));
    }

    @Override
    public void leave(NodeLease lease) {
        call(() -> {
            store.leave(lease);
            return true;
        });
    }

    @Override
    public Takeover takeOver(NodeLease lease, Collection<String> names, int limit) {
        return call(() -> store.takeOver(lease, names, limit));
    }

    @Override
    public boolean add(NodeLease lease, StatementHandle intent) {
        return call(() -> store.add(lease, intent));
    }

    @Override
    public Optional<StatementHandle> find(String key) {
        return call(() -> store.find(key));
    }

    @Override
    public boolean update(NodeLease lease, StatementHandle changed, long expectedVersion) {
        return call(() -> store.update(lease, changed, expectedVersion));
    }

    @Override
    public boolean remove(NodeLease lease, StatementHandle intent) {
        return call(() -> store.remove(lease, intent));
    }

    @Override
    public List<StatementHandle> claim(NodeLease lease, String name, int limit) {
        return call(() -> store.claim(lease, name, limit));
    }

    @Override
    public boolean release(NodeLease lease, StatementHandle claimed, Duration backoff) {
        return call(() -> store.release(lease, claimed, backoff));
    }

    @Override
    public boolean giveBack(NodeLease lease, StatementHandle claimed, Duration backoff) {
        return call(() -> store.giveBack(lease, claimed, backoff));
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
        return call(() -> store.removeSettled(state, retention, limit));
    }

    @Override
    public int removeUnclaimed(String name, Duration age, int most) {
        return call(() -> store.removeUnclaimed(name, age, most));
    }
}
