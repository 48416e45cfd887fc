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

import java.time.Duration;
import java.util.Objects;

/**
 * How long the server may hold back the answer to a submit, and what happens to a statement that is not done by then.
 * Immutable.
 *
 * @param serverWait zero (the answer comes at once) or 5 to 50 whole seconds
 * @param then what the server does when the time is over; without meaning when there is no wait
 */
public record WaitPolicy(Duration serverWait, Then then) {

    private static final WaitPolicy AT_ONCE = new WaitPolicy(Duration.ZERO, Then.DETACH);

    /** What becomes of a statement that outlives the wait. */
    public enum Then {
        /** It runs on. */
        DETACH,
        /** It is cancelled by the server. */
        CANCEL
    }

    public WaitPolicy {
        Objects.requireNonNull(serverWait, "serverWait");
        Objects.requireNonNull(then, "then");
        long seconds = serverWait.getSeconds();
        boolean inRange = serverWait.isZero() || (seconds >= 5 && seconds <= 50 && serverWait.getNano() == 0);
        if (!inRange) {
            throw new IllegalArgumentException("serverWait must be 0 or 5 to 50 whole seconds");
        }
    }

    /** The id is known at once and the statement runs on: for handles that survive a crash. */
    public static WaitPolicy atOnce() {
        return AT_ONCE;
    }

    /** Waits up to {@code serverWait} on the server, then lets the statement run on. */
    public static WaitPolicy detachAfter(Duration serverWait) {
        return new WaitPolicy(serverWait, Then.DETACH);
    }
}
