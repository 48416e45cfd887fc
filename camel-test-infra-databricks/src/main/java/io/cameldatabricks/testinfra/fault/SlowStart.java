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
package io.cameldatabricks.testinfra.fault;

import java.time.Duration;

/**
 * Stops the warehouse, and makes each of its starts take time, by the warehouse's clock. The first session or statement
 * starts it; until it runs, statements are PENDING and the warehouses API says STARTING. Its sessions are gone, as with
 * every stop. Switched off, the warehouse starts at once.
 *
 * <p>Whether the service opens sessions while a warehouse starts is not documented; here it does, unless one of
 * {@link #sessionsWait()} and {@link #sessionsUnavailable(Duration)} was called.
 */
public final class SlowStart extends Fault {

    /** @param start from the first call that needs the warehouse until it runs; more than zero */
    public SlowStart(Duration start) {
        if (start.isNegative() || start.isZero()) {
            throw new IllegalArgumentException("The start must take time: " + start);
        }
        set("start", start.toString());
    }

    /** Sessions that are opened during the start get their answer when the warehouse runs. */
    public SlowStart sessionsWait() {
        set("sessions", "WAIT");
        return this;
    }

    /**
     * Sessions that are opened during the start are refused with 503 TEMPORARILY_UNAVAILABLE.
     *
     * @param retryAfter in whole seconds, for the header Retry-After
     */
    public SlowStart sessionsUnavailable(Duration retryAfter) {
        set("sessions", "UNAVAILABLE");
        set("retryAfter", String.valueOf(retryAfter.toSeconds()));
        return this;
    }
}
