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
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Whether ended statements are delivered in time: down when the oldest one has waited for too long, since its rows are gone
 * an hour after its end. Asks the repository of handles only.
 */
public final class BacklogHealthCheck extends HealthDetails {

    private final Backlog backlog;
    private final String name;
    private final Duration longest;
    private final InstantSource clock;

    /**
     * @param name of the endpoint
     * @param longest that a statement may have waited
     */
    public BacklogHealthCheck(String name, Duration longest, Backlog backlog, InstantSource clock) {
        super("databricks-backlog-" + name);
        this.name = Objects.requireNonNull(name, "name");
        this.longest = Objects.requireNonNull(longest, "longest");
        this.backlog = Objects.requireNonNull(backlog, "backlog");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    void look(HealthCheckResultBuilder builder) {
        builder.detail("name", name);
        Optional<Backlog.Oldest> oldest;
        try {
            oldest = backlog.oldest();
        } catch (RuntimeException e) {
            builder.down().detail("reason", e.getClass().getSimpleName()).message("The handles are out of reach");
            return;
        }
        builder.up();
        oldest.ifPresent(handle -> judge(builder, handle, clock.instant()));
    }

    private void judge(HealthCheckResultBuilder builder, Backlog.Oldest oldest, Instant now) {
        Duration waited = Duration.between(oldest.since(), now);
        builder.detail("oldest.key", oldest.key());
        builder.detail("oldest.seconds", Math.max(0, waited.toSeconds()));
        if (waited.compareTo(longest) > 0) {
            builder.down()
                    .message("A statement that has ended waits for its delivery since " + waited.toSeconds()
                            + " s, which is more than " + longest.toSeconds() + " s (maxBacklogAge)");
        }
    }
}
