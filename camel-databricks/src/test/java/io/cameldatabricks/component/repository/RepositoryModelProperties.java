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
package io.cameldatabricks.component.repository;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.LossReason;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

import static io.cameldatabricks.component.repository.SampleHandles.AT;
import static io.cameldatabricks.component.repository.SampleHandles.NAME;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs any sequence of calls by three nodes, with handles that they remember from long ago, and with crashes, on a
 * repository and on {@link RepositoryModel}, and compares every answer and every row. One subclass for each implementation
 * has the property, with as many tries as its storage allows.
 */
public abstract class RepositoryModelProperties {

    /** All that can happen. */
    protected enum Kind {
        ADD,
        SUBMIT,
        OBSERVE_RUNNING,
        COMPLETE,
        LOSE,
        ABANDON,
        REMOVE,
        CLAIM,
        CONFIRM,
        RELEASE,
        GIVE_BACK,
        BURY,
        RENEW,
        TAKE_OVER,
        LEAVE,
        REMOVE_SETTLED,
        ADVANCE,
        CRASH_OF_NODE,
        CRASH_OF_ALL
    }

    /** One step: who does what with which handle. {@code size} is a limit or a time, as the kind needs it. */
    protected record Step(Kind kind, int node, int key, int size) {}

    /** Half minutes are added so that no lease ends exactly when the clock is moved, however long a sequence takes. */
    private static final Duration LEASE = Duration.ofMinutes(10).plusSeconds(30);

    private static final Duration BACKOFF = Duration.ofMinutes(3).plusSeconds(30);
    private static final Duration RETENTION = Duration.ofMinutes(20).plusSeconds(30);
    private static final int NODES = 3;
    private static final int KEYS = 3;

    private final NodeLease[] leases = new NodeLease[NODES];
    private final Map<String, StatementHandle> remembered = new HashMap<>();
    private final Map<String, StatementHandle> outdated = new HashMap<>();
    private RepositoryModel model;
    private StatementHandleRepository repository;

    /** An empty repository. */
    protected abstract StatementHandleRepository create();

    /** The repository again after all processes were killed, with what it had acknowledged. */
    protected abstract StatementHandleRepository reopen(StatementHandleRepository before);

    /** Moves the clock of the repository. */
    protected abstract void advance(Duration time);

    /** Steps that mean something are likelier than those that end everything. */
    protected static Arbitrary<List<Step>> anySequence(int crashWeight) {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(10, Arbitraries.of(Kind.ADD, Kind.SUBMIT, Kind.COMPLETE, Kind.CLAIM, Kind.RELEASE)),
                Tuple.of(10, Arbitraries.of(Kind.class).filter(kind -> kind != Kind.CRASH_OF_ALL)),
                Tuple.of(crashWeight, Arbitraries.just(Kind.CRASH_OF_ALL)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, NODES - 1),
                        Arbitraries.integers().between(0, KEYS - 1),
                        Arbitraries.integers().between(1, 6))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(80);
    }

    protected void shouldAnswerAsTheModel(List<Step> steps) {
        model = new RepositoryModel();
        remembered.clear();
        outdated.clear();
        repository = create();
        for (int i = 0; i < NODES; i++) {
            leases[i] = null;
            join(i);
        }
        for (Step step : steps) {
            run(step);
            for (int key = 0; key < KEYS; key++) {
                String name = "k" + key;
                assertThat(stored(name)).as("%s after %s", name, step).isEqualTo(model.described(name));
            }
        }
    }

    private void run(Step step) {
        NodeLease lease = leases[step.node()];
        switch (step.kind()) {
            case ADD -> {
                StatementHandle intent = SampleHandles.intent("k" + step.key());
                same(repository.add(lease, intent), model.add(lease, intent));
                remember(memory(step), intent);
            }
            case SUBMIT -> update(step, HandleState.INTENDED, SampleHandles::submitted);
            case OBSERVE_RUNNING ->
                update(
                        step,
                        HandleState.SUBMITTED,
                        handle -> handle.withObserved(
                                StatementStatus.of(handle.statementId(), StatementState.RUNNING, AT)));
            case COMPLETE -> update(step, HandleState.SUBMITTED, SampleHandles::succeeded);
            case LOSE -> update(step, HandleState.SUBMITTED, handle -> handle.withGone(LossReason.PURGED, AT));
            case ABANDON -> update(step, HandleState.INTENDED, handle -> handle.withAbandoned(AT));
            case REMOVE ->
                in(step, HandleState.INTENDED)
                        .ifPresent(handle -> same(repository.remove(lease, handle), model.remove(lease, handle)));
            case CLAIM -> claim(lease, step);
            case CONFIRM -> claimed(step).ifPresent(handle -> update(step, handle, handle.withConfirmed(AT)));
            case BURY -> claimed(step).ifPresent(handle -> update(step, handle, handle.withBuried("in vain", AT)));
            case RELEASE ->
                claimed(step)
                        .ifPresent(handle -> same(
                                repository.release(lease, handle, BACKOFF), model.release(lease, handle, BACKOFF)));
            case GIVE_BACK ->
                claimed(step)
                        .ifPresent(handle -> same(
                                repository.giveBack(lease, handle, BACKOFF), model.giveBack(lease, handle, BACKOFF)));
            case RENEW -> same(repository.renew(lease), model.renew(lease));
            case TAKE_OVER -> takeOver(lease, step);
            case LEAVE -> {
                repository.leave(lease);
                model.leave(lease);
            }
            case REMOVE_SETTLED -> {
                HandleState state = step.size() % 2 == 0 ? HandleState.DELIVERED : HandleState.DEAD;
                same(repository.removeSettled(state, RETENTION, 100), model.removeSettled(state, RETENTION));
            }
            case ADVANCE -> {
                Duration time = Duration.ofMinutes(step.size() * 2L);
                advance(time);
                model.advance(time);
            }
            case CRASH_OF_NODE -> join(step.node());
            case CRASH_OF_ALL -> {
                repository = reopen(repository);
                for (int i = 0; i < NODES; i++) {
                    join(i);
                }
            }
        }
    }

    /** A node starts, or starts again, under its name; what it remembered it may try to write again. */
    private void join(int node) {
        NodeLease before = leases[node];
        leases[node] = repository.join("node" + node, LEASE);
        assertThat(before == null ? 0 : before.epoch()).isLessThan(leases[node].epoch());
        model.joined(leases[node], before);
    }

    private void claim(NodeLease lease, Step step) {
        List<String> expected = model.claim(lease, step.size());
        List<StatementHandle> claimed = repository.claim(lease, NAME, step.size());
        assertThat(claimed).extracting(StatementHandle::key).isEqualTo(expected);
        for (StatementHandle handle : claimed) {
            assertThat(handle.claim().epoch()).isEqualTo(lease.epoch());
            model.claimed(lease, handle);
            remember(step.node() + handle.key(), handle);
        }
    }

    private void takeOver(NodeLease lease, Step step) {
        List<String> expected = model.takeOver(lease);
        Takeover takeover = repository.takeOver(lease, List.of(NAME), 100);
        assertThat(takeover.owned()).extracting(StatementHandle::key).containsExactlyInAnyOrderElementsOf(expected);
        takeover.owned().forEach(handle -> remember(step.node() + handle.key(), handle));
    }

    private void update(Step step, HandleState from, UnaryOperator<StatementHandle> move) {
        in(step, from).ifPresent(handle -> update(step, handle, move.apply(handle)));
    }

    private void update(Step step, StatementHandle from, StatementHandle to) {
        NodeLease lease = leases[step.node()];
        boolean taken = repository.update(lease, to, from.version());
        same(taken, model.update(lease, to, from.version()));
        if (taken) {
            remember(memory(step), to);
        }
    }

    private Optional<StatementHandle> in(Step step, HandleState state) {
        return recalled(step).filter(handle -> handle.state() == state);
    }

    private Optional<StatementHandle> claimed(Step step) {
        return recalled(step).filter(handle -> handle.claim() != null);
    }

    private void remember(String memory, StatementHandle handle) {
        StatementHandle before = remembered.put(memory, handle);
        if (before != null) {
            outdated.put(memory, before);
        }
    }

    /** What the node knows of the handle; sometimes what it knew before, as a thread that was slow would. */
    private Optional<StatementHandle> recalled(Step step) {
        Map<String, StatementHandle> memories = step.size() == 6 ? outdated : remembered;
        return Optional.ofNullable(memories.get(memory(step)));
    }

    private static String memory(Step step) {
        return step.node() + "k" + step.key();
    }

    private String stored(String key) {
        return repository.find(key).map(RepositoryModel::describe).orElse("");
    }

    private static void same(Object answer, Object expected) {
        assertThat(answer).isEqualTo(expected);
    }
}
