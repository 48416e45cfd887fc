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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import io.cameldatabricks.component.repository.StatementIdCipher;
import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.HandleClaim;
import io.cameldatabricks.component.statement.HandleDelivery;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.LossReason;
import io.cameldatabricks.component.statement.StatementDeadlines;
import io.cameldatabricks.component.statement.StatementFailure;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementOrigin;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;

/** A handle as a row, in both directions. */
final class HandleRow {

    /** What the columns for text of others hold. */
    static final int MAX_MESSAGE = 8000;

    static final int MAX_REASON = 4000;

    private static final int MAX_ERROR_CODE = 200;
    private static final int MAX_SQL_STATE = 20;

    private final StatementIdCipher cipher;

    HandleRow(StatementIdCipher cipher) {
        this.cipher = cipher;
    }

    /** The parameters of {@link HandleSql#ADD}, up to its condition. */
    void bindIntent(Binding row, StatementHandle intent, long owner) throws SQLException {
        row.text(intent.key()).text(intent.name()).text(intent.state()).number(intent.version());
        row.number(owner);
        row.text(intent.target().transport()).text(intent.target().workspace());
        row.text(intent.target().warehouse().value());
        row.text(intent.origin().sqlHash()).text(intent.origin().headers().text());
        row.text(intent.origin().correlationId()).time(intent.origin().intendedAt());
        row.number(intent.origin().rowLimit()).flag(intent.origin().returnsRows());
    }

    /**
     * The parameters of {@link HandleSql#UPDATE_ROW}.
     *
     * @param owner epoch, null for nobody
     * @param dueAfter milliseconds until the row can be claimed, null for never
     */
    void bindUpdate(Binding row, StatementHandle handle, long expectedVersion, Long owner, Long dueAfter)
            throws SQLException {
        row.text(handle.state()).number(handle.version()).number(owner).number(dueAfter);
        row.number(handle.state().isSettled() ? Long.valueOf(0) : null);
        bindStatement(row, handle);
        row.time(handle.submittedAt()).time(handle.completedAt());
        StatementDeadlines deadlines = handle.deadlines();
        row.time(deadlines.keepAliveBy()).time(deadlines.resultExpiresAt()).time(deadlines.purgedAt());
        row.text(handle.loss());
        HandleClaim claim = handle.claim();
        row.text(claim == null ? null : claim.node()).time(claim == null ? null : claim.leaseUntil());
        row.number(handle.delivery().count());
        row.text(handle.delivery().deadReason(), MAX_REASON);
        row.text(handle.key()).number(expectedVersion);
    }

    private void bindStatement(Binding row, StatementHandle handle) throws SQLException {
        StatementId id = handle.statementId();
        row.text(id == null ? null : id.publicPart());
        boolean secret = id != null && id.hasSecret();
        row.text(secret ? cipher.encrypt(id.reveal(), handle.key()) : null);
        row.text(secret && !cipher.keyId().isEmpty() ? cipher.keyId() : null);
        StatementStatus status = handle.status();
        StatementFailure failure = status == null ? null : status.failure();
        row.text(status == null ? null : status.state());
        row.text(failure == null ? null : failure.errorCode(), MAX_ERROR_CODE);
        row.text(failure == null ? null : failure.sqlState(), MAX_SQL_STATE);
        row.text(failure == null ? null : failure.message(), MAX_MESSAGE);
        row.time(status == null ? null : status.observedAt()).time(status == null ? null : status.endedAt());
    }

    /** Replaces rows that this transaction has locked by copies that are one version ahead. */
    void replaceLocked(Connection connection, List<StatementHandle> copies, Long owner, Long dueAfter)
            throws SQLException {
        Statements.batch(
                connection,
                HandleSql.UPDATE_ROW,
                copies,
                (p, copy) -> bindUpdate(p, copy, copy.version() - 1, owner, dueAfter));
    }

    /** The parameters of what {@link HandleSql} calls readable. */
    Binding bindReadable(Binding parameters) throws SQLException {
        return parameters.flag(cipher.available()).text(cipher.keyId());
    }

    /** The handle in the current row. */
    StatementHandle read(ResultSet row) throws SQLException {
        String key = row.getString("handle_key");
        StatementId id = id(row, key);
        String loss = row.getString("loss");
        return new StatementHandle(
                key,
                row.getString("endpoint"),
                new StatementTarget(
                        Transport.valueOf(row.getString("transport")),
                        row.getString("workspace"),
                        new WarehouseId(row.getString("warehouse"))),
                new StatementOrigin(
                        row.getString("sql_hash"),
                        CarriedHeaders.parse(row.getString("headers")),
                        row.getString("correlation_id"),
                        time(row, "intended_at"),
                        row.getLong("row_limit"),
                        row.getBoolean("returns_rows")),
                id,
                HandleState.valueOf(row.getString("state")),
                status(row, id),
                time(row, "submitted_at"),
                time(row, "completed_at"),
                new StatementDeadlines(
                        time(row, "keep_alive_by"), time(row, "result_expires_at"), time(row, "purged_at")),
                loss == null ? null : LossReason.valueOf(loss),
                claim(row),
                delivery(row),
                row.getLong("version"));
    }

    private StatementId id(ResultSet row, String key) throws SQLException {
        String sealed = row.getString("sealed_id");
        String sealedKey = row.getString("sealed_key");
        // who has another key sees what anybody may see
        if (sealed != null && (sealedKey == null || sealedKey.equals(cipher.keyId()))) {
            return StatementId.of(cipher.decrypt(sealed, key));
        }
        String plain = row.getString("statement_id");
        return plain == null ? null : StatementId.of(plain);
    }

    private static StatementStatus status(ResultSet row, StatementId id) throws SQLException {
        String state = row.getString("server_state");
        if (state == null) {
            return null;
        }
        String code = row.getString("error_code");
        String sqlState = row.getString("sql_state");
        String message = row.getString("error_message");
        boolean failed = code != null || sqlState != null || message != null;
        return new StatementStatus(
                id,
                StatementState.of(state),
                failed ? new StatementFailure(code, sqlState, message) : null,
                time(row, "observed_at"),
                time(row, "ended_at"));
    }

    private static HandleClaim claim(ResultSet row) throws SQLException {
        String node = row.getString("claim_node");
        return node == null ? null : new HandleClaim(node, row.getLong("owner_epoch"), time(row, "claim_until"));
    }

    private static HandleDelivery delivery(ResultSet row) throws SQLException {
        int count = row.getInt("delivery_count");
        return new HandleDelivery(
                count, count == 0 ? null : time(row, "due_at"), time(row, "settled_at"), row.getString("dead_reason"));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
