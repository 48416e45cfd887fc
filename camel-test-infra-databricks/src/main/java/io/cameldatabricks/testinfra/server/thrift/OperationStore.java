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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;

import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.model.SessionStore;
import io.cameldatabricks.testinfra.server.model.StatementRunner;

/** The operations that clients have handles of. */
final class OperationStore {

    /** How long it is known that an operation was given up. */
    private static final Duration MEMORY = Duration.ofHours(12);

    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final Handles handles;
    private final SessionStore sessions;
    private final StatementRunner runner;
    private final ServerClock clock;

    OperationStore(Handles handles, SessionStore sessions, StatementRunner runner, ServerClock clock) {
        this.handles = handles;
        this.sessions = sessions;
        this.runner = runner;
        this.clock = clock;
    }

    void add(Operation operation) {
        operations.put(operation.statement().id(), operation);
    }

    /**
     * @throws ThriftFailure when the handle is not one of an open operation
     * @throws GoneException when the operation was given up because nobody asked after it
     */
    Operation find(TOperationHandle handle) throws ThriftFailure {
        String id = handles.id(handle);
        Operation operation = operations.get(id);
        if (operation == null) {
            throw ThriftFailure.invalidOperation(id);
        }
        Instant now = clock.instant();
        giveUpIdle(operation, now);
        if (operation.reaped()) {
            throw new GoneException(id);
        }
        if (sessions.find(operation.statement().request().sessionId()).isEmpty()) {
            // a session's end is the end of its operations
            close(operation);
            throw ThriftFailure.invalidOperation(id);
        }
        operation.touch(now);
        return operation;
    }

    /** Frees the result, or stops what runs; the handle is invalid from now on. */
    void close(Operation operation) {
        operations.remove(operation.statement().id());
        runner.close(operation.statement());
    }

    void closeAllOf(String sessionId) {
        for (Operation operation : operations.values()) {
            if (sessionId.equals(operation.statement().request().sessionId())) {
                close(operation);
            }
        }
    }

    /** Gives up what nobody asks after. */
    void giveUpIdle() {
        Instant now = clock.instant();
        for (Operation operation : operations.values()) {
            giveUpIdle(operation, now);
            if (operation.idleFor(MEMORY, now)) {
                operations.remove(operation.statement().id());
            }
        }
    }

    private void giveUpIdle(Operation operation, Instant now) {
        if (operation.reap(now)) {
            runner.close(operation.statement());
        }
    }
}
