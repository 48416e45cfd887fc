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
package io.cameldatabricks.component.deliver;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens in whatever order, no handle is forgotten, none is delivered twice at the same time under one lease,
 * none is confirmed that no route was done with, and none is delivered to its end twice unless its claim was lost.
 */
class DeliveryProperties {

    private static final int MAX_IN_FLIGHT = 3;
    private static final int MAX_DELIVERIES = 3;

    private enum Kind {
        STATEMENT_ENDS,
        WAKE,
        PASS,
        RUN_ONE_TASK,
        ROUTE_SUCCEEDS,
        ROUTE_FAILS,
        ROWS_OUT_OF_REACH,
        STOP,
        START,
        CLAIMS_FAIL,
        WRITES_FAIL,
        ANSWERS_ARE_LOST,
        REPOSITORY_WELL,
        DECLARED_DEAD
    }

    private record Step(Kind kind, int size) {}

    @Provide
    Arbitrary<List<Step>> sequences() {
        Arbitrary<Kind> common = Arbitraries.of(
                Kind.STATEMENT_ENDS,
                Kind.PASS,
                Kind.RUN_ONE_TASK,
                Kind.ROUTE_SUCCEEDS,
                Kind.ROUTE_FAILS,
                Kind.ROWS_OUT_OF_REACH,
                Kind.START,
                Kind.REPOSITORY_WELL);
        return Combinators.combine(
                        Arbitraries.oneOf(common, Arbitraries.of(Kind.class)),
                        Arbitraries.integers().between(0, 9))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(120);
    }

    private DeliveryWorld world;
    private final Map<String, Integer> ends = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private int keys;
    private int declaredDead;

    @Property(tries = 3000)
    void shouldKeepThePromise(@ForAll("sequences") List<Step> steps) {
        world = new DeliveryWorld(DeliveryWorld.settings(MAX_IN_FLIGHT, MAX_DELIVERIES));
        ends.clear();
        failures.clear();
        keys = 0;
        declaredDead = 0;
        for (Step step : steps) {
            run(step);
            check();
        }
        recover();
        for (int i = 0; i < keys; i++) {
            StatementHandle handle = world.stored("k" + i);
            assertThat(handle.state()).as(handle.key()).isIn(HandleState.DELIVERED, HandleState.DEAD);
            assertThat(ends.getOrDefault(handle.key(), 0))
                    .as("%s was delivered to its end", handle.key())
                    .isLessThanOrEqualTo((int) lostAfterDelivery(handle.key()) + 1);
            if (handle.state() == HandleState.DEAD) {
                assertThat(failures.getOrDefault(handle.key(), 0) + declaredDead)
                        .as("failures of %s", handle.key())
                        .isGreaterThanOrEqualTo(MAX_DELIVERIES);
            }
        }
        assertThat(world.dispatcher.inFlight()).isZero();
        assertThat(world.dispatcher.stop().toCompletableFuture()).satisfies(stopped -> {
            world.run();
            assertThat(stopped).isCompleted();
        });
    }

    private void run(Step step) {
        switch (step.kind()) {
            case STATEMENT_ENDS -> {
                world.writer = world.lease;
                world.ended("k" + keys++);
                world.dispatcher.wake();
            }
            case WAKE -> world.dispatcher.wake();
            case PASS -> world.pass(Duration.ofMillis(100L * (1 + step.size() * step.size())));
            case RUN_ONE_TASK -> {
                if (!world.tasks.isEmpty()) {
                    world.tasks.poll().run();
                }
            }
            case ROUTE_SUCCEEDS ->
                any(step, key -> {
                    ends.merge(key, 1, Integer::sum);
                    world.end(key);
                });
            case ROUTE_FAILS ->
                any(step, key -> {
                    failures.merge(key, 1, Integer::sum);
                    world.fail(key, new IllegalStateException());
                });
            case ROWS_OUT_OF_REACH -> any(step, key -> world.fail(key, NotDeliveredException.outOfReach("no", null)));
            case STOP -> world.dispatcher.stop();
            case START -> world.dispatcher.start();
            case CLAIMS_FAIL -> world.repository.failClaims = true;
            case WRITES_FAIL -> world.repository.failWrites = true;
            case ANSWERS_ARE_LOST -> world.repository.loseAnswers = true;
            case REPOSITORY_WELL -> well();
            case DECLARED_DEAD -> {
                declaredDead++;
                world.lease = world.repository.join("node", DeliveryWorld.LEASE);
                world.repository.real.takeOver(world.lease, List.of(SampleHandles.NAME), 100);
            }
        }
    }

    private void well() {
        world.repository.failClaims = false;
        world.repository.failWrites = false;
        world.repository.loseAnswers = false;
    }

    private void any(Step step, Consumer<String> work) {
        List<String> open = new ArrayList<>(world.open.keySet());
        if (!open.isEmpty()) {
            Collections.sort(open);
            work.accept(open.get(step.size() % open.size()));
        }
    }

    private void check() {
        assertThat(world.dispatcher.inFlight()).isBetween(0, MAX_IN_FLIGHT);
        assertThat(world.openNow()).isLessThanOrEqualTo(MAX_IN_FLIGHT);
        for (int i = 0; i < keys; i++) {
            String key = "k" + i;
            StatementHandle handle = world.stored(key);
            if (handle.state() == HandleState.DELIVERED) {
                assertThat(ends.getOrDefault(key, 0)).as("%s is confirmed", key).isPositive();
            }
            assertThat(world.open.getOrDefault(key, new ArrayDeque<>()))
                    .as("%s is delivered at the same time", key)
                    .hasSizeLessThanOrEqualTo(1 + declaredDead);
        }
    }

    private void recover() {
        well();
        world.repository.real.takeOver(world.lease, List.of(SampleHandles.NAME), 100);
        world.dispatcher.start();
        for (int i = 0; i < 40 + 4 * keys; i++) {
            world.pass(Duration.ofSeconds(2));
            List.copyOf(world.open.keySet()).forEach(key -> {
                ends.merge(key, 1, Integer::sum);
                world.end(key);
            });
        }
        check();
    }

    private long lostAfterDelivery(String key) {
        return world.events.stream()
                .filter(("claim lost " + key + " after delivery")::equals)
                .count();
    }
}
