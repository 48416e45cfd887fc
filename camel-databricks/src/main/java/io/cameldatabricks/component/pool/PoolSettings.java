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
package io.cameldatabricks.component.pool;

import java.time.Duration;

/**
 * Sizes and times of a pool. Immutable. The defaults let a warehouse fall asleep: no connection is kept for its own
 * sake and none is tested.
 *
 * @param maxPoolSize connections, and statements that run at the same time, at least 1
 * @param minIdle connections to keep open while nothing runs
 * @param maxQueueSize statements that may wait for a free connection; one more is refused
 * @param connectionTimeout how long to wait for a connection while the warehouse runs
 * @param idleTimeout how long an unused connection stays open
 * @param maxLifetime how long any connection stays open
 * @param startTimeout how long a connection or a statement may wait for a warehouse that starts
 */
public record PoolSettings(
        int maxPoolSize,
        int minIdle,
        int maxQueueSize,
        Duration connectionTimeout,
        Duration idleTimeout,
        Duration maxLifetime,
        Duration startTimeout) {

    public static final int MAX_POOL_SIZE = 10;
    public static final int MAX_QUEUE_SIZE = 1_000;
    public static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(60);
    public static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    public static final Duration MAX_LIFETIME = Duration.ofMinutes(30);
    public static final Duration START_TIMEOUT = Duration.ofMinutes(10);

    public PoolSettings {
        require(maxPoolSize >= 1, "maxPoolSize must be 1 or more");
        require(minIdle >= 0 && minIdle <= maxPoolSize, "minIdle must be between 0 and maxPoolSize");
        require(maxQueueSize >= 1, "maxQueueSize must be 1 or more");
        require(connectionTimeout.toMillis() >= 250, "connectionTimeout must be 250 ms or more");
        require(idleTimeout.toMillis() >= 10_000, "idleTimeout must be 10 s or more");
        require(maxLifetime.toMillis() >= 30_000, "maxLifetime must be 30 s or more");
        require(startTimeout.toMillis() >= 1_000, "startTimeout must be 1 s or more");
        require(idleTimeout.compareTo(maxLifetime) < 0, "idleTimeout must be shorter than maxLifetime");
    }

    /** With the usual time for a start. */
    public PoolSettings(
            int maxPoolSize,
            int minIdle,
            int maxQueueSize,
            Duration connectionTimeout,
            Duration idleTimeout,
            Duration maxLifetime) {
        this(maxPoolSize, minIdle, maxQueueSize, connectionTimeout, idleTimeout, maxLifetime, START_TIMEOUT);
    }

    /** What an endpoint gets that says nothing. */
    public static PoolSettings defaults() {
        return new PoolSettings(MAX_POOL_SIZE, 0, MAX_QUEUE_SIZE, CONNECTION_TIMEOUT, IDLE_TIMEOUT, MAX_LIFETIME);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
