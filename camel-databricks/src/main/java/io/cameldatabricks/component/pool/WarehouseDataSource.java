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
package io.cameldatabricks.component.pool;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;

import javax.sql.DataSource;

import com.databricks.client.jdbc.Driver;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.DriverConnection;
import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.FailureTranslator;

/**
 * Opens physical connections with the Databricks driver for the pool, and remembers why the last attempt failed: the
 * pool itself only says that time ran out. Prints no secret.
 */
final class WarehouseDataSource implements DataSource {

    /**
     * One failed attempt.
     *
     * @param number counts the failures
     * @param reason why
     */
    record Failure(long number, DatabricksException reason) {}

    private static final Failure NONE = new Failure(0, null);

    /** For a connection that is just being opened; a stop is not to hang longer on a warehouse that does not answer. */
    private static final int POOL_CLOSE_SECONDS = 2;

    private final ConnectionSettings settings;
    private final TokenFeed tokens;
    private final SessionAges sessions;
    private final String userAgent;
    private final Driver driver = new Driver();
    private final AtomicReference<Failure> lastFailure = new AtomicReference<>(NONE);

    WarehouseDataSource(ConnectionSettings settings, TokenFeed tokens, SessionAges sessions, String userAgent) {
        this.settings = settings;
        this.tokens = tokens;
        this.sessions = sessions;
        this.userAgent = userAgent;
    }

    /** The last failure; its number grows with each, and is 0 before the first. */
    Failure lastFailure() {
        return lastFailure.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            ReachableHost.check(settings);
            AccessToken token = tokens.token();
            try {
                return open(token);
            } catch (SQLException | RuntimeException e) {
                if (isRefused(e) && token != null && tokens.refused(token)) {
                    // it may have been withdrawn before its end
                    return open(tokens.token());
                }
                throw e;
            }
        } catch (SQLException | RuntimeException | java.io.IOException e) {
            DatabricksException reason = FailureTranslator.translate(e, CallPhase.CONNECT, null, null);
            lastFailure.updateAndGet(last -> new Failure(last.number() + 1, reason));
            throw new SQLException(reason.getMessage(), "08001", reason);
        }
    }

    private Connection open(AccessToken token) throws SQLException {
        long number = sessions.next();
        Properties properties = DriverConnection.properties(settings, token, userAgent);
        Connection connection = driver.connect(DriverConnection.url(settings), properties);
        sessions.opened(connection, number);
        tokens.opened(connection, token);
        return SessionGuard.around(connection);
    }

    private static boolean isRefused(Exception e) {
        Integer status =
                FailureTranslator.translate(e, CallPhase.CONNECT, null, null).getHttpStatus();
        return status != null && status == 401;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The settings say who connects");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // the driver logs by itself
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the driver has none
    }

    @Override
    public int getLoginTimeout() {
        // The pool waits so many seconds for its threads when it closes, and with 0 it warns that it did not wait.
        return POOL_CLOSE_SECONDS;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("Not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public String toString() {
        return settings.address() + settings.httpPath().value();
    }
}
