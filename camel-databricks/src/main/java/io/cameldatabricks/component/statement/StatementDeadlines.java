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
import java.time.Instant;

/**
 * What time takes away from a statement. Immutable, pure arithmetic on observed instants; on the safe side where the
 * exact time of the end is not known.
 *
 * @param keepAliveBy the statement must be asked for before, else the server may drop it; null once it has ended
 * @param resultExpiresAt until then the rows can be read; null while it runs and when it has no rows
 * @param purgedAt until then the server knows the statement for certain; null while it runs
 */
public record StatementDeadlines(Instant keepAliveBy, Instant resultExpiresAt, Instant purgedAt) {

    /** A running statement must be asked for at least so often. */
    public static final Duration KEEP_ALIVE = Duration.ofMinutes(15);

    /** Rows can be read for so long after the end. */
    public static final Duration RESULT_LIFE = Duration.ofHours(1);

    /** The server remembers a statement for so long after its end. */
    public static final Duration STATEMENT_LIFE = Duration.ofHours(12);

    private static final StatementDeadlines NONE = new StatementDeadlines(null, null, null);

    /** Nothing was submitted yet. */
    public static StatementDeadlines none() {
        return NONE;
    }

    /** The statement was seen running, or was submitted, at this time. */
    public static StatementDeadlines running(Instant seenAt) {
        return new StatementDeadlines(seenAt.plus(KEEP_ALIVE), null, null);
    }

    /**
     * The statement was seen at its end.
     *
     * @param status the observation of the end
     * @param notEndedBefore a time at which it had certainly not ended yet: the last observation before, or the submit
     */
    public static StatementDeadlines ended(StatementStatus status, Instant notEndedBefore) {
        Instant end = status.endedAt() != null && status.endedAt().isAfter(notEndedBefore)
                ? status.endedAt()
                : notEndedBefore;
        Instant expires = status.state().hasResult() ? end.plus(RESULT_LIFE) : null;
        return new StatementDeadlines(null, expires, end.plus(STATEMENT_LIFE));
    }

    /** Whether the statement may have been dropped because nobody asked for it in time. */
    public boolean keepAliveMissed(Instant now) {
        return keepAliveBy != null && !now.isBefore(keepAliveBy);
    }

    /** Whether the rows may be gone. */
    public boolean resultExpired(Instant now) {
        return resultExpiresAt != null && !now.isBefore(resultExpiresAt);
    }

    /** Whether the server may have forgotten the statement. */
    public boolean purged(Instant now) {
        return purgedAt != null && !now.isBefore(purgedAt);
    }
}
