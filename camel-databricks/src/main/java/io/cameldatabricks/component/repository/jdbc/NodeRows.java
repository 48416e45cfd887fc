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
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import io.cameldatabricks.component.repository.NodeLease;

import static io.cameldatabricks.component.repository.jdbc.Statements.change;
import static io.cameldatabricks.component.repository.jdbc.Statements.query;

/** The epochs of the nodes. Thread-safe. */
final class NodeRows {

    private final HandleDatabase database;

    NodeRows(HandleDatabase database) {
        this.database = database;
    }

    /** For a database that only one process can have: whoever had it before is dead. */
    void endAll() {
        database.atOnce(
                "Earlier nodes could not be ended", connection -> change(connection, HandleSql.END_ALL, none -> {}));
    }

    NodeLease join(String node, Duration lease) {
        return database.inTransaction("The node could not join", connection -> {
            change(connection, HandleSql.FORGET_EPOCHS, none -> {});
            change(connection, HandleSql.END_OTHERS_OF_NODE, p -> p.text(node));
            try (PreparedStatement statement = connection.prepareStatement(HandleSql.JOIN, new String[] {"epoch"})) {
                new Binding(statement).text(node).number(lease.toMillis());
                statement.executeUpdate();
                try (ResultSet keys = statement.getGeneratedKeys()) {
                    keys.next();
                    return new NodeLease(node, keys.getLong(1), lease);
                }
            }
        });
    }

    boolean renew(NodeLease lease) {
        return database.atOnce(
                "The lease could not be renewed",
                connection -> change(connection, HandleSql.RENEW, p -> p.number(
                                        lease.length().toMillis())
                                .number(lease.epoch()))
                        == 1);
    }

    void leave(NodeLease lease) {
        database.atOnce(
                "The node could not leave",
                connection -> change(connection, HandleSql.LEAVE, p -> p.number(lease.epoch())));
    }

    /** When the lease of a living epoch runs out; empty if the epoch has ended. */
    static Optional<Instant> leaseUntil(Connection connection, NodeLease lease) throws SQLException {
        return query(connection, HandleSql.LEASE_UNTIL, p -> p.number(lease.epoch()), result -> result.getObject(
                                1, OffsetDateTime.class)
                        .toInstant())
                .stream()
                .findFirst();
    }
}
