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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.SessionSettings;
import io.cameldatabricks.testinfra.server.fault.FaultTarget;
import io.cameldatabricks.testinfra.server.model.ServerSession;
import io.cameldatabricks.testinfra.server.model.SessionStore;

/** Sessions, as the JDBC driver opens and closes them. */
final class SessionRoutes {

    private final SessionStore sessions;
    private final WarehouseRoutes warehouses;

    SessionRoutes(SessionStore sessions, WarehouseRoutes warehouses) {
        this.sessions = sessions;
        this.warehouses = warehouses;
    }

    void addTo(Router router) {
        String sessions = "/api/2.0/sql/warehouses/{warehouse}/sessions";
        router.add("POST", sessions, Router.Access.TOKEN, CallKind.OPEN_SESSION, this::open);
        closing(router, "/api/2.0/sql/sessions/{id}");
        closing(router, sessions + "/{id}");
    }

    private void closing(Router router, String path) {
        router.add(
                "DELETE",
                path,
                CallKind.CLOSE_SESSION,
                call -> FaultTarget.of(CallKind.CLOSE_SESSION, call.pathVariable("id"), null),
                this::close);
    }

    private void open(ApiCall call) throws IOException {
        warehouses.use(call.pathVariable("warehouse"));
        JsonNode body = call.json();
        Map<String, String> configuration = new HashMap<>();
        body.path("session_confs")
                .properties()
                .forEach(entry -> configuration.put(
                        entry.getKey().toUpperCase(Locale.ROOT),
                        entry.getValue().asText()));
        SessionSettings settings = new SessionSettings(
                Json.text(body, "catalog").orElse(null),
                Json.text(body, "schema").orElse(null),
                configuration);
        try {
            ServerSession session = sessions.open(settings);
            call.json(200, Map.of("session_id", session.id(), "session_version", Map.of("version_id", 1)));
        } catch (EngineException e) {
            throw new ApiException(400, e.errorCode(), e.getMessage());
        }
    }

    private void close(ApiCall call) {
        String id = call.pathVariable("id");
        if (!sessions.close(id)) {
            throw ApiException.notFound("Session " + id + " does not exist.");
        }
        call.json(200, Map.of());
    }
}
