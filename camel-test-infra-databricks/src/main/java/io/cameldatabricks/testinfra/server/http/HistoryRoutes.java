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
package io.cameldatabricks.testinfra.server.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.server.model.ServerStatement;
import io.cameldatabricks.testinfra.server.model.StatementRequest;
import io.cameldatabricks.testinfra.server.model.StatementState;
import io.cameldatabricks.testinfra.server.model.StatementStore;

/**
 * The query history. Newest first; a page has 100 entries unless asked otherwise, and always names a next page, also the
 * last one: only {@code has_next_page} tells.
 */
final class HistoryRoutes {

    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 999;
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private enum Status {
        QUEUED,
        STARTED,
        COMPILING,
        COMPILED,
        RUNNING,
        FINISHED,
        FAILED,
        CANCELED
    }

    private final StatementStore statements;

    HistoryRoutes(StatementStore statements) {
        this.statements = statements;
    }

    void addTo(Router router) {
        router.add("GET", "/api/2.0/sql/history/queries", Router.Access.TOKEN, CallKind.HISTORY, this::list);
    }

    private void list(ApiCall call) {
        Map<String, List<String>> query = call.query();
        int size = number(query, "max_results").map(Long::intValue).orElse(DEFAULT_PAGE);
        if (size < 1 || size > LARGEST_PAGE) {
            throw ApiException.invalid("max_results must be between 1 and " + LARGEST_PAGE + ".");
        }
        int from = first(query, "page_token").map(HistoryRoutes::offset).orElse(0);
        Predicate<ServerStatement> filter = filter(query);
        List<Map<String, Object>> page = new ArrayList<>();
        int position = 0;
        boolean more = false;
        for (ServerStatement statement : candidates(query)) {
            if (!filter.test(statement)) {
                continue;
            }
            if (position >= from + size) {
                more = true;
                break;
            }
            if (position++ >= from) {
                page.add(describe(statement));
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("res", page);
        answer.put("has_next_page", more);
        answer.put("next_page_token", token(from + page.size()));
        call.json(200, answer);
    }

    /** Statements asked for by their ids are looked up instead of searched for. */
    private List<ServerStatement> candidates(Map<String, List<String>> query) {
        Set<String> ids = values(query, "filter_by.statement_ids");
        if (ids.isEmpty()) {
            return statements.newestFirst();
        }
        List<ServerStatement> found = new ArrayList<>();
        ids.forEach(id -> statements.findInHistory(id).ifPresent(found::add));
        found.sort((a, b) -> b.created().compareTo(a.created()));
        return found;
    }

    private static Predicate<ServerStatement> filter(Map<String, List<String>> query) {
        Set<String> warehouses = values(query, "filter_by.warehouse_ids");
        Set<String> users = values(query, "filter_by.user_ids");
        Set<String> statuses = values(query, "filter_by.statuses");
        statuses.forEach(name -> Json.choice(Status.class, "statuses", name));
        Optional<Long> after = number(query, "filter_by.query_start_time_range.start_time_ms");
        Optional<Long> before = number(query, "filter_by.query_start_time_range.end_time_ms");
        return statement ->
                (warehouses.isEmpty() || warehouses.contains(statement.request().warehouseId()))
                        && (users.isEmpty() || users.contains(String.valueOf(WarehouseRoutes.USER_ID)))
                        && (statuses.isEmpty()
                                || statuses.contains(
                                        status(statement.snapshot().state()).name()))
                        && (after.isEmpty() || statement.created().toEpochMilli() >= after.get())
                        && (before.isEmpty() || statement.created().toEpochMilli() <= before.get());
    }

    private static Map<String, Object> describe(ServerStatement statement) {
        ServerStatement.Snapshot snapshot = statement.snapshot();
        StatementRequest request = statement.request();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("query_id", statement.id());
        entry.put("status", status(snapshot.state()).name());
        entry.put("query_text", request.sql());
        entry.put("query_start_time_ms", statement.created().toEpochMilli());
        Instant finished = snapshot.finished();
        if (finished != null) {
            entry.put("execution_end_time_ms", finished.toEpochMilli());
            entry.put("query_end_time_ms", finished.toEpochMilli());
            entry.put("duration", finished.toEpochMilli() - statement.created().toEpochMilli());
        }
        entry.put("user_id", WarehouseRoutes.USER_ID);
        entry.put("user_name", WarehouseRoutes.USER_NAME);
        entry.put("executed_as_user_id", WarehouseRoutes.USER_ID);
        entry.put("executed_as_user_name", WarehouseRoutes.USER_NAME);
        entry.put("endpoint_id", request.warehouseId());
        entry.put("warehouse_id", request.warehouseId());
        if (request.sessionId() != null) {
            entry.put("session_id", request.sessionId());
        }
        if (snapshot.error() != null) {
            entry.put("error_message", snapshot.error().getMessage());
        }
        if (snapshot.state().terminal()) {
            entry.put("statement_type", snapshot.outcome().statementType());
            entry.put("rows_produced", statement.result().rows());
        }
        entry.put("is_final", snapshot.state().terminal());
        entry.put("client_application", client(request.client()));
        List<Map<String, String>> tags = new ArrayList<>();
        request.tags().forEach((key, value) -> tags.add(Map.of("key", key, "value", value)));
        if (!tags.isEmpty()) {
            entry.put("query_tags", tags);
        }
        return entry;
    }

    private static String client(String userAgent) {
        return userAgent != null && userAgent.contains("JDBC")
                ? "Databricks SQL JDBC Driver"
                : "Statement Execution API";
    }

    private static Status status(StatementState state) {
        return switch (state) {
            case PENDING -> Status.QUEUED;
            case RUNNING -> Status.RUNNING;
            case SUCCEEDED, CLOSED -> Status.FINISHED;
            case FAILED -> Status.FAILED;
            case CANCELED -> Status.CANCELED;
        };
    }

    private static String token(int offset) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("from:" + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            return Integer.parseInt(text.substring("from:".length()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ApiException.invalid("The page_token is not one of this API.");
        }
    }

    private static Set<String> values(Map<String, List<String>> query, String name) {
        Set<String> values = new LinkedHashSet<>();
        for (String value : query.getOrDefault(name, List.of())) {
            values.addAll(List.of(value.split(",")));
        }
        values.remove("");
        return values;
    }

    private static Optional<String> first(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static Optional<Long> number(Map<String, List<String>> query, String name) {
        return first(query, name).map(text -> {
            if (!DIGITS.matcher(text).matches()) {
                throw ApiException.invalid("Field '" + name + "' must be a number.");
            }
            return Long.valueOf(text);
        });
    }
}
