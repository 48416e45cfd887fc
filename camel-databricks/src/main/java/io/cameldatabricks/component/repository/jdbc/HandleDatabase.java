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
import java.sql.Statement;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.repository.HandleRepositoryException;

/** The database behind the repository: its transactions, its schema, and whether it keeps what it acknowledges. */
final class HandleDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(HandleDatabase.class);

    /** What runs within one transaction. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private static final String H2 = "H2";
    private static final String POSTGRESQL = "PostgreSQL";

    /**
     * A node that stands still within a transaction keeps its locks, and with them others from taking its rows over. So
     * the database ends such a transaction, well before the shortest lease is over.
     */
    private static final String END_WHEN_CLIENT_STANDS_STILL = "set local idle_in_transaction_session_timeout = 2000";

    private final DataSource dataSource;
    private boolean h2;
    private boolean postgreSql;
    private boolean otherIsolation = true;

    /** Of a connection that nobody has changed; NONE while that is not known. */
    private int isolation = Connection.TRANSACTION_NONE;

    HandleDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Checks that the database is one that keeps what it acknowledges, and makes or checks the tables.
     *
     * @throws IllegalArgumentException in one sentence, if it is not
     */
    void prepare(boolean createSchema) {
        // asked once: it would be a round trip for every transaction
        isolation = defaultIsolation();
        otherIsolation = isolation != Connection.TRANSACTION_READ_COMMITTED;
        atOnce("The database of the handles cannot be used", connection -> {
            String product = connection.getMetaData().getDatabaseProductName();
            requireDurable(connection, product);
            h2 = H2.equals(product);
            postgreSql = POSTGRESQL.equals(product);
            return null;
        });
        new HandleSchema(this).prepare(createSchema);
    }

    boolean isH2() {
        return h2;
    }

    /** Runs one statement, which the database commits by itself: no lock outlives it, whatever becomes of this node. */
    <T> T atOnce(String failure, Work<T> work) {
        try {
            return atOnce(work);
        } catch (SQLException e) {
            throw failed(failure, e);
        }
    }

    <T> T atOnce(Work<T> work) throws SQLException {
        return connected(true, work);
    }

    <T> T inTransaction(String failure, Work<T> work) {
        return inTransaction(failure, work, result -> {});
    }

    /** @param unanswered is told of what was worked out when the commit is not answered: it may have happened */
    <T> T inTransaction(String failure, Work<T> work, Consumer<T> unanswered) {
        try {
            return inTransaction(work, unanswered);
        } catch (SQLException e) {
            throw failed(failure, e);
        }
    }

    <T> T inTransaction(Work<T> work) throws SQLException {
        return inTransaction(work, result -> {});
    }

    private <T> T inTransaction(Work<T> work, Consumer<T> unanswered) throws SQLException {
        return connected(false, connection -> {
            try {
                if (postgreSql) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(END_WHEN_CLIENT_STANDS_STILL);
                    }
                }
                T result = work.run(connection);
                commit(connection, () -> unanswered.accept(result));
                return result;
            } catch (Throwable e) { // an error too: to restore auto-commit would commit what is half done
                rollback(connection, e);
                throw e;
            }
        });
    }

    private static void commit(Connection connection, Runnable unanswered) throws SQLException {
        boolean answered = false;
        try {
            connection.commit();
            answered = true;
        } finally {
            if (!answered) {
                unanswered.run();
            }
        }
    }

    /** What the database has answered counts, whatever comes of the connection afterwards. */
    private <T> T connected(boolean autoCommit, Work<T> work) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(autoCommit);
            if (otherIsolation) {
                // higher levels would answer a lost race with an exception
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            try {
                return work.run(connection);
            } finally {
                restore(connection, before);
            }
        } finally {
            quietly(connection::close);
        }
    }

    /** Others who share the pool get the connection as it was, also where the pool does not see to that. */
    private void restore(Connection connection, boolean autoCommit) {
        quietly(() -> connection.setAutoCommit(autoCommit));
        if (otherIsolation && isolation != Connection.TRANSACTION_NONE) {
            quietly(() -> connection.setTransactionIsolation(isolation));
        }
    }

    /** Does something to a connection. */
    private interface Step {
        void run() throws SQLException;
    }

    /** A pool may have thrown the connection away because of a failure that says more than this. */
    private static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            LOG.debug("A connection could not be given back as it was", e);
        }
    }

    /** Leaves the cause out where a database puts values of the row into its message. */
    static HandleRepositoryException failed(String failure, SQLException e) {
        String state = e.getSQLState();
        boolean showsValues = state != null && (state.startsWith("22") || state.startsWith("23"));
        return new HandleRepositoryException(failure + " (SQLSTATE " + state + ")", showsValues ? null : e);
    }

    private static void rollback(Connection connection, Throwable cause) {
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
}
