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

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.CachingTokenSource;
import io.cameldatabricks.component.auth.TokenSource;
import io.cameldatabricks.component.auth.TokenTransport;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.DriverConnection;
import io.cameldatabricks.component.error.DatabricksException;

/**
 * Brings fresh tokens to open connections, so that none has to be opened anew because its token ends. A new token reaches
 * the idle connections and those that are lent alike, since a statement or the rows of a result may take longer than a
 * token lives: the driver sends the new one with its next request. While connections are open a token is renewed ahead of
 * its end; while none is, nobody is asked. Safe for many threads.
 */
final class TokenFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TokenFeed.class);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    /** An open connection and the token that it was given last. */
    private static final class Fed {
        private final Connection connection;
        private AccessToken token;

        Fed(Connection connection, AccessToken token) {
            this.connection = connection;
            this.token = token;
        }

        /** Asks for the token under the lock, so that an older one never replaces a newer one. */
        synchronized void give(TokenSource source) throws SQLException {
            AccessToken fresh = source.token();
            if (!fresh.isSame(token)) {
                DriverConnection.giveToken(connection, fresh);
                token = fresh;
            }
        }

        synchronized AccessToken token() {
            return token;
        }
    }

    private final CachingTokenSource source;
    private final AccessToken fixed;
    private final ScheduledExecutorService scheduler;
    private final InstantSource clock;
    private final Map<Connection, Fed> connections = new IdentityHashMap<>();
    private ScheduledFuture<?> next;
    private boolean closed;

    /** Asks nobody yet. */
    TokenFeed(ConnectionSettings settings, ScheduledExecutorService scheduler, InstantSource clock) {
        this.scheduler = scheduler;
        this.clock = clock;
        boolean changes = settings.login() != null && !settings.login().isStatic();
        TokenTransport transport = new TokenTransport(settings.extras().driverProperties());
        this.source = changes
                ? new CachingTokenSource(settings.login().open(transport, clock), clock, this::inBackground)
                : null;
        this.fixed = settings.login() == null || changes
                ? null
                : settings.login().open(transport, clock).token();
    }

    /**
     * The token to open a connection with; null when the driver logs in by itself.
     *
     * @throws DatabricksException when none could be had
     */
    AccessToken token() {
        return source == null ? fixed : source.token();
    }

    /** A connection was opened with this token. */
    void opened(Connection connection, AccessToken token) {
        if (source == null) {
            return;
        }
        synchronized (this) {
            forgetClosed();
            connections.put(connection, new Fed(connection, token));
        }
        schedule();
    }

    /**
     * Makes sure that a connection of the pool has a token that is good now.
     *
     * @throws DatabricksException when none could be had
     */
    void refresh(Connection pooled) throws SQLException {
        if (source != null) {
            Fed fed = fed(pooled);
            if (fed != null) {
                fed.give(source);
            }
            schedule();
        }
    }

    /**
     * The server refused this token.
     *
     * @return whether there may be another one
     */
    boolean refused(AccessToken token) {
        if (source == null) {
            return false;
        }
        source.refused(token);
        return true;
    }

    /**
     * The server refused the token of this connection of the pool.
     *
     * @return whether there may be another one
     */
    boolean refused(Connection pooled) {
        Fed fed = source == null ? null : fed(pooled);
        return fed != null && refused(fed.token());
    }

    private synchronized Fed fed(Connection pooled) {
        return PhysicalConnection.of(pooled).map(connections::get).orElse(null);
    }

    private void inBackground(Runnable renewal) {
        scheduler.execute(() -> {
            renewal.run();
            feedAll();
        });
    }

    private void feedAll() {
        try {
            source.token();
            List<Fed> all;
            synchronized (this) {
                forgetClosed();
                all = List.copyOf(connections.values());
            }
            all.forEach(this::feed);
        } catch (DatabricksException e) {
            LOG.warn("Open connections could not be given a new token: {}", e.getMessage());
        } finally {
            schedule();
        }
    }

    private void feed(Fed fed) {
        try {
            fed.give(source);
        } catch (SQLException | RuntimeException e) {
            // it is given again when the connection is lent next, where a failure has somebody to hear of it
            LOG.debug(
                    "A connection could not be given its new token: {}",
                    e.getClass().getName());
        }
    }

    private synchronized void schedule() {
        forgetClosed();
        if (closed || next != null || connections.isEmpty()) {
            return;
        }
        source.renewalDueAt().ifPresent(due -> {
            Duration wait = Duration.between(clock.instant(), due);
            long millis = (wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait).toMillis();
            try {
                next = scheduler.schedule(this::onTime, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("Tokens are no longer renewed: the scheduler is closed");
            }
        });
    }

    private void onTime() {
        synchronized (this) {
            next = null;
            forgetClosed();
            if (closed || connections.isEmpty()) {
                return;
            }
        }
        // starts a renewal in the background, which feeds all when it is done
        feedAll();
    }

    private void forgetClosed() {
        connections.keySet().removeIf(TokenFeed::isClosed);
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException | RuntimeException e) {
            return true;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        connections.clear();
        if (next != null) {
            next.cancel(false);
        }
    }
}
