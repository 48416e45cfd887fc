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
package io.cameldatabricks.component.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementStatus;

/**
 * Ends the calls of another client at the latest when it is closed: a call may wait for its next attempt, and nobody makes that
 * after the end of the threads. Thread-safe.
 */
public final class EndingStatementClient implements StatementClient {

    private final StatementClient client;
    private final Duration patience;
    private final Set<Call<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private record Call<T>(CompletableFuture<T> answer, boolean submits) {

        void end() {
            answer.completeExceptionally(
                    submits
                            ? new SubmitOutcomeUnknownException(
                                    "The component was stopped before the server answered, so the statement may run",
                                    ErrorDetails.none(),
                                    null)
                            : stopped());
        }
    }

    /** @param patience for how long {@link #close} waits for the answers to submits: an answer that is lost is dear */
    public EndingStatementClient(StatementClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    private static DatabricksException stopped() {
        return new TransientDatabricksException("The component was stopped", ErrorDetails.none(), null);
    }

    private <T> CompletionStage<T> ask(Function<StatementClient, CompletionStage<T>> question) {
        return call(() -> question.apply(client), false);
    }

    private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> sends, boolean submits) {
        Call<T> call = new Call<>(new CompletableFuture<>(), submits);
        open.add(call);
        call.answer().whenComplete((value, failure) -> open.remove(call));
        if (closed) {
            call.answer().completeExceptionally(stopped());
            return call.answer();
        }
        try {
            sends.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    call.answer().complete(value);
                } else {
                    call.answer().completeExceptionally(failure);
                }
            });
        } catch (RuntimeException | Error e) {
            call.answer().completeExceptionally(e);
        }
        return call.answer();
    }

    @Override
    public Capabilities capabilities() {
        return client.capabilities();
    }

    @Override
    public CompletionStage<StatementStatus> submit(StatementRequest request) {
        return call(() -> client.submit(request), true);
    }

    @Override
    public CompletionStage<Optional<StatementStatus>> status(StatementId id, Urgency urgency) {
        return ask(asked -> asked.status(id, urgency));
    }

    @Override
    public CompletionStage<Map<StatementId, StatementStatus>> statuses(Collection<StatementId> ids, Urgency urgency) {
        return ask(asked -> asked.statuses(ids, urgency));
    }

    @Override
    public CompletionStage<Map<String, FoundStatement>> find(TagSearch search) {
        return ask(asked -> asked.find(search));
    }

    @Override
    public CompletionStage<ResultSummary> result(StatementId id) {
        return ask(asked -> asked.result(id));
    }

    @Override
    public CompletionStage<Boolean> cancel(StatementId id) {
        return ask(asked -> asked.cancel(id));
    }

    @Override
    public CompletionStage<Boolean> release(StatementId id) {
        return ask(asked -> asked.release(id));
    }

    /** Refuses new calls, waits a while for the answers to submits, and ends what is still open then. */
    @Override
    public void close() {
        closed = true;
        CompletableFuture<?>[] submits = open.stream()
                .filter(Call::submits)
                .map(call -> call.answer().handle((value, failure) -> null))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(submits).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // ended below
        }
        client.close();
        open.forEach(Call::end);
    }
}
