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
package io.cameldatabricks.component.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

import com.databricks.jdbc.api.IDatabricksResultSet;
import com.databricks.jdbc.api.impl.DatabricksResultSetMetaData;
import com.databricks.jdbc.api.internal.IDatabricksConnectionInternal;
import com.databricks.jdbc.api.internal.IDatabricksStatementInternal;
import com.databricks.jdbc.common.DatabricksClientType;
import com.databricks.jdbc.dbclient.impl.common.StatementId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.pool.WarehouseSession;

/**
 * What JDBC itself has no words for. Every question has an answer for other drivers too, since a data source of the user
 * may lend any connection.
 */
final class DriverAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(DriverAnswer.class);

    private static final Pattern QUERY = Pattern.compile(
            "\\A(?:\\s|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/|\\()*(?:SELECT|TABLE|VALUES|FROM)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private DriverAnswer() {}

    /** The id of the statement that ran last, or null; works after a failure too. */
    static String statementId(Statement statement) {
        try {
            if (statement.isWrapperFor(IDatabricksStatementInternal.class)) {
                StatementId id =
                        statement.unwrap(IDatabricksStatementInternal.class).getStatementId();
                return id == null ? null : withoutSecret(id.toString());
            }
        } catch (SQLException | RuntimeException e) {
            // only the id is lost
            return null;
        }
        return null;
    }

    /**
     * Whether the server has given the statement no id, and so has not accepted it; never so with another driver, of which
     * that is not known.
     */
    static boolean hasNoId(Statement statement) {
        try {
            return statement.isWrapperFor(IDatabricksStatementInternal.class)
                    && statement.unwrap(IDatabricksStatementInternal.class).getStatementId() == null;
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    /** Whether a statement of this kind can be left running on the server when it is closed here. */
    static boolean canDetach(Statement statement) {
        try {
            return statement.isWrapperFor(IDatabricksStatementInternal.class)
                    && statement
                                    .getConnection()
                                    .unwrap(IDatabricksConnectionInternal.class)
                                    .getConnectionContext()
                                    .getClientType()
                            == DatabricksClientType.SEA;
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    /**
     * A close leaves the statement as it is on the server after this. So does the close of its connection, except of one of
     * a user's data source: the session is left open, since the end of the statement will not be seen here.
     */
    static void detach(Statement statement) {
        try {
            statement.unwrap(IDatabricksStatementInternal.class).setStatementId(null);
            WarehouseSession.of(statement.getConnection()).ifPresent(session -> session.keepWhile(() -> true));
        } catch (SQLException e) {
            throw new IllegalStateException("Not a statement of the Databricks driver", e);
        }
    }

    /**
     * A close asks the server nothing after this. Only for a statement that has ended, and whose report is here: what is
     * left of it on the server is a row, which goes with time. In the Thrift protocol an operation stays as long as its
     * session, and so is closed all the same.
     */
    static void leaveToServer(Statement statement) {
        if (canDetach(statement)) {
            try {
                statement.unwrap(IDatabricksStatementInternal.class).setStatementId(null);
            } catch (SQLException | RuntimeException e) {
                LOG.debug("A statement that has ended is closed on the server too", e);
            }
        }
    }

    /** Ids of the Thrift protocol carry a secret after a bar. */
    private static String withoutSecret(String id) {
        int bar = id.indexOf('|');
        return bar < 0 ? id : id.substring(0, bar);
    }

    /** The driver's own connection behind a lent one, which has one session all its life; null with another driver. */
    static Connection physical(Connection lent) {
        try {
            return lent.isWrapperFor(IDatabricksConnectionInternal.class)
                    ? lent.unwrap(IDatabricksConnectionInternal.class)
                    : null;
        } catch (SQLException | RuntimeException e) {
            return null;
        }
    }

    /** Whether the rows are not rows but the server's report on what it wrote. */
    static boolean isUpdateReport(ResultSet rows, String sql) throws SQLException {
        return rows.isWrapperFor(IDatabricksResultSet.class)
                && rows.unwrap(IDatabricksResultSet.class).hasUpdateCount()
                && !QUERY.matcher(sql).lookingAt();
    }

    /** Rows written, of a result that {@linkplain #isUpdateReport is a report}. */
    static long updateCount(ResultSet report) throws SQLException {
        return report.unwrap(IDatabricksResultSet.class).getUpdateCount();
    }

    /** Whether a limit cut the rows. */
    static boolean isTruncated(ResultSetMetaData metaData) {
        return metaData instanceof DatabricksResultSetMetaData databricks && databricks.getIsTruncated();
    }

    /** How many rows the server has for the client, or -1 when it does not tell. */
    static long totalRows(ResultSetMetaData metaData) {
        return metaData instanceof DatabricksResultSetMetaData databricks && databricks.hasKnownTotalRows()
                ? databricks.getTotalRows()
                : -1;
    }

    /** Closes what belongs to the driver, whatever it throws: what was asked for is there by then. */
    static void closeQuietly(String what, AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("The {} could not be closed", what, e);
        }
    }
}
