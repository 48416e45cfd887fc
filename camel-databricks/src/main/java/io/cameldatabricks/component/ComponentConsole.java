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

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.support.service.ServiceSupport;

import io.cameldatabricks.component.observe.ConsoleSnapshot;
import io.cameldatabricks.component.observe.ConsoleSource;
import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.statement.HandleState;

/** Takes the snapshots of a component for its console. Safe for many threads. */
final class ComponentConsole extends ServiceSupport implements ConsoleSource {

    /** Those that may need somebody's attention. */
    private static final List<HandleState> SHOWN = List.of(
            HandleState.INTENDED,
            HandleState.SUBMITTED,
            HandleState.COMPLETED,
            HandleState.CLAIMED,
            HandleState.LOST,
            HandleState.DEAD);

    private final String componentName;
    private final ComponentServices services;
    private final InstantSource clock = InstantSource.system();

    ComponentConsole(String componentName, ComponentServices services) {
        this.componentName = componentName;
        this.services = services;
    }

    @Override
    public ConsoleSnapshot snapshot(int oldest) {
        Instant now = clock.instant();
        List<ConsoleSnapshot.Pool> pools = new ArrayList<>();
        services.warehouses()
                .all()
                .forEach(warehouse -> pools.add(new ConsoleSnapshot.Pool(
                        warehouse.label(), warehouse.pool().stats(), warehouse.size(), warehouse.queued())));
        List<ConsoleSnapshot.Limiter> limiters = new ArrayList<>();
        services.statements()
                .limiters()
                .forEach((workspace, limiter) -> limiters.add(new ConsoleSnapshot.Limiter(
                        workspace, limiter.rate(), limiter.waiting(), limiter.refusals(), limiter.pause())));
        List<ConsoleSnapshot.Name> names = new ArrayList<>();
        services.repositories().byName().forEach((name, repository) -> names.add(name(name, repository, oldest)));
        return new ConsoleSnapshot(
                componentName,
                now,
                pools,
                limiters,
                names,
                services.observation().errors().list());
    }

    private ConsoleSnapshot.Name name(String name, StatementHandleRepository repository, int oldest) {
        int watched = services.nodes().watched(name);
        String kept = repository.getClass().getSimpleName();
        try {
            Map<HandleState, Long> counts = repository.counts(name);
            List<ConsoleSnapshot.Handle> handles = new ArrayList<>();
            for (HandleState state : SHOWN) {
                if (counts.containsKey(state) && oldest > 0) {
                    repository
                            .list(name, state, oldest)
                            .forEach(handle -> handles.add(ConsoleSnapshot.Handle.of(handle)));
                }
            }
            return new ConsoleSnapshot.Name(name, kept, watched, counts, handles, null);
        } catch (HandleRepositoryException e) {
            return new ConsoleSnapshot.Name(
                    name, kept, watched, Map.of(), List.of(), e.getClass().getSimpleName());
        }
    }
}
