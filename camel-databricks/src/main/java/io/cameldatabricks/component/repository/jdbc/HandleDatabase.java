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

import javax.sql.DataSource;

import io.cameldatabricks.component.repository.HandleRepositoryException;

/** The database behind the repository: its transactions, its schema, and whether it keeps what it acknowledges. */
final class HandleDatabase {

    /** What runs within one transaction. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private static final String H2 = "H2";
    private static final String POSTGRESQL = "PostgreSQL";

    private final DataSource dataSource;
    private boolean h2;
    private boolean otherIsolation = true;

    HandleDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Checks that the database is one that keeps what it acknowledges, and makes or checks the tables.
     *
     * @throws IllegalArgumentException in one sentence, if it is not
     */
    void prepare(boolean createSchema) {
        inTransaction("The database of the handles cannot be used", connection -> {
            String product = connection.getMetaData().getDatabaseProductName();
            requireDurable(connection, product);
            h2 = H2.equals(product);
            return null;
        });
        // asked once: it would be a round trip for every transaction
        otherIsolation = defaultIsolation() != Connection.TRANSACTION_READ_COMMITTED;
        if (createSchema && !schemaExists()) {
            create();
        }
        int version = inTransaction("The tables of the handles cannot be read", HandleDatabase::schemaVersion);
        if (version != HandleSql.SCHEMA_VERSION) {
            throw new IllegalArgumentException("The tables of the handles have version " + version
                    + "; this program works with version " + HandleSql.SCHEMA_VERSION);
        }
    }

    boolean isH2() {
        return h2;
    }

    <T> T inTransaction(String failure, Work<T> work) {
        try {
            return inTransaction(work);
        } catch (SQLException e) {
            throw failed(failure, e);
        }
    }

    <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            if (otherIsolation) {
                // higher levels would answer a lost race with an exception
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    /** Leaves the cause out where a database puts values of the row into its message. */
    static HandleRepositoryException failed(String failure, SQLException e) {
        String state = e.getSQLState();
        boolean showsValues = state != null && (state.startsWith("22") || state.startsWith("23"));
        return new HandleRepositoryException(failure + " (SQLSTATE " + state + ")", showsValues ? null : e);
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private int defaultIsolation() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getTransactionIsolation();
        } catch (SQLException e) {
            throw failed("The database of the handles cannot be used", e);
        }
    }

    private static void requireDurable(Connection connection, String product) throws SQLException {
        switch (product) {
            case H2 -> {
                if (!answers(connection, HandleSql.H2_DURABILITY, "0")) {
                    throw new IllegalArgumentException("The H2 database of the handles must be a file and its URL must"
                            + " say WRITE_DELAY=0: without it a crash loses handles that were acknowledged");
                }
            }
            case POSTGRESQL -> {
                if (answers(connection, HandleSql.POSTGRESQL_DURABILITY, "off")) {
                    throw new IllegalArgumentException("The PostgreSQL user of the handles must not have"
                            + " synchronous_commit=off: a crash would lose handles that were acknowledged");
                }
            }
            default ->
                throw new IllegalArgumentException(
                        "Handles are kept in PostgreSQL or H2; the given DataSource is for " + product);
        }
    }

    private static boolean answers(Connection connection, String sql, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && setting.equals(row.getString(1)) && row.getInt(2) > 0;
        }
    }

    private boolean schemaExists() {
        try {
            return inTransaction(HandleDatabase::schemaVersion) > 0;
        } catch (SQLException e) {
            // no such table; if it is something else, creating fails too and tells
            return false;
        }
    }

    private void create() {
        try {
            inTransaction(connection -> {
                try (Statement statement = connection.createStatement()) {
                    for (String sql : HandleSql.SCHEMA) {
                        statement.execute(sql);
                    }
                }
                return null;
            });
        } catch (SQLException e) {
            // two nodes that start together: the slower one fails and finds the tables of the faster
            if (!schemaExists()) {
                throw failed("The tables of the handles cannot be created", e);
            }
        }
    }

    private static int schemaVersion(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HandleSql.READ_SCHEMA_VERSION);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }
}
