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

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.cameldatabricks.component.repository.jdbc.JdbcStatementHandleRepository;

/**
 * Lets PostgreSQL itself write down who changes whose row. A node is known by the application name of its connections,
 * which is the name that it joined with.
 */
final class WriteLog {

    private static final List<String> SCHEMA = List.of("""
            create table crash_write (
                at timestamptz not null default clock_timestamp(),
                kind text not null,
                handle_key text not null,
                writer text not null,
                owner text
            )""", """
            create function crash_watch() returns trigger language plpgsql as $$
            declare
                writer text := current_setting('application_name');
                owner_node text;
                owner_ended boolean;
            begin
                if old.owner_epoch is not null then
                    select node, ended_at is not null into owner_node, owner_ended
                        from databricks_node where epoch = old.owner_epoch;
                    if owner_node is distinct from writer then
                        insert into crash_write (kind, handle_key, writer, owner)
                            values (case when owner_ended then 'TAKEOVER' else 'STALE' end, old.handle_key, writer,
                                owner_node);
                    end if;
                end if;
                return new;
            end $$""", """
            create trigger crash_watch before update on databricks_handle
                for each row execute function crash_watch()""");

    private final PostgreSqlServer server;

    /** A row that came to another node. */
    record Takeover(long millis, String dead) {}

    /** @param server without tables yet */
    WriteLog(PostgreSqlServer server) throws SQLException {
        this.server = server;
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            new JdbcStatementHandleRepository(server.dataSource());
            for (String sql : SCHEMA) {
                statement.execute(sql);
            }
        }
    }

    /** Changes of rows that belonged to a living other node, in words. */
    List<String> staleWrites() throws SQLException {
        List<String> writes = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select writer, handle_key, owner from crash_write where kind = 'STALE' order by at")) {
            while (rows.next()) {
                writes.add(rows.getString(1) + " wrote handle " + rows.getString(2) + " of " + rows.getString(3));
            }
        }
        return writes;
    }

    /** How many handles a node has claimed and not settled. */
    int claimed(String node) {
        return count("select count(*) from databricks_handle where state = 'CLAIMED' and claim_node = ?", node);
    }

    /** How many rows of a node have come to others. */
    int takenFrom(String node) {
        return count("select count(*) from crash_write where kind = 'TAKEOVER' and owner = ?", node);
    }

    private int count(String sql, String node) {
        try (Connection connection = server.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, node);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Takeover> takeovers() throws SQLException {
        List<Takeover> takeovers = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select (extract(epoch from at) * 1000)::bigint, owner"
                        + " from crash_write where kind = 'TAKEOVER' order by at")) {
            while (rows.next()) {
                takeovers.add(new Takeover(rows.getLong(1), rows.getString(2)));
            }
        }
        return takeovers;
    }
}
