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
package io.cameldatabricks.component.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A snapshot as text for people. Stateless. */
public final class ConsoleText {

    private ConsoleText() {}

    public static String of(ConsoleSnapshot snapshot) {
        StringBuilder text = new StringBuilder("Component ")
                .append(snapshot.component())
                .append(" at ")
                .append(snapshot.takenAt())
                .append("\n\nPools\n");
        snapshot.pools()
                .forEach(pool -> line(
                        text,
                        "%s: %d of %d connections open, %d in use, %d threads and %d messages wait",
                        pool.label(),
                        pool.stats().open(),
                        pool.most(),
                        pool.stats().inUse(),
                        pool.stats().waiting(),
                        pool.queued()));
        text.append("\nRate limiters\n");
        snapshot.limiters()
                .forEach(limiter -> line(
                        text,
                        "%s: %.1f calls/s, %d wait, %d refused (429)%s",
                        limiter.workspace(),
                        limiter.rate(),
                        limiter.waiting(),
                        limiter.refusals(),
                        limiter.pause().isZero() ? "" : ", paused for " + seconds(limiter.pause()) + " s"));
        text.append("\nHandles\n");
        snapshot.names().forEach(name -> name(text, name, snapshot.takenAt()));
        text.append("\nLast errors\n");
        snapshot.errors().forEach(error -> error(text, error));
        return text.toString();
    }

    private static void name(StringBuilder text, ConsoleSnapshot.Name name, Instant now) {
        line(text, "%s (%s): %d watched here%s", name.name(), name.kept(), name.watched(), counts(name));
        for (ConsoleSnapshot.Handle handle : name.oldest()) {
            line(
                    text,
                    "  %s %s statement %s %s, submitted %d s ago%s, %d deliveries%s",
                    handle.state(),
                    handle.key(),
                    orDash(handle.statementId()),
                    orDash(handle.serverState()),
                    Duration.between(handle.intendedAt(), now).toSeconds(),
                    handle.completedAt() == null
                            ? ""
                            : ", ended "
                                    + Duration.between(handle.completedAt(), now)
                                            .toSeconds() + " s ago",
                    handle.deliveries(),
                    handle.reason() == null ? "" : ": " + handle.reason());
        }
    }

    private static String counts(ConsoleSnapshot.Name name) {
        if (name.trouble() != null) {
            return ", the repository cannot be asked: " + name.trouble();
        }
        StringBuilder counts = new StringBuilder();
        name.counts()
                .forEach((state, count) ->
                        counts.append(", ").append(state).append(' ').append(count));
        return counts.toString();
    }

    private static void error(StringBuilder text, RecentError error) {
        line(
                text,
                "%s %s, %s: %s%s%s%s%s",
                error.at(),
                error.where(),
                error.what(),
                error.error(),
                error.statementId() == null ? "" : ", statement " + error.statementId(),
                error.sqlState() == null ? "" : ", SQLSTATE " + error.sqlState(),
                error.errorCode() == null ? "" : ", " + error.errorCode(),
                error.message() == null ? "" : ": " + error.message());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append("  ").append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String orDash(String value) {
        return value == null ? "-" : value;
    }
}
