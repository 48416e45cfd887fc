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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementIdCipher;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.repository.WriteRules;
import io.cameldatabricks.component.statement.HandleClaim;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

import static io.cameldatabricks.component.repository.jdbc.Statements.change;
import static io.cameldatabricks.component.repository.jdbc.Statements.query;

/**
 * Keeps handles in H2 or PostgreSQL. The writes of one handle that come at the same time share a transaction, see
 * {@link CommitGroup}; claims and takeovers lock their rows and skip those that another node has locked. Needs a
 * {@code DataSource} that gives plain connections, not ones that take part in a transaction of the caller: an intent must
 * be committed before its statement is submitted. Does not close the {@code DataSource}.
 */
public final class JdbcStatementHandleRepository implements StatementHandleRepository {

    private final HandleDatabase database;
    private final CommitGroup group;
    private final HandleRow row;
    private final NodeRows nodes;
    private final RowTakeover takeover;
    private final StatementIdCipher cipher;
    private final UnansweredRows unanswered = new UnansweredRows();

    /** Makes the tables if they are missing, and takes no statement ids with a secret. */
    public JdbcStatementHandleRepository(DataSource dataSource) {
        this(dataSource, true, StatementIdCipher.none());
    }

    /**
     * @param createSchema whether to make the tables if they are missing, and to bring those of an earlier version to this
     *     one; false where the user may not create tables,
     *     which are then made with the script of the documentation
     * @param cipher for ids of statements over Thrift
     * @throws IllegalArgumentException if the database would lose what it acknowledges, the tables have another version, or
     *     they hold handles that were encrypted with another key and are not delivered yet
     */
    public JdbcStatementHandleRepository(DataSource dataSource, boolean createSchema, StatementIdCipher cipher) {
        this.database = new HandleDatabase(dataSource);
        this.group = new CommitGroup(database);
        this.row = new HandleRow(cipher);
        this.cipher = cipher;
        this.nodes = new NodeRows(database);
        ForeignKeys foreignKeys = new ForeignKeys(cipher);
        this.takeover = new RowTakeover(database, row, foreignKeys, unanswered);
        database.prepare(createSchema);
        foreignKeys.refuse(database);
    }

    /** For a database that only one process can have: whoever had it before is dead. */
    void endAllEpochs() {
        nodes.endAll();
    }

    /** So many writes share a commit at most; more threads make fewer commits of them. */
    @Override
    public int concurrency() {
        return 16;
    }

    @Override
    public boolean keepsSecretIds() {
        return cipher.available();
    }

    @Override
    public NodeLease join(String node, Duration lease) {
        return nodes.join(NodeLease.requireNode(node), NodeLease.requireLength(lease));
    }

    @Override
    public boolean renew(NodeLease lease) {
        return nodes.renew(lease);
    }

    @Override
    public void leave(NodeLease lease) {
        nodes.leave(lease);
        unanswered.forget(lease);
    }

    @Override
    public Takeover takeOver(NodeLease lease, Collection<String> names, int limit) {
        return takeover.takeOver(lease, names, limit);
    }

    @Override
    public boolean add(NodeLease lease, StatementHandle intent) {
        WriteRules.requireIntent(intent, cipher);
        try {
            return write(HandleSql.ADD, p -> {
                row.bindIntent(p, intent, lease.epoch());
                p.number(lease.epoch());
            });
        } catch (SQLException e) {
            if (isTaken(e)) {
                return false;
            }
            throw HandleDatabase.failed("The intent could not be stored", e);
        }
    }

    @Override
    public Optional<StatementHandle> find(String key) {
        return database
                .atOnce(
                        "The handle could not be read",
                        connection -> query(connection, HandleSql.FIND, p -> p.text(key), row::read))
                .stream()
                .findFirst();
    }

    @Override
    public boolean update(NodeLease lease, StatementHandle changed, long expectedVersion) {
        WriteRules.requireUpdate(changed, expectedVersion);
        return replace(lease, changed, expectedVersion, Duration.ZERO);
    }

    @Override
    public boolean remove(NodeLease lease, StatementHandle intent) {
        WriteRules.requireIntent(intent, cipher);
        try {
            return write(HandleSql.REMOVE, p -> p.text(intent.key())
                    .number(intent.version())
                    .number(lease.epoch())
                    .number(lease.epoch()));
        } catch (SQLException e) {
            throw HandleDatabase.failed("The intent could not be removed", e);
        }
    }

    @Override
    public List<StatementHandle> claim(NodeLease lease, String name, int limit) {
        return unanswered.giving(
                lease,
                () -> database.inTransaction(
                        "Handles could not be claimed",
                        connection -> claim(connection, lease, name, limit),
                        claimed -> unanswered.add(lease, claimed)));
    }

    private List<StatementHandle> claim(Connection connection, NodeLease lease, String name, int limit)
            throws SQLException {
        Optional<Instant> until = NodeRows.leaseUntil(connection, lease);
        if (until.isEmpty()) {
            return List.of();
        }
        String sql = database.isH2() ? HandleSql.CLAIMABLE_H2 : HandleSql.CLAIMABLE;
        List<StatementHandle> due =
                query(connection, sql, p -> row.bindReadable(p.text(name)).number(limit), row::read);
        HandleClaim claim = new HandleClaim(lease.node(), lease.epoch(), until.get());
        List<StatementHandle> claimed =
                due.stream().map(handle -> handle.withClaim(claim)).toList();
        row.replaceLocked(connection, claimed, lease.epoch(), null);
        return claimed;
    }

    @Override
    public boolean release(NodeLease lease, StatementHandle claimed, Duration backoff) {
        WriteRules.requireRelease(claimed, backoff);
        // the time of the copy is not stored: the database adds the backoff to its own
        return replace(lease, claimed.withRelease(null), claimed.version(), backoff);
    }

    @Override
    public boolean giveBack(NodeLease lease, StatementHandle claimed, Duration delay) {
        WriteRules.requireRelease(claimed, delay);
        return replace(lease, claimed.withGivenBack(null), claimed.version(), delay);
    }

    @Override
    public boolean revive(StatementHandle dead) {
        StatementHandle revived = dead.withRevived();
        try {
            return write(HandleSql.UPDATE_ROW, p -> row.bindUpdate(p, revived, dead.version(), null, 0L));
        } catch (SQLException e) {
            throw HandleDatabase.failed("Handle " + dead.key() + " could not be written", e);
        }
    }

    @Override
    public List<StatementHandle> list(String name, HandleState state, int limit) {
        return database.atOnce(
                "The handles could not be read",
                connection -> query(
                        connection,
                        HandleSql.LIST,
                        p -> p.text(name).text(state).number(limit),
                        row::read));
    }

    @Override
    public Map<HandleState, Long> counts(String name) {
        Map<HandleState, Long> counts = new EnumMap<>(HandleState.class);
        database.atOnce(
                "The handles could not be counted",
                connection -> query(
                        connection,
                        HandleSql.COUNTS,
                        p -> p.text(name),
                        result -> counts.put(HandleState.valueOf(result.getString(1)), result.getLong(2))));
        return counts;
    }

    @Override
    public int removeSettled(HandleState state, Duration retention, int limit) {
        WriteRules.requireSettled(state, retention);
        return database.atOnce(
                "Old handles could not be removed",
                connection -> change(connection, HandleSql.REMOVE_SETTLED, p -> p.number(retention.toMillis())
                        .text(state)
                        .number(limit)));
    }

    private boolean replace(NodeLease lease, StatementHandle changed, long expectedVersion, Duration due) {
        boolean free = changed.state() == HandleState.COMPLETED || changed.state() == HandleState.LOST;
        boolean kept = !free && !changed.state().isSettled();
        Long owner = kept ? lease.epoch() : null;
        Long dueAfter = free ? due.toMillis() : null;
        try {
            return write(HandleSql.UPDATE_OWN_ROW, p -> {
                row.bindUpdate(p, changed, expectedVersion, owner, dueAfter);
                p.number(lease.epoch()).number(lease.epoch());
            });
        } catch (SQLException e) {
            throw HandleDatabase.failed("Handle " + changed.key() + " could not be written", e);
        }
    }

    private boolean write(String sql, Statements.Binder binder) throws SQLException {
        return group.write(sql, binder) == 1;
    }

    private static boolean isTaken(SQLException e) {
        return "23505".equals(e.getSQLState());
    }
}
