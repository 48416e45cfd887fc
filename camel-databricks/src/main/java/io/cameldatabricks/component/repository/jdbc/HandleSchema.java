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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of the repository and their version. Tables of an earlier version are brought to this one by adding columns
 * that may be null, so that nodes of the earlier program that still run go on.
 */
final class HandleSchema {

    /** The version that {@link #ALL} makes. */
    static final int VERSION = 2;

    /** For a database without them. */
    static final List<String> ALL = List.of(
            """
            create table if not exists databricks_schema (
                version integer not null primary key,
                created_at timestamp with time zone not null
            )""",
            """
            create table if not exists databricks_node (
                epoch bigint generated always as identity primary key,
                node varchar(120) not null,
                joined_at timestamp with time zone not null,
                lease_until timestamp with time zone not null,
                ended_at timestamp with time zone
            )""",
            """
            create table if not exists databricks_handle (
                handle_key varchar(128) not null primary key,
                endpoint varchar(500) not null,
                state varchar(16) not null,
                version bigint not null,
                owner_epoch bigint,
                due_at timestamp with time zone,
                settled_at timestamp with time zone,
                transport varchar(16) not null,
                workspace varchar(260) not null,
                warehouse varchar(64) not null,
                sql_hash varchar(128) not null,
                headers varchar(70000) not null,
                correlation_id varchar(4000),
                intended_at timestamp with time zone not null,
                row_limit bigint not null,
                returns_rows boolean,
                added_at timestamp with time zone,
                statement_id varchar(128),
                sealed_id varchar(512),
                sealed_key varchar(32),
                server_state varchar(16),
                error_code varchar(200),
                sql_state varchar(20),
                error_message varchar(8000),
                observed_at timestamp with time zone,
                ended_at timestamp with time zone,
                submitted_at timestamp with time zone,
                completed_at timestamp with time zone,
                keep_alive_by timestamp with time zone,
                result_expires_at timestamp with time zone,
                purged_at timestamp with time zone,
                loss varchar(20),
                claim_node varchar(120),
                claim_until timestamp with time zone,
                delivery_count integer not null,
                dead_reason varchar(4000)
            )""",
            "create index if not exists databricks_handle_due on databricks_handle (endpoint, due_at, handle_key)",
            "create index if not exists databricks_handle_owner on databricks_handle (owner_epoch, handle_key)",
            "create index if not exists databricks_handle_settled on databricks_handle (settled_at)",
            """
            create unique index if not exists databricks_handle_statement
                on databricks_handle (workspace, statement_id)""",
            """
            insert into databricks_schema (version, created_at)
                select 2, current_timestamp where not exists (select 1 from databricks_schema)""");

    /** For tables of version 1. */
    static final List<String> FROM_VERSION_1 = List.of(
            "alter table databricks_handle add column if not exists returns_rows boolean",
            "alter table databricks_handle add column if not exists added_at timestamp with time zone",
            "alter table databricks_handle add column if not exists sealed_key varchar(32)",
            """
            insert into databricks_schema (version, created_at)
                select 2, current_timestamp where not exists (select 1 from databricks_schema where version = 2)""");

    private static final String READ_VERSION = "select max(version) from databricks_schema";

    private final HandleDatabase database;

    HandleSchema(HandleDatabase database) {
        this.database = database;
    }

    /**
     * Makes the tables, or brings them to this version, or checks only that they have it.
     *
     * @param change whether they may be made and changed
     * @throws IllegalArgumentException in one sentence, if they have another version in the end
     */
    void prepare(boolean change) {
        if (change) {
            int found = version();
            if (found == 0) {
                run(ALL, "The tables of the handles cannot be created");
            } else if (found == 1) {
                run(FROM_VERSION_1, "The tables of the handles cannot be brought from version 1 to " + VERSION);
            }
        }
        int found = database.atOnce("The tables of the handles cannot be read", HandleSchema::version);
        if (found < VERSION) {
            throw new IllegalArgumentException("The tables of the handles have version " + found
                    + "; this program works with version " + VERSION + ": run handle-repository-" + found + "-to-"
                    + VERSION + ".sql of the documentation");
        }
        if (found > VERSION) {
            throw new IllegalArgumentException(
                    "The tables of the handles have version " + found + "; this program works with version " + VERSION);
        }
    }

    /** 0 if there is none. */
    private int version() {
        try {
            return database.atOnce(HandleSchema::version);
        } catch (SQLException e) {
            // no such table; if it is something else, making the tables fails too and tells
            return 0;
        }
    }

    private void run(List<String> statements, String failure) {
        try {
            database.inTransaction(connection -> {
                try (Statement statement = connection.createStatement()) {
                    for (String sql : statements) {
                        statement.execute(sql);
                    }
                }
                return null;
            });
        } catch (SQLException e) {
            // two nodes that start together: the slower one fails and finds the tables of the faster
            if (version() != VERSION) {
                throw HandleDatabase.failed(failure, e);
            }
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ_VERSION);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }
}
