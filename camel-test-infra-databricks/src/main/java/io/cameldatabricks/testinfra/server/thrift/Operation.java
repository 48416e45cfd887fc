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
package io.cameldatabricks.testinfra.server.thrift;

import java.time.Duration;
import java.time.Instant;

import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TOperationType;

import io.cameldatabricks.testinfra.server.model.ServerStatement;

/**
 * What a handle stands for: a statement, and how far its rows have been fetched. As on the service, fetching moves on from
 * where the last fetch ended, whoever asked.
 */
final class Operation {

    /** The service gives up operations that nobody has asked after for 20 to 30 minutes. */
    static final Duration IDLE_LIFE = Duration.ofMinutes(20);

    private final ServerStatement statement;
    private final TOperationHandle handle;
    private final RowShape shape;
    private final boolean links;
    private Instant touched;
    private boolean reaped;
    private boolean awaited;
    private long nextRow;

    /**
     * @param shape how rows are changed on their way out, or null to leave them as they are
     * @param links true when the client can follow links
     */
    Operation(ServerStatement statement, TOperationHandle handle, RowShape shape, boolean links, Instant now) {
        this.statement = statement;
        this.handle = handle;
        this.shape = shape;
        this.links = links;
        this.touched = now;
    }

    ServerStatement statement() {
        return statement;
    }

    TOperationHandle handle() {
        return handle.deepCopy();
    }

    TOperationType type() {
        return handle.getOperationType();
    }

    RowShape shape() {
        return shape;
    }

    boolean links() {
        return links;
    }

    synchronized void touch(Instant now) {
        touched = now;
        statement.touch(now);
    }

    /** Somebody waits for its end with an open call, and so has not forgotten it. */
    synchronized void awaited(boolean waits, Instant now) {
        awaited = waits;
        touch(now);
    }

    /** @return true once, when it has become too old */
    synchronized boolean reap(Instant now) {
        if (reaped || awaited || now.isBefore(touched.plus(IDLE_LIFE))) {
            return false;
        }
        reaped = true;
        return true;
    }

    synchronized boolean reaped() {
        return reaped;
    }

    synchronized boolean idleFor(Duration time, Instant now) {
        return !now.isBefore(touched.plus(time));
    }

    synchronized long nextRow() {
        return nextRow;
    }

    synchronized void nextRow(long row) {
        nextRow = row;
    }
}
