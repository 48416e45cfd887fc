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
import java.time.Instant;

import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;

/** One handle while it is watched. Guarded by the watcher, except for what never changes. */
final class Watched {

    private final String key;
    private final StatementId id;

    /** As it was adopted: observations on the way make no versions. */
    final StatementHandle handle;

    /** Since when it runs. */
    Instant startedAt;

    /** When the server was asked for it by itself last, or took it: that keeps it alive. */
    Instant readAt;

    /** When it was known not to have ended last. */
    Instant seenRunningAt;

    Instant dueAt;
    Duration interval = Duration.ZERO;
    int failures;
    boolean gone;
    boolean forgotten;

    /** Whether the timer has it; else it is being looked at, or its end is being told. */
    boolean planned;

    /** @param now by our clock: the times of a handle may be by the clock of another node, which may be ahead */
    Watched(StatementHandle handle, Instant now) {
        this.key = handle.key();
        this.id = handle.statementId();
        this.handle = handle;
        this.startedAt = earlier(handle.submittedAt(), now);
        this.readAt =
                handle.status() == null ? startedAt : earlier(handle.status().observedAt(), now);
        this.seenRunningAt = readAt;
    }

    /** The clock was set back: what has passed stays as long ago as it was. */
    void shift(Duration back) {
        startedAt = startedAt.minus(back);
        readAt = readAt.minus(back);
        seenRunningAt = seenRunningAt.minus(back);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    String key() {
        return key;
    }

    StatementId id() {
        return id;
    }

    Urgency urgency() {
        return new Urgency(dueAt, interval);
    }
}
