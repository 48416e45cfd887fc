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
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.NotRun;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.pool.ConnectionPool;

/**
 * Lends a connection to a piece of work and heals the pool when the work fails: a connection that is of no use any more is
 * not lent again. Work that {@linkplain NotRun provably did nothing} is done once more, on a connection that was opened
 * after the failure, or that has another token; a second failure stands. Safe for many threads.
 */
final class RepeatedCall {

    /**
     * What to do with a connection.
     *
     * @param <T> its result
     */
    @FunctionalInterface
    interface Work<T> {

        /**
         * @param loan for the connection; is given back when this returns, unless it was kept
         * @throws NotRunException when nothing has run on the server since this began
         * @throws DatabricksException when it failed otherwise
         */
        T on(Loan loan);
    }

    /** A borrowed connection. For one thread at a time. */
    static final class Loan implements AutoCloseable {

        private final ConnectionPool pool;
        private final Connection connection;
        private boolean kept;
        private boolean ended;

        private Loan(ConnectionPool pool) {
            this.pool = pool;
            this.connection = pool.borrow();
        }

        Connection connection() {
            return connection;
        }

        /** The result needs the connection for longer, and gives it back itself with {@link #close}. */
        void keep() {
            kept = true;
        }

        /** Work with a kept connection failed: what that says of the connection is told to the pool. Before {@link #close}. */
        void failed(DatabricksException failure) {
            heal(pool, connection, failure);
        }

        /** Gives the connection back, once. Does not fail. Close the statements of the connection before. */
        @Override
        public void close() {
            if (!ended) {
                ended = true;
                pool.giveBack(connection);
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedCall.class);

    private final ConnectionPool pool;
    private final LongAdder repeats = new LongAdder();

    RepeatedCall(ConnectionPool pool) {
        this.pool = Objects.requireNonNull(pool);
    }

    /**
     * @return what the work returned, of its first or its second attempt
     * @throws DatabricksException when no connection could be had, or the work failed
     */
    <T> T run(Work<T> work) {
        try {
            return attempt(work);
        } catch (NotRunException first) {
            repeats.increment();
            LOG.debug("A statement did not run ({}) and is sent once more on another connection", first.proof());
            return secondAttempt(work, first.failure());
        }
    }

    private <T> T secondAttempt(Work<T> work, DatabricksException first) {
        try {
            return attempt(work);
        } catch (NotRunException second) {
            throw second.failure();
        } catch (DatabricksException second) {
            if (second != first) {
                second.addSuppressed(first);
            }
            throw second;
        }
    }

    private <T> T attempt(Work<T> work) {
        Loan loan = new Loan(pool);
        boolean returned = false;
        try {
            T result = work.on(loan);
            returned = true;
            return result;
        } catch (NotRunException e) {
            if (!heal(loan.connection(), e.proof())) {
                throw e.failure();
            }
            throw e;
        } catch (DatabricksException e) {
            heal(pool, loan.connection(), e);
            throw e;
        } finally {
            if (!returned || !loan.kept) {
                loan.close();
            }
        }
    }

    /** Returns whether another attempt may go better. */
    private boolean heal(Connection connection, NotRun proof) {
        return switch (proof) {
            case SESSION_GONE, NEVER_SENT, CONNECTION_CLOSED -> {
                pool.sessionLost(connection);
                yield true;
            }
            // the session is good: the connection gets the other token when it is lent next
            case TOKEN_REFUSED -> pool.tokenRefused(connection);
        };
    }

    private static void heal(ConnectionPool pool, Connection connection, DatabricksException failure) {
        if (failure.getHttpStatus() != null && failure.getHttpStatus() == 401) {
            pool.tokenRefused(connection);
        }
        if (failure instanceof RecoverableDatabricksException || failure instanceof SubmitOutcomeUnknownException) {
            pool.evict(connection);
        }
    }

    /** How often work was done a second time. */
    long repeats() {
        return repeats.sum();
    }
}
