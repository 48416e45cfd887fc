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

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

import io.cameldatabricks.component.client.StatementErrors;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.track.StatementCanceller;

/** What the operations on a handle ask the server for. Safe for many threads. */
final class StatementCalls {

    private final StatementAccess access;
    private final AsyncThreads threads;
    private final InstantSource clock;
    private final Duration resultTimeout;
    private final StatementCanceller canceller;

    StatementCalls(StatementAccess access, AsyncThreads threads, InstantSource clock, Duration resultTimeout) {
        this.access = access;
        this.threads = threads;
        this.clock = clock;
        this.resultTimeout = resultTimeout;
        this.canceller = new StatementCanceller(access.client(), access.awaiter(), clock);
    }

    AsyncThreads threads() {
        return threads;
    }

    /**
     * @return the same
     * @throws io.cameldatabricks.component.statement.ForeignHandleException when the statement belongs to another
     *     workspace or transport
     */
    StatementReference reachable(StatementReference reference) {
        return reference.requireReachable(access.key().workspace(), access.key().transport());
    }

    CompletionStage<StatementStatus> status(StatementReference reference) {
        return access.client()
                .status(reference.id(), Urgency.now(clock.instant()))
                .thenApply(found -> found.orElseThrow(() -> StatementErrors.unknown(reference.id())));
    }

    CompletionStage<StatementStatus> cancel(StatementReference reference) {
        return canceller.cancel(reference, resultTimeout);
    }

    CompletionStage<Boolean> release(StatementReference reference) {
        return access.client().release(reference.id());
    }
}
