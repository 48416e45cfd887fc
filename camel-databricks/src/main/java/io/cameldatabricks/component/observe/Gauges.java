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
package io.cameldatabricks.component.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.statement.HandleState;

/**
 * What there is now, for as long as it is there. A look at a gauge asks no warehouse. Needs Micrometer on the class path. Safe
 * for many threads.
 */
public final class Gauges implements StateGauges {

    private final MeterRegistry registry;
    private final ConcurrentHashMap<Object, List<Meter>> meters = new ConcurrentHashMap<>();

    public Gauges(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    @Override
    public void addPool(String label, ConnectionPool pool, QueueLength queue) {
        List<Meter> added = new ArrayList<>();
        added.add(pool(label, "open", pool, each -> each.stats().open()));
        added.add(pool(label, "in_use", pool, each -> each.stats().inUse()));
        added.add(Gauge.builder(Meters.PREFIX + "pool.waiting", queue, QueueLength::now)
                .description("Messages that wait for a connection")
                .tag("pool", label)
                .strongReference(true)
                .register(registry));
        meters.put(pool, added);
    }

    private Meter pool(String label, String state, ConnectionPool pool, ToDoubleFunction<ConnectionPool> value) {
        return Gauge.builder(Meters.PREFIX + "pool.connections", pool, value)
                .description("Connections of a pool")
                .tag("pool", label)
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void addLimiter(String workspace, RateLimiter limiter) {
        List<Meter> added = new ArrayList<>();
        added.add(Gauge.builder(Meters.PREFIX + "limiter.rate", limiter, RateLimiter::rate)
                .description("Calls a second that are let through to the workspace")
                .tag("workspace", workspace)
                .strongReference(true)
                .register(registry));
        added.add(Gauge.builder(Meters.PREFIX + "limiter.waiting", limiter, RateLimiter::waiting)
                .description("Calls that wait for their turn")
                .tag("workspace", workspace)
                .strongReference(true)
                .register(registry));
        added.add(FunctionCounter.builder(Meters.PREFIX + "throttled", limiter, RateLimiter::refusals)
                .description("Answers 429 of the workspace")
                .tag("workspace", workspace)
                .register(registry));
        meters.put(limiter, added);
    }

    @Override
    public void addHandles(String name, HandleCounts counts) {
        meters.computeIfAbsent(name, missing -> {
            List<Meter> added = new ArrayList<>();
            for (HandleState state : HandleState.values()) {
                added.add(Gauge.builder(Meters.PREFIX + "handles", counts, each -> each.of(state))
                        .description("Handles of a name in the repository")
                        .tag("name", name)
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .strongReference(true)
                        .register(registry));
            }
            return added;
        });
    }

    @Override
    public void remove(Object owner) {
        List<Meter> gone = meters.remove(owner);
        if (gone != null) {
            gone.forEach(registry::remove);
        }
    }

    @Override
    public void close() {
        meters.keySet().forEach(this::remove);
    }
}
