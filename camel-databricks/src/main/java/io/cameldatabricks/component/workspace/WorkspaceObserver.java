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
package io.cameldatabricks.component.workspace;

import java.util.function.IntSupplier;

import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.retry.RateLimiter;

/** Is told what comes and goes on the ways to the workspaces, and what happens there. Safe for many threads; must not block. */
public interface WorkspaceObserver {

    /** Whom to tell of statements and calls. */
    StatementListener listener();

    /**
     * @param label for people
     * @param queued how many statements wait for a connection now
     * @return the label, or a similar one if another pool has it
     */
    String poolOpened(String label, ConnectionPool pool, IntSupplier queued);

    /** @param label that {@link #poolOpened} gave */
    void poolClosed(String label, ConnectionPool pool);

    void limiterMade(String workspace, RateLimiter limiter);

    void limiterGone(RateLimiter limiter);
}
