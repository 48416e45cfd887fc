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
package io.cameldatabricks.benchmarks;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

import io.cameldatabricks.component.client.Capabilities;
import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

/** Answers at once, without a network: every statement runs for ever. What is left is the cost of the client's own work. */
final class StubWarehouse implements StatementClient {

    private final InstantSource clock = InstantSource.system();
    private final AtomicLong submits = new AtomicLong();

    long submits() {
        return submits.get();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(100, true, true, true, true);
    }

    private StatementStatus running(StatementId id) {
        return StatementStatus.of(id, StatementState.RUNNING, clock.instant());
    }

    @Override
    public CompletionStage<StatementStatus> submit(StatementRequest request) {
        // as the service makes them: those of the same moment begin with the same digits
        long number = submits.incrementAndGet();
        UUID random = UUID.randomUUID();
        return CompletableFuture.completedFuture(running(StatementId.of(
                new UUID(0x01F0_0000_0000_1000L + (number << 16), random.getLeastSignificantBits()).toString())));
    }

    @Override
    public CompletionStage<Optional<StatementStatus>> status(StatementId id, Urgency urgency) {
        return CompletableFuture.completedFuture(Optional.of(running(id)));
    }

    @Override
    public CompletionStage<Map<StatementId, StatementStatus>> statuses(Collection<StatementId> ids, Urgency urgency) {
        Map<StatementId, StatementStatus> all = new LinkedHashMap<>();
        ids.forEach(id -> all.put(id, running(id)));
        return CompletableFuture.completedFuture(all);
    }

    @Override
    public CompletionStage<Map<String, FoundStatement>> find(TagSearch search) {
        return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletionStage<Boolean> cancel(StatementId id) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<Boolean> release(StatementId id) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<ResultSummary> result(StatementId id) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public void close() {}
}
