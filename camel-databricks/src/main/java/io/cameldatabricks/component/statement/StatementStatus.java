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
import java.util.Objects;

/**
 * One observation of a statement. Immutable.
 *
 * @param id the statement
 * @param state what the server said
 * @param failure why it failed; null unless it did, and possibly even then
 * @param observedAt when the answer arrived, by our clock
 * @param endedAt when the statement ended, by the server's clock; null when the server did not say
 * @param size of its result; null when the server did not say, and after a restart, since it is not stored
 */
public record StatementStatus(
        StatementId id,
        StatementState state,
        StatementFailure failure,
        Instant observedAt,
        Instant endedAt,
        ResultSize size) {

    public StatementStatus {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(observedAt, "observedAt");
    }

    /** An observation without the size of a result. */
    public StatementStatus(
            StatementId id, StatementState state, StatementFailure failure, Instant observedAt, Instant endedAt) {
        this(id, state, failure, observedAt, endedAt, null);
    }

    /** An observation without failure and without the time of the end. */
    public static StatementStatus of(StatementId id, StatementState state, Instant observedAt) {
        return new StatementStatus(id, state, null, observedAt, null);
    }

    public boolean isTerminal() {
        return state.isTerminal();
    }

    /** Whether it has not ended: it waits or runs. */
    public boolean isRunning() {
        return !state.isTerminal();
    }

    /** Whether it ended because somebody cancelled it. */
    public boolean isCanceled() {
        return state == StatementState.CANCELED;
    }

    /** Whether it ended well. */
    public boolean isFinished() {
        return state.isSuccess();
    }

    /** Whether it ended with an error. */
    public boolean isFailed() {
        return state == StatementState.FAILED;
    }
}
