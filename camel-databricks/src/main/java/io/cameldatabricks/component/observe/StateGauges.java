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

import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.retry.RateLimiter;

/** Where the state of things is shown that come and go. Knows no meters, so that it is there without Micrometer. */
public interface StateGauges extends AutoCloseable {

    /** Shows nothing. */
    StateGauges NONE = new StateGauges() {
        @Override
        public void addPool(String label, ConnectionPool pool, QueueLength queue) {
            // nobody looks
        }

        @Override
        public void addLimiter(String workspace, RateLimiter limiter) {
            // nobody looks
        }

        @Override
        public void addHandles(String name, HandleCounts counts) {
            // nobody looks
        }

        @Override
        public void remove(Object owner) {
            // nothing was added
        }

        @Override
        public void close() {
            // nothing was added
        }
    };

    /** How many messages wait. */
    @FunctionalInterface
    interface QueueLength {
        int now();
    }

    /** @param label unique */
    void addPool(String label, ConnectionPool pool, QueueLength queue);

    void addLimiter(String workspace, RateLimiter limiter);

    /** The handles of a name; a second call for the same name is without effect. */
    void addHandles(String name, HandleCounts counts);

    /** @param owner the pool, the limiter or the name that was added */
    void remove(Object owner);

    /** Removes all. */
    @Override
    void close();
}
