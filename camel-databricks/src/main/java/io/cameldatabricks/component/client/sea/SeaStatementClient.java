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
package io.cameldatabricks.component.client.sea;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.client.Capabilities;
import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.ForeignHandleException;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

/** {@link StatementClient} over the Statement Execution API. */
final class SeaStatementClient implements StatementClient {

    private static final Logger LOG = LoggerFactory.getLogger(SeaStatementClient.class);
    private static final byte[] NO_DETAILS = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final Capabilities CAPABILITIES = new Capabilities(QueryHistory.MOST_IDS, true, true, true, true);

    private final SeaHttp http;
    private final SeaSettings settings;
    private final QueryHistory history;
    private final InstantSource clock;

    SeaStatementClient(SeaHttp http, SeaSettings settings, InstantSource clock) {
        this.http = http;
        this.settings = settings;
        this.history = new QueryHistory(http, settings.reads(), clock);
        this.clock = clock;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public CompletionStage<StatementStatus> submit(StatementRequest request) {
        return guarded(CallPhase.SUBMIT, null, () -> {
            SeaHttp.Call call = new SeaHttp.Call(
                    "POST",
                    SeaRequests.STATEMENTS,
                    SeaRequests.submit(request),
                    Urgency.now(clock.instant()),
                    request.waitPolicy().serverWait());
            return http.send(call, settings.submits()).thenApply(answer -> {
                if (!answer.isSuccess()) {
                    throw SeaErrors.of(answer, CallPhase.SUBMIT, null);
                }
                JsonNode body = SeaJson.readOrMissing(answer.body());
                StatementId id = SeaResponses.submittedId(body);
                try {
                    return SeaResponses.status(body, id, clock.instant());
                } catch (RuntimeException e) {
                    // the server has the statement, so its id must not get lost; the next status says the same aloud
                    LOG.warn("Statement {} was submitted, but its first state is not known: {}", id, e.getMessage());
                    return StatementStatus.of(id, StatementState.PENDING, clock.instant());
                }
            });
        });
    }

    @Override
    public CompletionStage<Optional<StatementStatus>> status(StatementId id, Urgency urgency) {
        return guarded(CallPhase.ASK, id, () -> read(id, urgency)
                .thenApply(body -> body.map(json -> SeaResponses.status(json, id, clock.instant()))));
    }

    @Override
    public CompletionStage<Map<StatementId, StatementStatus>> statuses(Collection<StatementId> ids, Urgency urgency) {
        return guarded(CallPhase.ASK, null, () -> history.statuses(ids, urgency));
    }

    @Override
    public CompletionStage<Map<String, FoundStatement>> find(TagSearch search) {
        return guarded(CallPhase.ASK, null, () -> history.find(search));
    }

    @Override
    public CompletionStage<ResultSummary> result(StatementId id) {
        return guarded(CallPhase.ASK, id, () -> read(id, Urgency.now(clock.instant()))
                .thenApply(body -> SeaResponses.summary(body.orElse(null), id, clock.instant())));
    }

    @Override
    public CompletionStage<Boolean> cancel(StatementId id) {
        return order(id, new SeaHttp.Call("POST", SeaRequests.cancel(id), NO_DETAILS, Urgency.now(clock.instant())));
    }

    @Override
    public CompletionStage<Boolean> release(StatementId id) {
        return order(id, new SeaHttp.Call("DELETE", SeaRequests.statement(id), null, Urgency.now(clock.instant())));
    }

    private CompletionStage<Boolean> order(StatementId id, SeaHttp.Call call) {
        return guarded(CallPhase.ASK, id, () -> {
            requireOwn(id);
            return http.send(call, settings.reads()).thenApply(answer -> {
                if (answer.isSuccess()) {
                    return true;
                }
                if (SeaErrors.statementGone(answer)) {
                    return false;
                }
                throw SeaErrors.of(answer, CallPhase.ASK, id);
            });
        });
    }

    /** The id of another transport has a secret, which must not become part of an address. */
    private static void requireOwn(StatementId id) {
        if (id.hasSecret()) {
            throw new ForeignHandleException(
                    "Statement " + id + " was submitted over Thrift and can only be reached that way");
        }
    }

    private CompletableFuture<Optional<JsonNode>> read(StatementId id, Urgency urgency) {
        requireOwn(id);
        SeaHttp.Call call = new SeaHttp.Call("GET", SeaRequests.statement(id), null, urgency);
        return http.send(call, settings.reads()).thenApply(answer -> {
            if (answer.isSuccess()) {
                return Optional.of(SeaJson.readOrMissing(answer.body()));
            }
            if (SeaErrors.statementGone(answer)) {
                return Optional.empty();
            }
            throw SeaErrors.of(answer, CallPhase.ASK, id);
        });
    }

    /** Every failure leaves through here, as one of ours. */
    private static <T> CompletableFuture<T> guarded(
            CallPhase phase, StatementId id, Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> started;
        try {
            started = call.get();
        } catch (RuntimeException e) {
            // a mistake of the caller, found before anything was sent
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        started.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                Throwable cause = failure;
                while (cause instanceof CompletionException && cause.getCause() != null) {
                    cause = cause.getCause();
                }
                result.completeExceptionally(SeaErrors.of(cause, phase, id));
            }
        });
        return result;
    }

    @Override
    public void close() {
        // the HTTP client of Java 17 has nothing to close: it ends by itself when nothing refers to it any more
    }
}
