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
package io.cameldatabricks.component.client.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;

import com.databricks.internal.sdk.core.ApiClient;
import com.databricks.internal.sdk.core.DatabricksConfig;
import com.databricks.jdbc.api.ExecutionState;
import com.databricks.jdbc.api.IDatabricksResultSet;
import com.databricks.jdbc.api.impl.DatabricksConnection;
import com.databricks.jdbc.api.impl.DatabricksStatement;
import com.databricks.jdbc.api.impl.ImmutableSessionInfo;
import com.databricks.jdbc.api.internal.IDatabricksConnectionContext;
import com.databricks.jdbc.api.internal.IDatabricksConnectionInternal;
import com.databricks.jdbc.api.internal.IDatabricksSession;
import com.databricks.jdbc.common.DatabricksClientType;
import com.databricks.jdbc.dbclient.impl.http.ClosedConnectionHttpClient;
import com.databricks.jdbc.dbclient.impl.http.DatabricksHttpClientFactory;
import com.databricks.jdbc.dbclient.impl.thrift.DatabricksHttpTTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.Transport;

/**
 * A borrowed connection of the Databricks driver, seen from inside: the driver's public interface can neither bind
 * parameters of an async statement nor leave one alone. Every use of the driver's inner classes is in this package. For one
 * thread.
 */
final class DriverSession {

    private static final Logger LOG = LoggerFactory.getLogger(DriverSession.class);

    /**
     * A session of the server.
     *
     * @param info of the driver; over Thrift it holds a secret
     */
    record SessionEnding(ImmutableSessionInfo info) {
        @Override
        public String toString() {
            return "SessionEnding";
        }
    }

    private final IDatabricksConnectionInternal connection;
    private final IDatabricksSession session;
    private final InstantSource clock;

    private DriverSession(IDatabricksConnectionInternal connection, InstantSource clock) {
        this.connection = connection;
        this.session = connection.getSession();
        this.clock = clock;
    }

    /** @throws PermanentDatabricksException when the connection is not one of the Databricks driver */
    static DriverSession of(Connection borrowed, InstantSource clock) throws SQLException {
        if (!borrowed.isWrapperFor(IDatabricksConnectionInternal.class)) {
            throw new PermanentDatabricksException(
                    "Async statements over JDBC need connections of the Databricks JDBC driver, but the data source lends "
                            + borrowed.getClass().getName(),
                    ErrorDetails.none(),
                    null);
        }
        return new DriverSession(borrowed.unwrap(IDatabricksConnectionInternal.class), clock);
    }

    /** @throws TransientDatabricksException when the connection is closed */
    DriverSession requireOpen() throws SQLException {
        if (connection.isClosed()) {
            throw new TransientDatabricksException("The connection is closed", ErrorDetails.none(), null);
        }
        return this;
    }

    /** Whether the driver's connection was closed, even if its session was not: such a one can send nothing any more. */
    boolean isSilent() {
        return DatabricksHttpClientFactory.getInstance().getClient(context()) instanceof ClosedConnectionHttpClient;
    }

    /** Which protocol the connection speaks, so how its statements are reached. */
    Transport transport() {
        return context().getClientType() == DatabricksClientType.THRIFT ? Transport.JDBC_THRIFT : Transport.JDBC_SEA;
    }

    IDatabricksConnectionContext context() {
        return connection.getConnectionContext();
    }

    /** What is asked about a statement by its id, over this connection. */
    Protocol protocol() throws SQLException {
        DatabricksConfig config = session.getDatabricksClient().getDatabricksConfig();
        if (transport() == Transport.JDBC_SEA) {
            return new SeaProtocol(new ApiClient(config), context().getCustomHeaders(), clock);
        }
        DatabricksHttpTTransport http = new DatabricksHttpTTransport(
                DatabricksHttpClientFactory.getInstance().getClient(context()),
                context().getEndpointURL(),
                config,
                context());
        return new ThriftProtocol(http, clock);
    }

    /** What tells this session from others as long as its connection is open. */
    Object key() {
        return session;
    }

    /** What is needed to end the session when its own connection is gone. */
    SessionEnding ending() {
        return new SessionEnding(session.getSessionInfo());
    }

    /** Ends another session. */
    void end(SessionEnding other) throws SQLException {
        session.getDatabricksClient().deleteSession(other.info());
    }

    /**
     * Refuses what would run otherwise than it was asked for.
     *
     * @throws PermanentDatabricksException that names the option
     */
    void requireSameNamespace(StatementRequest request) {
        requireSame("catalog", request.catalog(), session.getCatalog());
        requireSame("schema", request.schema(), session.getSchema());
        if (session.getSessionInfo() != null && session.getSessionInfo().realtimeSession()) {
            throw refused("This warehouse runs statements within their session only, so that no other connection could"
                    + " find them again; use asyncTransport=REST");
        }
    }

    private static void requireSame(String option, String wanted, String current) {
        if (wanted != null && !wanted.equalsIgnoreCase(current)) {
            throw refused("The statement asks for " + option + " " + wanted + ", but its connection was opened with "
                    + (current == null ? "none" : current)
                    + " and the driver cannot change that for one statement; set "
                    + option + " at the endpoint or the data source, or use asyncTransport=REST");
        }
    }

    private static PermanentDatabricksException refused(String text) {
        return new PermanentDatabricksException(text, ErrorDetails.none(), null);
    }

    /**
     * Starts a statement that no close of a connection can end: the driver closes the statements that a connection has made,
     * and this one was not made by it. The result set is never closed either, as this would stop the statement.
     *
     * @param rowLimit 0 for all
     */
    StatementStatus submit(DriverSql sql, int rowLimit) throws SQLException {
        DatabricksStatement statement = new DatabricksStatement((DatabricksConnection) connection.getConnection());
        statement.setMaxRows(rowLimit);
        StatementId id;
        ExecutionState state;
        try {
            IDatabricksResultSet answer = session.getDatabricksClient()
                    .executeStatementAsync(
                            sql.text(), session.getComputeResource(), sql.parameters(), session, statement);
            id = StatementId.of(answer.getStatementId());
            state = answer.getExecutionStatus().getExecutionState();
        } catch (SQLException | RuntimeException e) {
            if (statement.getStatementId() == null) {
                throw e;
            }
            // the server has the statement, so its id must not get lost; the next status says the same aloud
            id = StatementId.of(statement.getStatementId().toString());
            state = ExecutionState.PENDING;
            LOG.warn("Statement {} was submitted, but its first state is not known", id);
            LOG.debug("Statement {} was submitted, but the driver failed", id, e);
        }
        return switch (Objects.requireNonNullElse(state, ExecutionState.PENDING)) {
            case PENDING -> StatementStatus.of(id, StatementState.PENDING, clock.instant());
            case RUNNING -> StatementStatus.of(id, StatementState.RUNNING, clock.instant());
            case SUCCEEDED, FAILED, CLOSED, ABORTED -> ended(id);
        };
    }

    /** The first answer does not have the error code. */
    private StatementStatus ended(StatementId id) {
        try {
            return protocol().status(id).orElseThrow();
        } catch (SQLException | IOException | RuntimeException e) {
            LOG.debug("The end of statement {} could not be read yet", id, e);
            return StatementStatus.of(id, StatementState.PENDING, clock.instant());
        }
    }
}
