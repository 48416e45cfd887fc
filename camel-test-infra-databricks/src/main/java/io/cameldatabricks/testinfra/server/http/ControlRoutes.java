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

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.cameldatabricks.testinfra.server.engine.SqlEngine;
import io.cameldatabricks.testinfra.server.engine.scripted.ScriptedAnswer;
import io.cameldatabricks.testinfra.server.engine.scripted.ScriptedEngine;
import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.model.ServerStatement;
import io.cameldatabricks.testinfra.server.model.SessionStore;
import io.cameldatabricks.testinfra.server.model.StatementRequest;
import io.cameldatabricks.testinfra.server.model.StatementStore;

/**
 * What tests steer the warehouse with; not part of Databricks. Speaks HTML forms and plain text, so that its client needs
 * no library.
 */
final class ControlRoutes {

    private final ServerClock clock;
    private final SessionStore sessions;
    private final StatementStore statements;
    private final RequestLog log;
    private final SqlEngine engine;

    ControlRoutes(
            ServerClock clock, SessionStore sessions, StatementStore statements, RequestLog log, SqlEngine engine) {
        this.clock = clock;
        this.sessions = sessions;
        this.statements = statements;
        this.log = log;
        this.engine = engine;
    }

    void addTo(Router router) {
        router.add("GET", "/local/clock", call -> call.text(200, clock.instant().toString()));
        router.add("POST", "/local/clock", this::advance);
        router.add("GET", "/local/sessions", call -> call.text(200, String.valueOf(sessions.size())));
        router.add("DELETE", "/local/sessions", call -> call.text(200, String.valueOf(sessions.closeAll())));
        router.add("GET", "/local/statements", this::statements);
        router.add("GET", "/local/requests", this::requests);
        router.add("DELETE", "/local/requests", call -> {
            log.clear();
            call.text(200, "");
        });
        router.add("POST", "/local/scripts", this::script);
        router.add("DELETE", "/local/scripts", call -> {
            scripted().clear();
            call.text(200, "");
        });
    }

    private void advance(ApiCall call) throws IOException {
        String text = call.form().getOrDefault("advance", List.of("")).get(0);
        try {
            clock.advance(Duration.parse(text));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw ApiException.invalid("Field 'advance' must be a duration such as PT15M, not negative.");
        }
        call.text(200, clock.instant().toString());
    }

    /**
     * One line for each statement that was accepted, oldest first: id, state, time, text, session, tags; the last three are
     * URL-encoded, the session may be empty, and tags are joined as in a form.
     */
    private void statements(ApiCall call) {
        List<ServerStatement> oldestFirst = new ArrayList<>(statements.newestFirst());
        Collections.reverse(oldestFirst);
        StringBuilder lines = new StringBuilder();
        for (ServerStatement statement : oldestFirst) {
            StatementRequest request = statement.request();
            String tags = request.tags().entrySet().stream()
                    .map(tag -> encode(tag.getKey()) + "=" + encode(tag.getValue()))
                    .collect(Collectors.joining("&"));
            lines.append(statement.id())
                    .append(' ')
                    .append(statement.snapshot().state())
                    .append(' ')
                    .append(statement.created())
                    .append(' ')
                    .append(encode(request.sql()))
                    .append(' ')
                    .append(request.sessionId() == null ? "" : encode(request.sessionId()))
                    .append(' ')
                    .append(encode(tags))
                    .append('\n');
        }
        call.text(200, lines.toString());
    }

    /** One line for each request: number, method, status, address, body, faults; address and body are URL-encoded. */
    private void requests(ApiCall call) {
        Map<String, List<String>> query = call.query();
        long since;
        try {
            since = Long.parseLong(query.getOrDefault("since", List.of("0")).get(0));
        } catch (NumberFormatException e) {
            throw ApiException.invalid("Field 'since' must be a number.");
        }
        StringBuilder lines = new StringBuilder();
        for (RequestLog.Entry entry : log.since(since)) {
            if (!entry.uri.startsWith("/local/")) {
                lines.append(entry.number)
                        .append(' ')
                        .append(entry.method)
                        .append(' ')
                        .append(entry.status);
                lines.append(' ')
                        .append(encode(entry.uri))
                        .append(' ')
                        .append(encode(entry.body))
                        .append(' ')
                        .append(String.join(",", entry.faults))
                        .append('\n');
            }
        }
        call.text(200, lines.toString());
    }

    private void script(ApiCall call) throws IOException {
        try {
            scripted().add(ScriptedAnswer.parse(call.form()));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(e.getMessage());
        }
        call.text(200, "");
    }

    private ScriptedEngine scripted() {
        if (engine instanceof ScriptedEngine scripted) {
            return scripted;
        }
        throw ApiException.badRequest("Only the scripted engine takes scripts; this warehouse runs Spark.");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
