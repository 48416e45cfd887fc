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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.server.model.SessionStore;
import io.cameldatabricks.testinfra.server.model.WarehouseCompute;

/** The one SQL warehouse of the server, its user, and the answers that clients want before they begin. */
final class WarehouseRoutes {

    static final String USER_NAME = "local@example.com";
    static final long USER_ID = 1001;

    private final String warehouseId;
    private final boolean tls;
    private final SessionStore sessions;
    private final WarehouseCompute compute;

    WarehouseRoutes(String warehouseId, boolean tls, SessionStore sessions, WarehouseCompute compute) {
        this.warehouseId = warehouseId;
        this.tls = tls;
        this.sessions = sessions;
        this.compute = compute;
    }

    void addTo(Router router) {
        add(router, "GET", "", call -> call.json(200, Map.of("warehouses", List.of(describe()))));
        add(router, "GET", "/{id}", this::get);
        add(router, "POST", "/{id}/start", call -> set(call, true));
        add(router, "POST", "/{id}/stop", call -> set(call, false));
        router.add("GET", "/api/2.0/preview/scim/v2/Me", this::me);
        router.add(
                "GET",
                "/api/2.0/connector-service/feature-flags/{client}/{version}",
                call -> call.json(200, Map.of("flags", List.of(), "ttl_seconds", 3600)));
        router.add("POST", "/telemetry-ext", this::ignore);
        router.add("POST", "/telemetry-unauth", Router.Access.OPEN, this::ignore);
    }

    private static void add(Router router, String method, String path, Router.Handler handler) {
        router.add(method, "/api/2.0/sql/warehouses" + path, Router.Access.TOKEN, CallKind.WAREHOUSE, handler);
    }

    /** Checks that the warehouse exists, and wakes it as a statement does. */
    void use(String id) {
        if (id == null) {
            throw ApiException.invalid("Field 'warehouse_id' is required and was not set.");
        }
        if (!id.equals(warehouseId)) {
            throw ApiException.doesNotExist("SQL warehouse " + id + " does not exist.");
        }
        compute.wake();
    }

    /** @param host the Host header of a request, or null */
    String baseUrl(String host) {
        return (tls ? "https://" : "http://") + (host == null ? "127.0.0.1" : host);
    }

    private void get(ApiCall call) {
        check(call);
        call.json(200, describe());
    }

    private void set(ApiCall call, boolean run) {
        check(call);
        if (run) {
            compute.wake();
        } else {
            compute.stop();
            sessions.closeAll();
        }
        call.json(200, Map.of());
    }

    private void check(ApiCall call) {
        String id = call.pathVariable("id");
        if (!id.equals(warehouseId)) {
            throw ApiException.doesNotExist("SQL warehouse " + id + " does not exist.");
        }
    }

    private Map<String, Object> describe() {
        WarehouseCompute.State state = compute.state();
        Map<String, Object> warehouse = new LinkedHashMap<>();
        warehouse.put("id", warehouseId);
        warehouse.put("name", "Local Warehouse");
        warehouse.put("cluster_size", "2X-Small");
        warehouse.put("min_num_clusters", 1);
        warehouse.put("max_num_clusters", 1);
        warehouse.put("auto_stop_mins", 0);
        warehouse.put("creator_name", USER_NAME);
        warehouse.put("enable_serverless_compute", false);
        warehouse.put("warehouse_type", "PRO");
        warehouse.put("state", state.name());
        warehouse.put("num_clusters", state == WarehouseCompute.State.RUNNING ? 1 : 0);
        warehouse.put("num_active_sessions", sessions.size());
        return warehouse;
    }

    private void me(ApiCall call) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", String.valueOf(USER_ID));
        user.put("userName", USER_NAME);
        user.put("displayName", "Local User");
        user.put("active", true);
        user.put("emails", List.of(Map.of("type", "work", "value", USER_NAME, "primary", true)));
        call.json(200, user);
    }

    private void ignore(ApiCall call) {
        call.json(200, Map.of("errors", List.of(), "numSuccess", 0));
    }
}
