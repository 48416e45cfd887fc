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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.component.pool.PoolStats;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * The component at one moment, without SQL text, values and credentials. Immutable.
 *
 * @param component name under which it is known, such as databricks
 * @param takenAt when
 * @param errors the youngest first
 */
public record ConsoleSnapshot(
        String component,
        Instant takenAt,
        List<Pool> pools,
        List<Limiter> limiters,
        List<Name> names,
        List<RecentError> errors) {

    public ConsoleSnapshot {
        pools = List.copyOf(pools);
        limiters = List.copyOf(limiters);
        names = List.copyOf(names);
        errors = List.copyOf(errors);
    }

    /**
     * A pool of connections.
     *
     * @param most connections
     * @param queued messages that wait for one
     */
    public record Pool(String label, PoolStats stats, int most, int queued) {}

    /**
     * The rate limiter of a workspace.
     *
     * @param rate calls a second
     * @param waiting calls
     * @param refusals answers 429 until now
     * @param pause that the workspace has asked for, from now on
     */
    public record Limiter(String workspace, double rate, int waiting, long refusals, Duration pause) {}

    /**
     * The handles of an endpoint's name.
     *
     * @param kept where: the simple name of the repository
     * @param watched statements whose end this process waits for
     * @param counts by state; empty when the repository cannot be asked
     * @param oldest those that are still owed, and those that were given up
     * @param trouble why the repository cannot be asked; null if it can
     */
    public record Name(
            String name, String kept, int watched, Map<HandleState, Long> counts, List<Handle> oldest, String trouble) {
        public Name {
            Map<HandleState, Long> ordered = new EnumMap<>(HandleState.class);
            ordered.putAll(counts);
            counts = ordered;
            oldest = List.copyOf(oldest);
        }
    }

    /**
     * A handle, as far as it may be shown.
     *
     * @param statementId without its secret part; null until there is one
     * @param serverState null until the server was asked
     * @param deliveries so far
     * @param reason why it was given up; null unless it was
     */
    public record Handle(
            String key,
            HandleState state,
            String statementId,
            String serverState,
            Instant intendedAt,
            Instant completedAt,
            int deliveries,
            String reason) {

        public static Handle of(StatementHandle handle) {
            return new Handle(
                    handle.key(),
                    handle.state(),
                    handle.statementId() == null ? null : handle.statementId().publicPart(),
                    handle.status() == null ? null : handle.status().state().name(),
                    handle.origin().intendedAt(),
                    handle.completedAt(),
                    handle.delivery().count(),
                    handle.delivery().deadReason());
        }
    }
}
