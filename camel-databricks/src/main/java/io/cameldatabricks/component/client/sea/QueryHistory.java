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

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;

import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.retry.RetryPolicy;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

/**
 * The query history, in which many statements are asked for at once and found by their tags. Pages are never turned:
 * with a filter the API has been unreliable at it. A search by tag, which the API cannot filter for, halves its time range
 * instead until all statements of a range fit on one page, and looks for any number of tags in one pass.
 */
final class QueryHistory {

    /** Ids in one request: more could exceed the length of an address. */
    static final int MOST_IDS = 100;

    private static final int PAGE = 999;
    private static final Duration SHORTEST_RANGE = Duration.ofMillis(10);

    private final SeaHttp http;
    private final RetryPolicy policy;
    private final InstantSource clock;

    QueryHistory(SeaHttp http, RetryPolicy policy, InstantSource clock) {
        this.http = http;
        this.policy = policy;
        this.clock = clock;
    }

    CompletableFuture<Map<StatementId, StatementStatus>> statuses(Collection<StatementId> ids, Urgency urgency) {
        Set<StatementId> asked = new HashSet<>(ids);
        if (asked.size() > MOST_IDS) {
            throw new IllegalArgumentException("At most " + MOST_IDS + " statements can be asked for at once");
        }
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        return list(SeaRequests.history(asked), urgency).thenApply(answer -> {
            Instant now = clock.instant();
            Map<StatementId, StatementStatus> found = new HashMap<>();
            for (JsonNode query : answer.path("res")) {
                status(query, now)
                        .filter(status -> asked.contains(status.id()))
                        .ifPresent(status -> found.put(status.id(), status));
            }
            return found;
        });
    }

    CompletableFuture<Map<String, FoundStatement>> find(TagSearch search) {
        Urgency urgency = Urgency.now(clock.instant());
        return list(SeaRequests.history(search, PAGE), urgency).thenCompose(answer -> {
            Map<String, FoundStatement> found = onPage(answer, search);
            boolean more = answer.path("has_next_page").asBoolean();
            Duration range = Duration.between(search.from(), search.to());
            if (!more || range.compareTo(SHORTEST_RANGE) < 0) {
                return CompletableFuture.completedFuture(found);
            }
            Instant middle = search.from().plus(range.dividedBy(2));
            return findMore(found, search, middle, search.to())
                    .thenCompose(later -> findMore(later, search, search.from(), middle));
        });
    }

    /** Looks in a part of the time for what is not found yet. */
    private CompletableFuture<Map<String, FoundStatement>> findMore(
            Map<String, FoundStatement> found, TagSearch search, Instant from, Instant to) {
        Set<String> missing = new HashSet<>(search.values());
        missing.removeAll(found.keySet());
        if (missing.isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        return find(new TagSearch(search.warehouse(), search.key(), missing, from, to))
                .thenApply(more -> {
                    Map<String, FoundStatement> all = new HashMap<>(found);
                    all.putAll(more);
                    return all;
                });
    }

    private CompletableFuture<JsonNode> list(String path, Urgency urgency) {
        return http.send(new SeaHttp.Call("GET", path, null, urgency), policy).thenApply(answer -> {
            if (!answer.isSuccess()) {
                throw SeaErrors.of(answer, CallPhase.ASK, null);
            }
            JsonNode body = SeaJson.readOrMissing(answer.body());
            // an empty page has no "res" at all
            if (!body.isObject()
                    || !(body.path("res").isMissingNode() || body.path("res").isArray())) {
                throw SeaErrors.unreadable("it is no page of the query history", CallPhase.ASK, null);
            }
            return body;
        });
    }

    private Map<String, FoundStatement> onPage(JsonNode answer, TagSearch search) {
        Instant now = clock.instant();
        Map<String, FoundStatement> found = new HashMap<>();
        for (JsonNode query : answer.path("res")) {
            for (JsonNode tag : query.path("query_tags")) {
                String value = tag.path("value").textValue();
                if (value == null
                        || !search.key().equals(tag.path("key").textValue())
                        || !search.values().contains(value)) {
                    continue;
                }
                statement(query, now)
                        .ifPresent(statement -> found.merge(
                                value,
                                statement,
                                (one, other) -> other.startedAt().isBefore(one.startedAt()) ? other : one));
            }
        }
        return found;
    }

    /** It is there, whatever it does: a state that we do not know must not make it look as if it had never begun. */
    private static Optional<FoundStatement> statement(JsonNode query, Instant now) {
        long started = query.path("query_start_time_ms").asLong();
        return id(query)
                .map(id -> new FoundStatement(
                        status(query, now).orElseGet(() -> StatementStatus.of(id, StatementState.RUNNING, now)),
                        started > 0 ? Instant.ofEpochMilli(started) : now));
    }

    private static Optional<StatementId> id(JsonNode query) {
        try {
            return Optional.of(StatementId.of(query.path("query_id").textValue()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @return empty for an entry that cannot be read: it is then asked for by itself, which tells why */
    private static Optional<StatementStatus> status(JsonNode query, Instant observedAt) {
        return id(query).flatMap(id -> state(query.path("status").asText()).map(state -> {
            long end = query.path("query_end_time_ms").asLong();
            Instant endedAt = state.isTerminal() && end > 0 ? Instant.ofEpochMilli(end) : null;
            return new StatementStatus(id, state, null, observedAt, endedAt);
        }));
    }

    private static Optional<StatementState> state(String status) {
        return switch (status) {
            case "QUEUED" -> Optional.of(StatementState.PENDING);
            case "STARTED", "COMPILING", "COMPILED", "RUNNING" -> Optional.of(StatementState.RUNNING);
            case "FINISHED" -> Optional.of(StatementState.SUCCEEDED);
            case "FAILED" -> Optional.of(StatementState.FAILED);
            case "CANCELED" -> Optional.of(StatementState.CANCELED);
            default -> Optional.empty();
        };
    }
}
