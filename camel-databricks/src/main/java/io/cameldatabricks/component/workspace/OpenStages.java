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

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;

/**
 * The transfers of one producer that exchanges wait for without a thread, so that none waits for ever when the producer
 * stops. Safe for many threads.
 */
public final class OpenStages {

    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** The same stage, which fails when the producer stops before it has ended. */
    public <T> CompletableFuture<T> add(CompletionStage<T> stage) {
        CompletableFuture<T> waiting = stage.toCompletableFuture().copy();
        open.add(waiting);
        waiting.whenComplete((value, failure) -> open.remove(waiting));
        if (stopped) {
            fail(waiting);
        }
        return waiting;
    }

    /** Fails what is open, and what comes. */
    public void stop() {
        stopped = true;
        open.forEach(OpenStages::fail);
    }

    private static void fail(CompletableFuture<?> waiting) {
        waiting.completeExceptionally(new TransientDatabricksException(
                "The endpoint was stopped before the transfer had ended", ErrorDetails.none(), null));
    }
}
