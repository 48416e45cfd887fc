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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.TransientDatabricksException;

/**
 * HikariCP over the Databricks driver.
 *
 * <p>HikariCP waits the whole connection timeout even when the server has already said no. So the wait is cut into
 * slices of a quarter of a second, and between two of them an answer that time cannot change, such as a wrong token, ends it.
 * When the time is over and the warehouse is only about to start, the wait goes on: a cold start is no failure.
 */
public final class HikariConnectionPool implements ConnectionPool {

    private static final Logger LOG = LoggerFactory.getLogger(HikariConnectionPool.class);
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Duration SLICE = Duration.ofMillis(250);

    private final TokenFeed tokens;
    private final SessionAges sessions = new SessionAges();
    private final WarehouseDataSource warehouse;
    private final ComputeProbe compute;
    private final PoolSettings settings;
    private final HikariDataSource hikari;

    /**
     * Opens no connection yet.
     *
     * @param userAgent product and version
     * @param scheduler renews tokens ahead of their end; may be one thread, and is not closed here
     * @param clock what the ends of tokens are compared with
     */
    public HikariConnectionPool(
            ConnectionSettings connection,
            PoolSettings settings,
            String userAgent,
            ScheduledExecutorService scheduler,
            InstantSource clock) {
        this.tokens = new TokenFeed(connection, scheduler, clock);
        this.warehouse = new WarehouseDataSource(connection, tokens, sessions, userAgent);
        this.compute = new ComputeProbe(connection, tokens, userAgent, scheduler, clock);
        this.settings = settings;
        this.hikari = new HikariDataSource(config());
        LOG.debug("Opened {} for {} with {}", hikari.getPoolName(), warehouse, settings);
    }

    private HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("databricks-" + COUNTER.incrementAndGet());
        config.setDataSource(warehouse);
        config.setMaximumPoolSize(settings.maxPoolSize());
        config.setMinimumIdle(settings.minIdle());
        config.setConnectionTimeout(Math.min(settings.connectionTimeout().toMillis(), SLICE.toMillis()));
        config.setIdleTimeout(settings.idleTimeout().toMillis());
        config.setMaxLifetime(settings.maxLifetime().toMillis());
        // nothing that would wake a warehouse or keep it awake
        config.setInitializationFailTimeout(-1);
        config.setKeepaliveTime(0);
        config.setConnectionTestQuery(null);
        return config;
    }

    @Override
    public Connection borrow() {
        ConnectionWait wait = new ConnectionWait(settings, compute);
        long failuresBefore = warehouse.lastFailure().number();
        while (true) {
            try {
                Connection connection = hikari.getConnection();
                if (isSuspect(connection)) {
                    evict(connection);
                    giveBack(connection);
                } else {
                    return withFreshToken(connection);
                }
            } catch (DatabricksException e) {
                throw e;
            } catch (SQLException | RuntimeException e) {
                DatabricksException reason = reasonSince(failuresBefore);
                if (reason != null && !(reason instanceof TransientDatabricksException)) {
                    throw reason;
                }
                if (hikari.isClosed() || Thread.currentThread().isInterrupted()) {
                    throw new TransientDatabricksException(
                            "The pool was closed while waiting for a connection", ErrorDetails.none(), null);
                }
                if (wait.isOver()) {
                    throw timedOut(reason, wait);
                }
                if (!(e instanceof java.sql.SQLTransientConnectionException)) {
                    throw FailureTranslator.translate(e, CallPhase.CONNECT, null, null);
                }
            }
        }
    }

    private Connection withFreshToken(Connection connection) {
        try {
            tokens.refresh(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            evict(connection);
            giveBack(connection);
            throw FailureTranslator.translate(e, CallPhase.CONNECT, null, null);
        }
    }

    private boolean isSuspect(Connection connection) {
        return PhysicalConnection.of(connection).map(sessions::isSuspect).orElse(false);
    }

    /** HikariCP would keep the place of a connection for ever whose return ends with an unchecked exception. */
    @Override
    public void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection could not be given back and is thrown away", e);
            evict(connection);
        }
    }

    private DatabricksException reasonSince(long failuresBefore) {
        WarehouseDataSource.Failure failure = warehouse.lastFailure();
        return failure.number() > failuresBefore ? failure.reason() : null;
    }

    private TransientDatabricksException timedOut(DatabricksException reason, ConnectionWait wait) {
        PoolStats stats = stats();
        String why;
        if (reason != null) {
            why = reason.getMessage();
        } else if (stats.open() >= settings.maxPoolSize()) {
            why = "all " + stats.open() + " connections are in use (maxPoolSize)";
        } else if (wait.isForTheStart()) {
            why = "the warehouse has not started";
        } else {
            why = "the server has not answered";
        }
        return new TransientDatabricksException(
                "No connection to " + warehouse + " within " + wait + ": " + why,
                reason == null
                        ? ErrorDetails.none()
                        : new ErrorDetails(
                                null, null, reason.getSqlState(), reason.getErrorCode(), reason.getHttpStatus()),
                reason);
    }

    @Override
    public void evict(Connection connection) {
        hikari.evictConnection(connection);
    }

    @Override
    public void sessionLost(Connection connection) {
        PhysicalConnection.of(connection).ifPresent(sessions::lost);
        evict(connection);
    }

    @Override
    public boolean tokenRefused(Connection connection) {
        return tokens.refused(connection);
    }

    @Override
    public CompletableFuture<ComputeReport> computeReport() {
        return compute.report();
    }

    @Override
    public Duration startTimeout() {
        return settings.startTimeout();
    }

    @Override
    public PoolStats stats() {
        HikariPoolMXBean pool = hikari.getHikariPoolMXBean();
        return pool == null
                ? new PoolStats(0, 0, 0)
                : new PoolStats(
                        pool.getTotalConnections(), pool.getActiveConnections(), pool.getThreadsAwaitingConnection());
    }

    @Override
    public void close() {
        long start = System.nanoTime();
        tokens.close();
        hikari.close();
        LOG.debug("Closed {} in {} ms", hikari.getPoolName(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
}
