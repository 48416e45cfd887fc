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
package io.cameldatabricks.component.statement;

import java.time.Instant;

/** What a route is told about a handle whose end was seen, or can never be seen. */
public enum HandleOutcome {
    /** It succeeded, and its result can be read. */
    SUCCEEDED,
    /** It succeeded, and the server has nothing more of it; it returns no rows, as far as its text tells. */
    RELEASED,
    /** It succeeded and had rows, which the server had released before its end was seen. */
    ROWS_RELEASED,
    /** It succeeded, but its result was not read in time. */
    RESULT_EXPIRED,
    /** It failed. */
    FAILED,
    /** It was cancelled. */
    CANCELED,
    /** It ended so long ago that the server does not know it any more. */
    PURGED,
    /** The server does not know it although it should. */
    UNKNOWN_TO_SERVER,
    /** No answer came to the submit, and the statement was not found. */
    NEVER_FOUND;

    /**
     * @param handle whose end was seen, or which was lost
     * @param now when the result would be read
     * @throws IllegalArgumentException for a handle that still waits for its end
     */
    public static HandleOutcome of(StatementHandle handle, Instant now) {
        if (handle.loss() != null) {
            return switch (handle.loss()) {
                case NEVER_FOUND -> NEVER_FOUND;
                case PURGED -> PURGED;
                case UNKNOWN_TO_SERVER -> UNKNOWN_TO_SERVER;
            };
        }
        if (handle.status() == null) {
            throw new IllegalArgumentException("A handle in state " + handle.state() + " has no outcome yet");
        }
        return switch (handle.status().state()) {
            case SUCCEEDED -> handle.deadlines().resultExpired(now) ? RESULT_EXPIRED : SUCCEEDED;
            case CLOSED -> handle.origin().returnsRows() ? ROWS_RELEASED : RELEASED;
            case FAILED -> FAILED;
            case CANCELED -> CANCELED;
            case PENDING, RUNNING ->
                throw new IllegalArgumentException("A handle in state " + handle.state() + " has no outcome yet");
        };
    }
}
