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

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.execute.StopReason;

/**
 * The statements of one owner whose end is waited for without a thread, so that all can be ended when the owner stops: each as
 * its limits say. Safe for many threads.
 */
public final class AwaitedStatements {

    /** A submit may be on its way, and a cancel has to be sent and seen. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final Set<AwaitedStatement> awaited = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** @throws TransientDatabricksException when the owner has stopped; the statement is not to be sent then */
    void add(AwaitedStatement statement) {
        awaited.add(statement);
        statement.outcome().whenComplete((end, failure) -> awaited.remove(statement));
        if (stopped) {
            awaited.remove(statement);
            throw new TransientDatabricksException(
                    "The endpoint was stopped before the statement was sent", ErrorDetails.none(), null);
        }
    }

    /** Ends what is waited for and refuses what comes; blocks until all has ended, but not for long. */
    public void stop() {
        stopped = true;
        CompletableFuture<?>[] ends = awaited.stream()
                .map(statement -> {
                    statement.stop(StopReason.SHUTDOWN);
                    return statement.outcome().handle((end, failure) -> null);
                })
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // whoever closes the client fails what is left
            awaited.clear();
        }
    }
}
