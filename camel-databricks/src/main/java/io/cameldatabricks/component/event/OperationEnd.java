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
import java.util.Objects;

/**
 * The end of what a message asked for. Immutable.
 *
 * @param name of the endpoint
 * @param operation such as EXECUTE
 * @param time from the arrival of the message to its answer
 * @param failure null when it succeeded
 */
public record OperationEnd(String name, String operation, Duration time, Throwable failure) {

    public OperationEnd {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(time, "time");
    }

    public Outcome outcome() {
        return Outcome.of(failure);
    }
}
