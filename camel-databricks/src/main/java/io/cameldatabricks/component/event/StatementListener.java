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
package io.cameldatabricks.component.event;

import java.time.Duration;

import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Is told what happens to statements. Called on the threads that work on them: must be quick, must not block and must not
 * throw. Every method does nothing unless it is overridden. Implementations are safe for use by many threads.
 */
public interface StatementListener {

    /** Listens to nothing. */
    StatementListener NONE = new StatementListener() {};

    /** A producer has answered a message. */
    default void operationEnded(OperationEnd end) {}

    /**
     * A statement got its turn on a connection.
     *
     * @param pool its connections
     * @param wait how long it was queued
     */
    default void queued(String pool, Duration wait) {}

    /**
     * A statement was run on a connection, or its result was read there.
     *
     * @param pool its connections
     * @param time from the wait for a connection until the rows were read, or for a stream until they could be
     * @param rowsWritten by a statement that changes data
     * @param failure null when it succeeded
     */
    default void executed(String pool, Duration time, long rowsWritten, Throwable failure) {}

    /** Rows were read from a connection. */
    default void rowsRead(String pool, long rows) {}

    /** A call to a workspace has ended, which may have been several attempts. */
    default void called(WorkspaceCall call) {}

    /** The server has the statement of a handle, or it was found there. */
    default void submitted(StatementHandle handle) {}

    /**
     * The end of a statement was seen, or it can never be seen, and that is written down.
     *
     * @param handle COMPLETED or LOST
     */
    default void ended(StatementHandle handle) {}

    /** The route is done with the handle. */
    default void delivered(StatementHandle handle) {}

    /** The delivery failed and is tried again. */
    default void deliveryFailed(StatementHandle handle, Throwable failure, Duration redeliveryIn) {}

    /** The handle was given up. */
    default void buried(StatementHandle handle, String reason) {}

    /** No route has seen the handle. */
    default void givenBack(StatementHandle handle, Throwable reason) {}

    /** Another node delivers the handle again. */
    default void claimLost(StatementHandle handle, boolean delivered) {}

    /** The repository of handles could not be used. */
    default void repositoryFailed(Throwable failure) {}
}
