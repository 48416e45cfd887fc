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
package io.cameldatabricks.springboot;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.cameldatabricks.component.DatabricksComponent;

/**
 * What the health checks of the component say: warehouses by their state, which is asked for over REST, backlogs, and whether
 * consumers can deliver. Runs no SQL, so that it neither wakes a warehouse nor keeps one awake. Exceptions are shown by their
 * class only. Safe for many threads.
 */
final class DatabricksHealthIndicator extends AbstractHealthIndicator {

    private final CamelContext context;

    DatabricksHealthIndicator(CamelContext context) {
        super("The health of the Databricks component is not known");
        this.context = Objects.requireNonNull(context);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<HealthCheck.Result> results = context.getComponentNames().stream()
                .map(name -> context.hasComponent(name))
                .filter(DatabricksComponent.class::isInstance)
                .flatMap(component -> ((DatabricksComponent) component).healthChecks().stream())
                .filter(HealthCheck::isEnabled)
                .map(HealthCheck::call)
                .sorted(Comparator.comparing(result -> result.getCheck().getId()))
                .toList();
        if (results.stream().anyMatch(result -> result.getState() == HealthCheck.State.DOWN)) {
            builder.down();
        } else if (results.stream().anyMatch(result -> result.getState() == HealthCheck.State.UP)) {
            builder.up();
        } else {
            builder.unknown();
        }
        results.forEach(result -> builder.withDetail(result.getCheck().getId(), details(result)));
    }

    private static Map<String, Object> details(HealthCheck.Result result) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", result.getState().name());
        result.getMessage().ifPresent(message -> details.put("message", message));
        result.getError()
                .ifPresent(error -> details.put("error", error.getClass().getSimpleName()));
        result.getDetails().forEach((name, value) -> {
            // Camel's own bookkeeping
            if (!name.startsWith("check.")) {
                details.put(name, value);
            }
        });
        return details;
    }
}
