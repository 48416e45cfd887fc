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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;

/**
 * The statements of one owner that are being executed, so that all can be ended when the owner stops: each as its request
 * says. Safe for many threads.
 */
public final class RunningStatements {

    private final Set<RunningStatement> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * @throws TransientDatabricksException when the owner has stopped; the statement is not to be sent then
     */
    void add(RunningStatement statement) {
        running.add(statement);
        if (stopped) {
            running.remove(statement);
            statement.close();
            throw new TransientDatabricksException(
                    "The endpoint was stopped before the statement was sent", ErrorDetails.none(), null);
        }
    }

    void remove(RunningStatement statement) {
        running.remove(statement);
    }

    /** Ends what runs and refuses what comes. Does not block; the statements end soon, on the threads that wait for them. */
    public void stop() {
        stopped = true;
        running.forEach(statement -> statement.stop(StopReason.SHUTDOWN));
    }

    boolean isEmpty() {
        return running.isEmpty();
    }
}
