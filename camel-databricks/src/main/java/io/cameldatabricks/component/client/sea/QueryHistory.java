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
 * The query history, in which many statements are asked for at once and one is found by its tag. Pages are never turned:
 * with a filter the API has been unreliable at it. A search by tag, which the API cannot filter for, halves its time range
 * instead until all statements of a range fit on one page.
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

    CompletableFuture<Optional<FoundStatement>> find(TagSearch search) {
        Urgency urgency = Urgency.now(clock.instant());
        return list(SeaRequests.history(search, PAGE), urgency).thenCompose(answer -> {
            Optional<FoundStatement> found = first(answer, search);
            boolean more = answer.path("has_next_page").asBoolean();
            Duration range = Duration.between(search.from(), search.to());
            if (found.isPresent() || !more || range.compareTo(SHORTEST_RANGE) < 0) {
                return CompletableFuture.completedFuture(found);
            }
            Instant middle = search.from().plus(range.dividedBy(2));
            return find(between(search, middle, search.to()))
                    .thenCompose(later -> later.isPresent()
                            ? CompletableFuture.completedFuture(later)
                            : find(between(search, search.from(), middle)));
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

    private Optional<FoundStatement> first(JsonNode answer, TagSearch search) {
        Instant now = clock.instant();
        FoundStatement first = null;
        for (JsonNode query : answer.path("res")) {
            if (!hasTag(query, search)) {
                continue;
            }
            Instant started =
                    Instant.ofEpochMilli(query.path("query_start_time_ms").asLong());
            Optional<StatementStatus> status = status(query, now);
            if (status.isPresent() && (first == null || started.isBefore(first.startedAt()))) {
                first = new FoundStatement(status.get(), started);
            }
        }
        return Optional.ofNullable(first);
    }

    private static boolean hasTag(JsonNode query, TagSearch search) {
        for (JsonNode tag : query.path("query_tags")) {
            if (search.key().equals(tag.path("key").textValue())
                    && search.value().equals(tag.path("value").textValue())) {
                return true;
            }
        }
        return false;
    }

    private static TagSearch between(TagSearch search, Instant from, Instant to) {
        return new TagSearch(search.warehouse(), search.key(), search.value(), from, to);
    }

    /** @return empty for an entry that cannot be read: it is then asked for by itself, which tells why */
    private static Optional<StatementStatus> status(JsonNode query, Instant observedAt) {
        StatementId id;
        try {
            id = StatementId.of(query.path("query_id").textValue());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return state(query.path("status").asText()).map(state -> {
            long end = query.path("query_end_time_ms").asLong();
            Instant endedAt = state.isTerminal() && end > 0 ? Instant.ofEpochMilli(end) : null;
            return new StatementStatus(id, state, null, observedAt, endedAt);
        });
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
