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
import java.util.Locale;
import java.util.Objects;

/**
 * A call to a workspace that has ended. Immutable.
 *
 * @param workspace its host
 * @param statements how many statements it was about
 * @param time with the wait for the rate limiter and all attempts
 * @param failure null when it was answered
 */
public record WorkspaceCall(String workspace, Kind kind, int statements, Duration time, Throwable failure) {

    /** What was asked. */
    public enum Kind {
        SUBMIT,
        /** One statement. */
        STATUS,
        /** Many statements, in the query history. */
        HISTORY,
        /** A statement by its tag. */
        FIND,
        RESULT,
        CANCEL,
        CLOSE;

        /** As meters show it: lower case. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public WorkspaceCall {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(time, "time");
    }

    public Outcome outcome() {
        return Outcome.of(failure);
    }
}
