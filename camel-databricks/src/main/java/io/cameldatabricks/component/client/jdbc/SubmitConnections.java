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

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import com.databricks.jdbc.api.internal.IDatabricksConnectionInternal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.NotRun;
import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.pool.WarehouseSession;

/**
 * Lends connections for submits. Those of our own pool leave their session open when they close. Those of a user's data
 * source do not, so one of them is not given back while a statement runs in its session, and is parted from that session
 * meanwhile: not even a data source that closes or aborts what it has lent ends the session. All submits share it, one after
 * the other. Safe for many threads.
 */
final class SubmitConnections {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitConnections.class);

    private final ConnectionPool pool;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean foreign;
    private Connection held;
    private SubmitSessions<?>.Tenancy tenancy;

    SubmitConnections(ConnectionPool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** A connection for one submit. For one thread. */
    final class Loan {

        private final Connection connection;
        private final boolean shared;

        private Loan(Connection connection, boolean shared) {
            this.connection = connection;
            this.shared = shared;
        }

        Connection connection() {
            return connection;
        }

        /** Whether it is parted from its session, so that it looks closed. */
        boolean isParted() {
            return shared && tenancy != null;
        }

        /** A statement is about to be submitted in the session of this connection. */
        void runs(SubmitSessions<?>.Tenancy inSession) throws SQLException {
            Optional<WarehouseSession> session = WarehouseSession.of(connection);
            if (session.isPresent()) {
                session.get().keepWhile(inSession);
            } else if (shared) {
                tenancy = inSession;
                WarehouseSession.part(connection.unwrap(IDatabricksConnectionInternal.class));
            }
        }

        /** Whether the connection can be thrown away after a failure without ending what runs in its session. */
        boolean mayBeEvicted(NotRun proof) {
            return !shared || proof == NotRun.SESSION_GONE || tenancy == null || !tenancy.isNeeded();
        }

        /** @param reusable false when the session is lost, so that nothing runs in it any more */
        void end(boolean reusable) {
            if (!shared) {
                pool.giveBack(connection);
                return;
            }
            try {
                if (reusable && tenancy != null && tenancy.isNeeded()) {
                    held = connection;
                } else {
                    letGo(connection, reusable && tenancy != null);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for the connection of a user's data source while another submit has it. */
    Loan borrow() {
        if (!foreign) {
            Connection connection = pool.borrow();
            if (isOurs(connection)) {
                return new Loan(connection, false);
            }
            pool.giveBack(connection);
            foreign = true;
        }
        lock.lock();
        boolean lent = false;
        try {
            dropIfTakenBack();
            Loan loan = new Loan(held != null ? held : pool.borrow(), true);
            lent = true;
            return loan;
        } finally {
            if (!lent) {
                lock.unlock();
            }
        }
    }

    /** The data source may have closed what it has lent; its session is ended later, over another connection. */
    private void dropIfTakenBack() {
        boolean silent;
        try {
            silent = held != null && DriverSession.of(held, clock).isSilent();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The connection that was held for submits cannot be used any more", e);
            silent = true;
        }
        if (silent) {
            tenancy.getAsBoolean();
            letGo(held, false);
        }
    }

    private boolean isOurs(Connection connection) {
        try {
            return WarehouseSession.of(connection).isPresent();
        } catch (SQLException | RuntimeException e) {
            pool.giveBack(connection);
            throw FailureTranslator.translate(e, CallPhase.CONNECT, null, null);
        }
    }

    private void letGo(Connection connection, boolean parted) {
        held = null;
        tenancy = null;
        try {
            if (parted) {
                WarehouseSession.rejoin(connection.unwrap(IDatabricksConnectionInternal.class));
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The connection that was held for submits has been closed by its data source", e);
        }
        pool.giveBack(connection);
    }

    /** Gives a connection back in whose session nothing runs any more. */
    void giveBackUnneeded() {
        if (foreign && lock.tryLock()) {
            try {
                if (held != null && !tenancy.isNeeded()) {
                    letGo(held, true);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Gives up the connection that is held, and leaves its session open. */
    void close() {
        lock.lock();
        try {
            if (held != null) {
                Connection leaving = held;
                held = null;
                tenancy = null;
                // it is parted from its session, so that closing it leaves that open
                leaving.unwrap(IDatabricksConnectionInternal.class).close();
                pool.evict(leaving);
                pool.giveBack(leaving);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The connection that was held for submits could not be given up", e);
        } finally {
            lock.unlock();
        }
    }
}
