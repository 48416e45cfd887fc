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

import java.util.Optional;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Writes handles down under the lease of this node. A write that failed may have happened, so each write looks at what is
 * stored before it says that a handle is not ours. Blocks as long as the repository does. Thread-safe.
 */
final class HandleLedger {

    private final StatementHandleRepository repository;
    private final NodeMembership node;

    HandleLedger(StatementHandleRepository repository, NodeMembership node) {
        this.repository = repository;
        this.node = node;
    }

    /** @return false when the statement must not be submitted */
    boolean add(StatementHandle intent) {
        NodeLease lease = node.lease();
        if (repository.add(lease, intent)) {
            return true;
        }
        NodeLease fresh = node.check(lease);
        return !fresh.equals(lease) && repository.add(fresh, intent);
    }

    /** @return false when there is nothing to remove, or it belongs to another node */
    boolean remove(StatementHandle intent) {
        return repository.remove(node.lease(), intent);
    }

    /**
     * Stores the next version of a handle.
     *
     * @return whether it is stored now; false when the handle belongs to another node, or was removed
     */
    boolean write(StatementHandle changed) {
        NodeLease lease = node.lease();
        if (repository.update(lease, changed, changed.version() - 1)) {
            return true;
        }
        Optional<StatementHandle> stored = repository.find(changed.key());
        if (stored.isPresent()) {
            long version = stored.get().version();
            if (version == changed.version() && stored.get().state() == changed.state()) {
                return true;
            }
            // a version between the two was never written, because the repository was out of reach
            if (version < changed.version() - 1 && repository.update(lease, changed, version)) {
                return true;
            }
        }
        node.check(lease);
        return false;
    }
}
