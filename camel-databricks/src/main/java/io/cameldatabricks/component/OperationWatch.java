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
package io.cameldatabricks.component;

import java.time.Duration;

import io.cameldatabricks.component.event.OperationEnd;
import io.cameldatabricks.component.event.StatementListener;

/** Takes the time of one message, from its arrival to its answer. Used by one thread after the other. */
final class OperationWatch {

    private final long begin = System.nanoTime();
    private final String name;
    private final StatementListener listener;
    private volatile DatabricksOperation operation;

    /** @param operation of the endpoint, as long as it is not known that the message asks for another */
    OperationWatch(String name, DatabricksOperation operation, StatementListener listener) {
        this.name = name;
        this.operation = operation;
        this.listener = listener;
    }

    void asked(DatabricksOperation asked) {
        operation = asked;
    }

    /** @param failure null when the message was answered well */
    void end(Throwable failure) {
        listener.operationEnded(
                new OperationEnd(name, operation.name(), Duration.ofNanos(System.nanoTime() - begin), failure));
    }
}
