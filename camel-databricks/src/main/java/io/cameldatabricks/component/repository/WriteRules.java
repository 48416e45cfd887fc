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
package io.cameldatabricks.component.repository;

import java.time.Duration;

import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.Transport;

/** What every repository refuses because it is a mistake of the caller, not a lost race. */
public final class WriteRules {

    /** Longest name of an endpoint. */
    public static final int MAX_NAME = 500;

    /** Longest correlation id. */
    public static final int MAX_CORRELATION_ID = 4000;

    private WriteRules() {}

    /** @throws IllegalArgumentException if this is no intent, or the secret of its id could not be kept */
    public static void requireIntent(StatementHandle handle, StatementIdCipher cipher) {
        if (handle.state() != HandleState.INTENDED) {
            throw new IllegalArgumentException("Only an intent can be added, not a handle in state " + handle.state());
        }
        if (handle.name().length() > MAX_NAME) {
            throw new IllegalArgumentException("The name of an endpoint has at most " + MAX_NAME + " characters");
        }
        String correlationId = handle.origin().correlationId();
        if (correlationId != null && correlationId.length() > MAX_CORRELATION_ID) {
            throw new IllegalArgumentException("A correlation id has at most " + MAX_CORRELATION_ID
                    + " characters, this one " + correlationId.length());
        }
        if (handle.target().transport() == Transport.JDBC_THRIFT && !cipher.available()) {
            // now, and not when the statement runs already
            cipher.encrypt("", handle.key());
        }
    }

    /** @throws IllegalArgumentException if {@code update} is not the way to this state */
    public static void requireUpdate(StatementHandle changed, long expectedVersion) {
        if (changed.version() <= expectedVersion) {
            throw new IllegalArgumentException("Version " + changed.version() + " cannot replace " + expectedVersion);
        }
        if (changed.state() == HandleState.INTENDED || changed.claim() != null) {
            throw new IllegalArgumentException("Handles become " + changed.state() + " by another call");
        }
    }

    /** @throws IllegalArgumentException if the handle is not claimed or the time is negative */
    public static void requireRelease(StatementHandle claimed, Duration backoff) {
        if (claimed.claim() == null) {
            throw new IllegalArgumentException("Only a claimed handle can be released");
        }
        if (backoff.isNegative()) {
            throw new IllegalArgumentException("The backoff must not be negative");
        }
    }

    /** @throws IllegalArgumentException if handles in this state are still owed to somebody */
    public static void requireSettled(HandleState state, Duration retention) {
        if (!state.isSettled()) {
            throw new IllegalArgumentException("Handles in state " + state + " are not removed by age");
        }
        if (retention.isNegative()) {
            throw new IllegalArgumentException("The retention must not be negative");
        }
    }
}
