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
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.server.fault.FaultTarget;
import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.model.ServerSession;
import io.cameldatabricks.testinfra.server.model.ServerStatement;
import io.cameldatabricks.testinfra.server.model.SessionStore;
import io.cameldatabricks.testinfra.server.model.StatementFactory;
import io.cameldatabricks.testinfra.server.model.StatementRunner;
import io.cameldatabricks.testinfra.server.model.StatementState;
import io.cameldatabricks.testinfra.server.model.StatementStore;

/** The Statement Execution API, beside its links. */
final class StatementRoutes {

    private static final System.Logger LOG = System.getLogger(StatementRoutes.class.getName());
    private static final String STATEMENTS = "/api/2.0/sql/statements";

    private final StatementFactory factory;
    private final StatementStore statements;
    private final SessionStore sessions;
    private final StatementRunner runner;
    private final ServerClock clock;
    private final WarehouseRoutes warehouses;
    private final StatementAnswer answer;

    StatementRoutes(
            StatementFactory factory,
            StatementStore statements,
            SessionStore sessions,
            StatementRunner runner,
            ServerClock clock,
            WarehouseRoutes warehouses,
            StatementAnswer answer) {
        this.factory = factory;
        this.statements = statements;
        this.sessions = sessions;
        this.runner = runner;
        this.clock = clock;
        this.warehouses = warehouses;
        this.answer = answer;
    }

    void addTo(Router router) {
        router.add("POST", STATEMENTS, CallKind.SUBMIT, this::submitTarget, this::execute);
        add(router, "GET", "", CallKind.STATUS, this::get);
        add(router, "GET", "/status", CallKind.STATUS, this::status);
        add(router, "POST", "/cancel", CallKind.CANCEL, this::cancel);
        add(router, "DELETE", "", CallKind.CLOSE, this::close);
        add(router, "GET", "/result/chunks/{chunk}", CallKind.RESULT, this::chunk);
    }

    private void add(Router router, String method, String path, CallKind kind, Router.Handler handler) {
        router.add(method, STATEMENTS + "/{id}" + path, kind, call -> target(call, kind), handler);
    }

    private FaultTarget target(ApiCall call, CallKind kind) {
        String sql = statements
                .find(call.pathVariable("id"))
                .map(statement -> statement.request().sql())
                .orElse(null);
        return FaultTarget.of(kind, null, sql);
    }

    private FaultTarget submitTarget(ApiCall call) throws IOException {
        JsonNode body = call.json();
        return FaultTarget.of(
                CallKind.SUBMIT,
                Json.text(body, "session_id").orElse(null),
                Json.text(body, "statement").orElse(null));
    }

    private void execute(ApiCall call) throws IOException {
        JsonNode body = call.json();
        ServerSession session = Json.text(body, "session_id").map(this::session).orElse(null);
        ExecuteRequest request = ExecuteRequest.parse(body, session, call.header("User-Agent"));
        warehouses.use(request.statement().warehouseId());
        ServerStatement statement =
                factory.create(request.statement(), call.faults().result());
        StatementRunner.Admission admission = runner.admit(statement, session);
        if (admission == StatementRunner.Admission.REFUSED) {
            throw new ApiException(
                    429, "RESOURCE_EXHAUSTED", "The queue of the SQL warehouse is full. Please try again later.");
        }
        statements.add(statement);
        if (request.waitTimeout().isZero()) {
            answer(call, statement);
        } else {
            answerAtEnd(call, statement, request);
        }
        if (admission == StatementRunner.Admission.RUN) {
            runner.run(statement);
        }
    }

    private ServerSession session(String id) {
        return sessions.find(id)
                .orElseThrow(() -> ApiException.notFound("Invalid SessionHandle: SessionHandle [" + id
                        + "] has not been initialized or had already closed."));
    }

    private void answerAtEnd(ApiCall call, ServerStatement statement, ExecuteRequest request) {
        ServerClock.Timer timer = clock.schedule(request.waitTimeout(), () -> {
            if (request.cancelAfterWait()) {
                runner.cancel(statement);
            } else {
                answer(call, statement);
            }
        });
        statement.ended().thenAccept(ended -> {
            timer.cancel();
            answer(call, ended);
        });
    }

    private void answer(ApiCall call, ServerStatement statement) {
        try {
            boolean closing = answer.closes(statement);
            call.answer(200, answer.statement(statement, links(call)), ApiCall.JSON);
            if (closing) {
                runner.close(statement);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "Failed to answer with " + statement, e);
            call.error(new ApiException(500, "INTERNAL_ERROR", "The local warehouse failed; its log says why."));
        }
    }

    private StatementAnswer.Links links(ApiCall call) {
        Duration life = call.faults().linkLife();
        return new StatementAnswer.Links(
                warehouses.baseUrl(call.header("Host")), life == null ? StatementAnswer.LINK_LIFE : life);
    }

    private ServerStatement find(ApiCall call) {
        String id = call.pathVariable("id");
        ServerStatement statement =
                statements.find(id).orElseThrow(() -> ApiException.notFound("The statement " + id + " was not found."));
        statement.touch(clock.instant());
        return statement;
    }

    private void get(ApiCall call) {
        answer(call, find(call));
    }

    private void status(ApiCall call) throws IOException {
        call.answer(200, answer.status(find(call)), ApiCall.JSON);
    }

    private void cancel(ApiCall call) {
        runner.cancel(find(call));
        call.json(200, Map.of());
    }

    private void close(ApiCall call) {
        runner.close(find(call));
        call.json(200, Map.of());
    }

    private void chunk(ApiCall call) throws IOException {
        ServerStatement statement = find(call);
        StatementState state = statement.snapshot().state();
        if (state != StatementState.SUCCEEDED) {
            String reason = state == StatementState.CLOSED
                    ? "its result is no longer available"
                    : "it has no result in state " + state;
            throw new ApiException(
                    state == StatementState.CLOSED ? 404 : 400,
                    state == StatementState.CLOSED ? "NOT_FOUND" : "BAD_REQUEST",
                    "No chunk of the statement " + statement.id() + " can be fetched: " + reason + ".");
        }
        int index;
        try {
            index = Integer.parseInt(call.pathVariable("chunk"));
        } catch (NumberFormatException e) {
            throw ApiException.invalid("The chunk index must be a number.");
        }
        call.answer(200, answer.chunk(statement, index, links(call)), ApiCall.JSON);
    }
}
