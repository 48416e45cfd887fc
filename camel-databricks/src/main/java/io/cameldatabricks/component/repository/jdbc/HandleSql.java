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

/**
 * All SQL of the repository, with one exception the same text for H2 and PostgreSQL. "Now" is always the clock of the database, at the start
 * of the transaction: late by the length of the transaction at most, so a lease never seems to have run out too early.
 */
final class HandleSql {

    /** Rows of it exist in a database that has a file. */
    static final String H2_DURABILITY = """
            select max(case when setting_name = 'WRITE_DELAY' then setting_value end),
                count(case when setting_name = 'info.FILE_WRITE' then 1 end)
            from information_schema.settings""";

    static final String POSTGRESQL_DURABILITY = "select current_setting('synchronous_commit'), 1";

    private static final String MILLIS = "cast(? as bigint) * interval '0.001' second";
    private static final String AFTER = "current_timestamp + " + MILLIS;
    private static final String ALIVE = " (select 1 from databricks_node where epoch = ? and ended_at is null)";

    static final String END_OTHERS_OF_NODE =
            "update databricks_node set ended_at = current_timestamp where node = ? and ended_at is null";
    static final String END_ALL = "update databricks_node set ended_at = current_timestamp where ended_at is null";
    static final String JOIN =
            "insert into databricks_node (node, joined_at, lease_until) values (?, current_timestamp, " + AFTER + ")";
    static final String RENEW =
            "update databricks_node set lease_until = " + AFTER + " where epoch = ? and ended_at is null";
    static final String LEAVE =
            "update databricks_node set ended_at = current_timestamp where epoch = ? and ended_at is null";
    static final String END_EXPIRED_OTHERS =
            "update databricks_node set ended_at = current_timestamp where ended_at is null and lease_until < current_timestamp"
                    + " and epoch <> ?";
    static final String LEASE_UNTIL = "select lease_until from databricks_node where epoch = ? and ended_at is null";

    private static final String HAS_ROWS =
            " ended_at is not null and exists (select 1 from databricks_handle where owner_epoch = epoch)";

    static final String ENDED_EPOCHS = "select epoch from databricks_node where" + HAS_ROWS;

    /** Asked every second by every node, so it writes nothing and locks nothing. */
    static final String ANYTHING_TO_TAKE_OVER = "select 1 from databricks_node where epoch <> ?"
            + " and (ended_at is null and lease_until < current_timestamp or" + HAS_ROWS + ") limit 1";

    /** Epochs are remembered for longer than any transaction of a paused node can last. */
    static final String FORGET_EPOCHS = """
            delete from databricks_node where ended_at < current_timestamp - interval '7' day
                and not exists (select 1 from databricks_handle where owner_epoch = epoch)""";

    static final String ADD = """
            insert into databricks_handle (handle_key, endpoint, state, version, owner_epoch, transport, workspace,
                warehouse, sql_hash, headers, correlation_id, intended_at, row_limit, returns_rows, added_at,
                delivery_count)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, current_timestamp, 0 where exists""" + ALIVE;

    static final String UPDATE_ROW = """
            update databricks_handle set state = ?, version = ?, owner_epoch = ?, due_at = %1$s, settled_at = %1$s,
                statement_id = ?, sealed_id = ?, sealed_key = ?, server_state = ?, error_code = ?, sql_state = ?,
                error_message = ?, observed_at = ?, ended_at = ?, submitted_at = ?, completed_at = ?, keep_alive_by = ?,
                result_expires_at = ?, purged_at = ?, loss = ?, claim_node = ?, claim_until = ?, delivery_count = ?,
                dead_reason = ?
            where handle_key = ? and version = ?""".formatted(AFTER);

    private static final String IF_OWNED = " and owner_epoch = ? and exists" + ALIVE;

    static final String UPDATE_OWN_ROW = UPDATE_ROW + IF_OWNED;
    static final String REMOVE = "delete from databricks_handle where handle_key = ? and version = ?" + IF_OWNED;

    static final String FIND = "select * from databricks_handle where handle_key = ?";
    static final String LIST =
            "select * from databricks_handle where endpoint = ? and state = ? order by handle_key limit ?";
    static final String COUNTS = "select state, count(*) from databricks_handle where endpoint = ? group by state";

    /** Ids that were encrypted with another key are left to those who have it. */
    private static final String READABLE =
            "(sealed_id is null or cast(? as boolean) and (sealed_key is null or sealed_key = ?))";

    static final String CLAIMABLE = """
            select * from databricks_handle where endpoint = ? and due_at <= current_timestamp and %s
                order by endpoint, due_at, handle_key limit ? for update skip locked""".formatted(READABLE);

    /** H2 would sort and lock all that is due before it counts to the limit. */
    static final String CLAIMABLE_H2 = """
            select * from databricks_handle where handle_key in (
                    select handle_key from databricks_handle where endpoint = ? and due_at <= current_timestamp and %s
                    order by endpoint, due_at, handle_key limit ?)
                and due_at <= current_timestamp
                order by endpoint, due_at, handle_key for update skip locked""".formatted(READABLE);

    /** By key alone, so that it waits for whoever is changing them. */
    static final String LOCK = "select *, current_timestamp as read_at from databricks_handle where handle_key = any(?)"
            + " order by handle_key for update";

    private static final String ORPHANED = "owner_epoch = ? and endpoint = any(?) and " + READABLE;

    /** Rows of a dead node change their owner, and are read, in one go; in the order of an index, whatever their number. */
    static final String INHERIT = """
            with orphan as (select handle_key from databricks_handle where %s
                order by owner_epoch, handle_key limit ? for update skip locked)
            update databricks_handle as handle set owner_epoch = ? from orphan
                where handle.handle_key = orphan.handle_key returning handle.*, current_timestamp as read_at""".formatted(ORPHANED);

    /** A lock before the change would double what H2 writes; it looks again at rows that it had to wait for. */
    static final String INHERIT_H2 = """
            select *, current_timestamp as read_at from final table (
                update databricks_handle set owner_epoch = ? where %s fetch first ? rows only)""".formatted(ORPHANED);

    /** What nobody can deliver who has another key than the one that is given twice. */
    static final String FOREIGN_KEYS = """
            select count(*), min(sealed_key) from databricks_handle
                where sealed_key <> ? and settled_at is null and (owner_epoch = ? or cast(? as boolean))""";

    static final String REMOVE_SETTLED = """
            delete from databricks_handle where handle_key in (
                select handle_key from databricks_handle
                where settled_at <= current_timestamp - %s and state = ? order by settled_at limit ?)""".formatted(MILLIS);

    private HandleSql() {}
}
