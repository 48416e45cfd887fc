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

import java.time.Instant;
import java.util.Comparator;

import io.cameldatabricks.component.statement.HandleDelivery;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * One row. Immutable.
 *
 * @param owner epoch of the node that works on it, 0 for nobody
 * @param dueAt from when on it can be claimed; null while it cannot
 */
record StoredHandle(StatementHandle handle, long owner, Instant dueAt) {

    /** The order in which free handles are claimed. */
    static final Comparator<StoredHandle> BY_DUE =
            Comparator.comparing(StoredHandle::dueAt).thenComparing(StoredHandle::key);

    static StoredHandle owned(StatementHandle handle, long owner) {
        return new StoredHandle(handle, owner, null);
    }

    /** Free for whoever claims it. */
    static StoredHandle free(StatementHandle handle, Instant dueAt) {
        int count = handle.delivery().count();
        HandleDelivery delivery = new HandleDelivery(count, count > 0 ? dueAt : null, null, null);
        return new StoredHandle(delivered(handle, delivery), 0, dueAt);
    }

    static StoredHandle settled(StatementHandle handle, Instant now) {
        HandleDelivery delivery = new HandleDelivery(
                handle.delivery().count(), null, now, handle.delivery().deadReason());
        return new StoredHandle(delivered(handle, delivery), 0, null);
    }

    String key() {
        return handle.key();
    }

    /** The same handle with the times that the repository has set. */
    private static StatementHandle delivered(StatementHandle handle, HandleDelivery delivery) {
        return new StatementHandle(
                handle.key(),
                handle.name(),
                handle.target(),
                handle.origin(),
                handle.statementId(),
                handle.state(),
                handle.status(),
                handle.submittedAt(),
                handle.completedAt(),
                handle.deadlines(),
                handle.loss(),
                handle.claim(),
                delivery,
                handle.version());
    }
}
