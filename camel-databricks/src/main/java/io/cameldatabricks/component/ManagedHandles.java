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
package io.cameldatabricks.component;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/** What an operator can do with the handles of a name. Blocks as the repository does. Safe for many threads. */
final class ManagedHandles {

    private static final long CANCEL_TIMEOUT_MS = 10_000;

    private final DatabricksEndpoint endpoint;

    ManagedHandles(DatabricksEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * @param state in any case
     * @param most at most so many, the oldest first
     * @throws IllegalArgumentException when there is no such state
     */
    List<StatementHandle> list(String state, int most) {
        HandleState wanted;
        try {
            wanted = HandleState.valueOf((state == null ? "" : state).trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "There is no state of this name: use one of " + Arrays.toString(HandleState.values()), e);
        }
        return repository().list(endpoint.getName(), wanted, Math.max(0, most));
    }

    /** Asks the server to stop the statement of a handle. Its end is delivered as always. */
    String cancel(String key) throws InterruptedException {
        StatementHandle handle = find(key);
        if (handle.state() != HandleState.SUBMITTED) {
            return "The handle is " + handle.state() + ": there is nothing to cancel";
        }
        try {
            boolean known = endpoint.handles()
                    .access()
                    .client()
                    .cancel(handle.statementId())
                    .toCompletableFuture()
                    .get(CANCEL_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            endpoint.handles().tracker().hurry(key);
            return known
                    ? "The server was asked to cancel statement " + handle.statementId()
                    : "The server does not know statement " + handle.statementId();
        } catch (ExecutionException e) {
            // without the cause, whose message may hold what the server said
            throw new IllegalStateException(
                    "The cancel failed: " + e.getCause().getClass().getSimpleName());
        } catch (TimeoutException e) {
            throw new IllegalStateException("The server has not answered the cancel within 10 s");
        }
    }

    /** Makes a handle due that was given up, with all its deliveries before it. */
    String redeliver(String key) {
        StatementHandle handle = find(key);
        if (handle.state() != HandleState.DEAD) {
            return "The handle is " + handle.state() + ": only one that is DEAD is delivered again by hand";
        }
        return repository().revive(handle)
                ? "The handle is due again"
                : "Somebody else has changed the handle at the same time";
    }

    private StatementHandle find(String key) {
        Optional<StatementHandle> handle = repository().find(key == null ? "" : key.trim());
        return handle.filter(found -> found.name().equals(endpoint.getName()))
                .orElseThrow(
                        () -> new IllegalArgumentException("No handle of " + endpoint.getName() + " has this key"));
    }

    private StatementHandleRepository repository() {
        return endpoint.handles().repository();
    }
}
