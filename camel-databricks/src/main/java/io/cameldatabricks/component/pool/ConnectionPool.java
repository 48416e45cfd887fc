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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.cameldatabricks.component.error.DatabricksException;

/** Lends connections. Safe for many threads. */
public interface ConnectionPool extends AutoCloseable {

    /**
     * Waits up to the connection timeout, and longer, up to the start timeout, while the warehouse or cluster starts.
     *
     * @return a connection that the caller must give back, after it closed every statement it made with it
     * @throws DatabricksException when none could be had, with the reason as far as it is known
     */
    Connection borrow();

    /**
     * Ends a loan, as closing the connection does, but never fails: a connection that cannot be closed in order is thrown
     * away, so that its place in the pool is free again.
     */
    void giveBack(Connection connection);

    /** Makes sure that a borrowed connection is not lent again; it must still be given back. */
    void evict(Connection connection);

    /**
     * Tells that the server does not know the session of a borrowed connection, or could not be reached: the connection is
     * evicted, and none that was opened before this moment is lent any more.
     */
    void sessionLost(Connection connection);

    /**
     * Tells that the server refused the token of a borrowed connection, so that the next one that is lent has another.
     *
     * @return whether there may be another token
     */
    boolean tokenRefused(Connection connection);

    /** Whether what runs the statements runs itself; not known by default. Does not block, and never fails. */
    default CompletableFuture<ComputeState> computeState() {
        return computeReport().thenApply(ComputeReport::state);
    }

    /**
     * What is known of what runs the statements; nothing by default. Asks the workspace over REST, which neither wakes a
     * warehouse nor keeps it awake. Does not block, and never fails.
     */
    default CompletableFuture<ComputeReport> computeReport() {
        return CompletableFuture.completedFuture(ComputeReport.notAsked());
    }

    /** How long a statement or a connection may wait for it to start. */
    default Duration startTimeout() {
        return PoolSettings.START_TIMEOUT;
    }

    /** What the pool holds now. */
    PoolStats stats();

    /** Closes what is idle at once and what is in use when it comes back. Does not fail. */
    @Override
    void close();
}
