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
package io.cameldatabricks.component;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.WritableHealthCheckRepository;

import io.cameldatabricks.component.observe.Backlog;
import io.cameldatabricks.component.observe.BacklogHealthCheck;
import io.cameldatabricks.component.observe.WarehouseHealthCheck;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.workspace.WarehouseAccess;

/**
 * The health checks of a component, one for each warehouse of a name and one for each backlog, however many producers and
 * consumers there are. Camel knows them too, and calls them if the application has them on. Safe for many threads.
 */
final class HealthChecks {

    private static final String PRODUCERS = "producers";

    private final CamelContext context;
    private final Map<Object, Used> checks = new LinkedHashMap<>();
    private final Map<String, HealthCheck> readiness = new HashMap<>();

    private static final class Used {
        private final HealthCheck check;
        private int users;

        Used(HealthCheck check) {
            this.check = check;
        }
    }

    /** A name may be used with several warehouses. */
    private record WarehouseOfName(String name, WarehouseAccess.Key warehouse) {}

    /** The handles of a name. */
    private record BacklogOfName(String name) {}

    HealthChecks(CamelContext context) {
        this.context = context;
    }

    /** For a producer; every call must be matched by one {@link #removeWarehouse}. */
    synchronized void addWarehouse(String name, WarehouseAccess.Key key, WarehouseAccess warehouse, boolean enabled) {
        Used used = checks.get(new WarehouseOfName(name, key));
        if (used == null) {
            HealthCheck check =
                    new WarehouseHealthCheck(id("producer:databricks-" + name), warehouse.label(), () -> warehouse
                            .pool()
                            .computeReport());
            check.setEnabled(enabled);
            used = new Used(check);
            checks.put(new WarehouseOfName(name, key), used);
            WritableHealthCheckRepository producers = producers();
            if (producers != null) {
                producers.addHealthCheck(check);
            }
        }
        used.users++;
    }

    synchronized void removeWarehouse(String name, WarehouseAccess.Key key) {
        HealthCheck gone = released(new WarehouseOfName(name, key));
        WritableHealthCheckRepository producers = producers();
        if (gone != null && producers != null) {
            producers.removeHealthCheck(gone);
        }
    }

    /**
     * For a consumer; every call must be matched by one {@link #removeBacklog}.
     *
     * @param longest that an ended statement may wait; zero for as long as it likes
     */
    synchronized void addBacklog(String name, StatementHandleRepository repository, Duration longest, boolean enabled) {
        Used used = checks.get(new BacklogOfName(name));
        if (used == null) {
            HealthCheck check =
                    new BacklogHealthCheck(name, longest, new Backlog(repository, name), InstantSource.system());
            check.setEnabled(enabled && !longest.isZero());
            used = new Used(check);
            checks.put(new BacklogOfName(name), used);
            HealthCheckRegistry registry = HealthCheckRegistry.get(context);
            if (registry != null) {
                registry.register(check);
            }
        }
        used.users++;
    }

    synchronized void removeBacklog(String name) {
        HealthCheck gone = released(new BacklogOfName(name));
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        if (gone != null && registry != null) {
            registry.unregister(gone);
        }
    }

    /** The readiness of a consumer, which Camel has from the consumer itself. */
    synchronized void addReadiness(HealthCheck check) {
        readiness.put(check.getId(), check);
    }

    synchronized void removeReadiness(HealthCheck check) {
        readiness.remove(check.getId(), check);
    }

    /** All of them now, whether Camel calls them or not. */
    synchronized Collection<HealthCheck> all() {
        List<HealthCheck> all = new ArrayList<>(readiness.values());
        checks.values().forEach(used -> all.add(used.check));
        return all;
    }

    private HealthCheck released(Object key) {
        Used used = checks.get(key);
        if (used == null || --used.users > 0) {
            return null;
        }
        checks.remove(key);
        return used.check;
    }

    private String id(String wanted) {
        String id = wanted;
        for (int i = 2; isTaken(id); i++) {
            id = wanted + "-" + i;
        }
        return id;
    }

    private boolean isTaken(String id) {
        return checks.values().stream().anyMatch(used -> used.check.getId().equals(id));
    }

    /** Null without health checks on the class path. */
    private WritableHealthCheckRepository producers() {
        return HealthCheckHelper.getHealthCheckRepository(context, PRODUCERS, WritableHealthCheckRepository.class);
    }
}
