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

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

import static io.cameldatabricks.component.repository.jdbc.Statements.change;
import static io.cameldatabricks.component.repository.jdbc.Statements.query;

/** Gives the rows of nodes that are dead or have left to those that live. Thread-safe. */
final class RowTakeover {

    private final HandleDatabase database;
    private final HandleRow row;
    private final ForeignKeys foreignKeys;
    private final UnansweredRows unanswered;

    /** A row that changed its owner, and how long ago it was added. */
    private record Orphan(StatementHandle handle, Duration age) {}

    RowTakeover(HandleDatabase database, HandleRow row, ForeignKeys foreignKeys, UnansweredRows unanswered) {
        this.unanswered = unanswered;
        this.database = database;
        this.row = row;
        this.foreignKeys = foreignKeys;
    }

    Takeover takeOver(NodeLease lease, Collection<String> names, int limit) {
        return unanswered.resolve(lease, keys -> recover(lease, keys), () -> fromDeadNodes(lease, names, limit));
    }

    /**
     * What the node got from a transaction whose commit was not answered: it watches what it took over, and what it claimed
     * is free again. Waits for transactions that are still under way.
     */
    private Takeover recover(NodeLease lease, List<String> keys) {
        return database.inTransaction("Handles could not be taken over", connection -> {
            if (NodeRows.leaseUntil(connection, lease).isEmpty()) {
                return Takeover.none();
            }
            List<Orphan> own = query(
                            connection,
                            HandleSql.LOCK,
                            p -> p.array("varchar", keys.toArray()),
                            result -> result.getLong("owner_epoch") == lease.epoch() ? orphan(result) : null)
                    .stream()
                    .filter(Objects::nonNull)
                    .toList();
            freeClaimed(connection, own, handle -> handle.withGivenBack(null));
            return takeover(own);
        });
    }

    private Takeover fromDeadNodes(NodeLease lease, Collection<String> names, int limit) {
        // looked at every second by every node: it locks nothing, and nearly always there is nothing
        boolean anything = database.atOnce(
                "Handles could not be taken over", connection -> isAnythingToTakeOver(connection, lease));
        if (!anything) {
            return Takeover.none();
        }
        return database.inTransaction(
                "Handles could not be taken over",
                connection -> {
                    if (NodeRows.leaseUntil(connection, lease).isEmpty()) {
                        return Takeover.none();
                    }
                    change(connection, HandleSql.END_EXPIRED_OTHERS, p -> p.number(lease.epoch()));
                    List<Long> ended =
                            query(connection, HandleSql.ENDED_EPOCHS, none -> {}, result -> result.getLong(1));
                    List<Orphan> taken = new ArrayList<>();
                    for (Long epoch : ended) {
                        if (taken.size() < limit) {
                            taken.addAll(inherited(connection, lease, epoch, names, limit - taken.size()));
                            foreignKeys.tell(connection, epoch);
                        }
                    }
                    freeClaimed(connection, taken, StatementHandle::withLeaseOver);
                    return takeover(taken);
                },
                taken -> unanswered.add(lease, taken.owned()));
    }

    private static Takeover takeover(List<Orphan> taken) {
        List<Orphan> owned =
                taken.stream().filter(orphan -> orphan.handle().claim() == null).toList();
        Map<String, Duration> ages = owned.stream()
                .filter(orphan -> orphan.handle().state() == HandleState.INTENDED)
                .collect(Collectors.toMap(orphan -> orphan.handle().key(), Orphan::age));
        return new Takeover(taken.size(), owned.stream().map(Orphan::handle).toList(), ages);
    }

    private static boolean isAnythingToTakeOver(Connection connection, NodeLease lease) throws SQLException {
        return !query(
                        connection,
                        HandleSql.ANYTHING_TO_TAKE_OVER,
                        p -> p.number(lease.epoch()),
                        result -> result.getInt(1))
                .isEmpty();
    }

    private List<Orphan> inherited(
            Connection connection, NodeLease lease, long ended, Collection<String> names, int limit)
            throws SQLException {
        Statements.Binder orphans = p -> row.bindReadable(p.number(ended).array("varchar", names.toArray()))
                .number(limit);
        if (database.isH2()) {
            return query(connection, HandleSql.INHERIT_H2, p -> orphans.bind(p.number(lease.epoch())), this::orphan);
        }
        return query(
                connection,
                HandleSql.INHERIT,
                p -> {
                    orphans.bind(p);
                    p.number(lease.epoch());
                },
                this::orphan);
    }

    private Orphan orphan(ResultSet result) throws SQLException {
        StatementHandle handle = row.read(result);
        Instant added = HandleRow.time(result, "added_at");
        // rows of earlier programs know only what the clock of their node said
        Instant since = added == null ? handle.origin().intendedAt() : added;
        return new Orphan(handle, Duration.between(since, HandleRow.time(result, "read_at")));
    }

    /** What a dead node was delivering is free for the next delivery. */
    private void freeClaimed(Connection connection, List<Orphan> taken, UnaryOperator<StatementHandle> freeing)
            throws SQLException {
        List<StatementHandle> freed = taken.stream()
                .map(Orphan::handle)
                .filter(handle -> handle.claim() != null)
                .map(freeing)
                .toList();
        row.replaceLocked(connection, freed, null, 0L);
    }
}
