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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.statement.StatementHandle;

/** Takes over what dead nodes have left, and gives each handle to a member that can look after it. Thread-safe. */
final class Inheritance {

    private static final Logger LOG = LoggerFactory.getLogger(Inheritance.class);

    /** Rows in one call of takeOver: the transaction stays small, and several nodes get their share. */
    private static final int AT_ONCE = 1_000;

    private final StatementHandleRepository repository;
    private final List<NodeMembership.Member> members;

    /** Owned by this node, but no member can reach them. Guarded by itself. */
    private final Map<String, Orphan> stranded = new HashMap<>();

    private record Orphan(StatementHandle handle, Duration age) {}

    /** @param members may change */
    Inheritance(StatementHandleRepository repository, List<NodeMembership.Member> members) {
        this.repository = repository;
        this.members = members;
    }

    /**
     * Takes all that there is. Blocks as the repository does.
     *
     * @param lease of this node at the moment
     * @param enough whether to stop between two pages
     */
    void take(Supplier<NodeLease> lease, BooleanSupplier enough) {
        Set<String> names = new HashSet<>();
        members.forEach(member -> names.addAll(member.names()));
        if (names.isEmpty()) {
            return;
        }
        boolean freed = false;
        Takeover taken;
        do {
            taken = repository.takeOver(lease.get(), names, AT_ONCE);
            freed |= taken.rows() > taken.owned().size();
            for (StatementHandle owned : taken.owned()) {
                place(new Orphan(owned, taken.ages().getOrDefault(owned.key(), Duration.ZERO)));
            }
        } while (taken.rows() >= AT_ONCE && !enough.getAsBoolean());
        retryStranded();
        if (freed) {
            members.forEach(NodeMembership.Member::freed);
        }
    }

    /** All belong to others now. */
    void clear() {
        synchronized (stranded) {
            stranded.clear();
        }
    }

    private void place(Orphan placed) {
        StatementHandle orphan = placed.handle();
        if (isAdopted(placed)) {
            return;
        }
        LOG.warn(
                "Handle {} of {} was taken over, but it belongs to workspace {} over {}, which no endpoint of that"
                        + " name reaches here",
                orphan.key(),
                orphan.name(),
                orphan.target().workspace(),
                orphan.target().transport());
        synchronized (stranded) {
            stranded.put(orphan.key(), placed);
        }
    }

    /** It is ours already, and nobody else would ever look after it: what goes wrong is tried again. */
    private boolean isAdopted(Orphan orphan) {
        try {
            return members.stream().anyMatch(member -> member.adopt(orphan.handle(), orphan.age()));
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "Handle {} was taken over, but cannot be looked after yet",
                    orphan.handle().key(),
                    e);
            return false;
        }
    }

    private void retryStranded() {
        List<Orphan> waiting;
        synchronized (stranded) {
            waiting = new ArrayList<>(stranded.values());
        }
        for (Orphan orphan : waiting) {
            if (isAdopted(orphan)) {
                synchronized (stranded) {
                    stranded.remove(orphan.handle().key());
                }
            }
        }
    }
}
