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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.URISupport;

import io.cameldatabricks.component.retry.Backoff;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.StatementId;

/**
 * Says whether results can be delivered: ready once the workspace has answered, not ready while rows cannot be read. Over
 * REST that wakes no warehouse. Part of Camel's health check of consumers.
 */
final class ConsumerReadiness implements HealthCheck {

    private static final Backoff PAUSES =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), 2, 0.2, Duration.ZERO);

    private final DatabricksConsumer consumer;
    private final RandomGenerator random = new Random();
    private boolean enabled;
    private volatile boolean ready;
    private volatile Throwable lastFailure;

    ConsumerReadiness(DatabricksConsumer consumer) {
        this.consumer = consumer;
        HealthCheckComponent component = consumer.getEndpoint().getComponent();
        this.enabled = component.isHealthCheckConsumerEnabled();
    }

    /** Asks the workspace, again and again until it has answered: then rows can be delivered. */
    void probe(HandleService service, Delayer delayer) {
        probe(service, delayer, 1);
    }

    private void probe(HandleService service, Delayer delayer, int attempt) {
        service.ask(StatementId.of(UUID.randomUUID().toString())).whenComplete((answer, failure) -> {
            if (failure == null) {
                answered();
            } else if (!ready) {
                failed(failure);
                delayer.after(pause(attempt), () -> {
                    if (!ready && consumer.isServing(service)) {
                        probe(service, delayer, attempt + 1);
                    }
                });
            }
        });
    }

    /** How long to wait before something is tried again that keeps the consumer from being ready. */
    Duration pause(int attempt) {
        return PAUSES.delay(attempt, Optional.empty(), random).orElseThrow();
    }

    void answered() {
        ready = true;
        lastFailure = null;
    }

    void failed(Throwable failure) {
        lastFailure = failure;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder builder = HealthCheckResultBuilder.on(this);
        builder.detail(
                ENDPOINT_URI, URISupport.sanitizeUri(consumer.getEndpoint().getEndpointUri()));
        builder.detail("inFlight", consumer.inFlight());
        if (!enabled) {
            return builder.message("Disabled")
                    .detail(CHECK_ENABLED, false)
                    .unknown()
                    .build();
        }
        Throwable failure = lastFailure;
        if (ready && failure == null) {
            return builder.up().build();
        }
        builder.down().message(failure == null ? "The workspace has not answered yet" : "Results cannot be read");
        if (failure != null) {
            builder.error(failure);
        }
        return builder.build();
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public String getId() {
        return "consumer:databricks-" + consumer.getRouteId();
    }
}
