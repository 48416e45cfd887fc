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

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

import org.apache.camel.CamelContext;

import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.event.StatementListeners;
import io.cameldatabricks.component.observe.HandleCounts;
import io.cameldatabricks.component.observe.LifecycleLog;
import io.cameldatabricks.component.observe.MeterBinding;
import io.cameldatabricks.component.observe.RecentErrors;
import io.cameldatabricks.component.observe.StateGauges;
import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.workspace.WorkspaceObserver;

/** Whom a component tells what happens: the log, the console, and meters if there is a registry for them. Safe for many threads. */
final class Observation implements WorkspaceObserver, AutoCloseable {

    private final StatementListener listener;
    private final RecentErrors errors;
    private final StateGauges gauges;

    // guarded by itself
    private final Set<String> labels = new HashSet<>();

    private Observation(MeterBinding meters, RecentErrors errors) {
        this.errors = errors;
        this.gauges = meters == null ? StateGauges.NONE : meters.gauges();
        this.listener = new StatementListeners(
                meters == null
                        ? List.of(new LifecycleLog(), errors)
                        : List.of(new LifecycleLog(), errors, meters.listener()));
    }

    /** Looks for registries of meters among the beans, unless the component does not look for beans. */
    static Observation of(CamelContext context, RegistryBeans beans) {
        Class<?> registry = context.getClassResolver().resolveClass(MeterBinding.REGISTRY_CLASS);
        Collection<?> found = registry == null ? List.of() : beans.all(registry).values();
        return new Observation(
                found.isEmpty() ? null : MeterBinding.of(found), new RecentErrors(InstantSource.system()));
    }

    @Override
    public StatementListener listener() {
        return listener;
    }

    RecentErrors errors() {
        return errors;
    }

    /** Shows how many handles of a name there are. */
    void addHandles(String name, StatementHandleRepository repository) {
        gauges.addHandles(name, new HandleCounts(() -> repository.counts(name), InstantSource.system()));
    }

    /** Two pools of a warehouse may differ in their sizes only. */
    @Override
    public String poolOpened(String wanted, ConnectionPool pool, IntSupplier queued) {
        String label = freeLabel(wanted);
        gauges.addPool(label, pool, queued::getAsInt);
        return label;
    }

    private String freeLabel(String wanted) {
        synchronized (labels) {
            String label = wanted;
            for (int i = 2; !labels.add(label); i++) {
                label = wanted + " #" + i;
            }
            return label;
        }
    }

    @Override
    public void poolClosed(String label, ConnectionPool pool) {
        gauges.remove(pool);
        synchronized (labels) {
            labels.remove(label);
        }
    }

    @Override
    public void limiterMade(String workspace, RateLimiter limiter) {
        gauges.addLimiter(workspace, limiter);
    }

    @Override
    public void limiterGone(RateLimiter limiter) {
        gauges.remove(limiter);
    }

    @Override
    public void close() {
        gauges.close();
    }
}
