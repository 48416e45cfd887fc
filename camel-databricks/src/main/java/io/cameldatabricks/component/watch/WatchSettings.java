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
package io.cameldatabricks.component.watch;

import java.time.Duration;
import java.util.Objects;

import io.cameldatabricks.component.statement.StatementDeadlines;

/**
 * How statements are watched. Immutable.
 *
 * @param interval when a statement is looked at again
 * @param keepAliveEvery each statement is asked for by itself at least so often; well below the 15 minutes after which the
 *     server may drop it
 * @param bulkFrom many are asked for at once when at least so many are watched; 0 for never
 * @param settleTime a statement that is not found by its tag so long after its intent was stored is lost; the longest submit and
 *     the delay of the query history have to fit in
 */
public record WatchSettings(PollInterval interval, Duration keepAliveEvery, int bulkFrom, Duration settleTime) {

    public WatchSettings {
        Objects.requireNonNull(interval, "interval");
        boolean alive = keepAliveEvery.compareTo(Duration.ofMinutes(1)) >= 0
                && keepAliveEvery.compareTo(StatementDeadlines.KEEP_ALIVE.minusMinutes(1)) <= 0;
        if (!alive) {
            throw new IllegalArgumentException(
                    "A statement must be asked for every 1 to 14 minutes, else the server" + " may drop it");
        }
        if (bulkFrom < 0) {
            throw new IllegalArgumentException("bulkFrom must be 0 (never) or more");
        }
        if (settleTime.isNegative()) {
            throw new IllegalArgumentException("settleTime must be 0 or more");
        }
    }

    /** The blend of age and square root, keep-alive every 10 minutes, bulk from 50 statements, 5 minutes to settle. */
    public static WatchSettings standard() {
        return new WatchSettings(BlendPollInterval.standard(), Duration.ofMinutes(10), 50, Duration.ofMinutes(5));
    }

    public WatchSettings withBulkFrom(int count) {
        return new WatchSettings(interval, keepAliveEvery, count, settleTime);
    }
}
