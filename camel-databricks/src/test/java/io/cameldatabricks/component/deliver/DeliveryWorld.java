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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.retry.VirtualTime;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * A dispatcher over a repository in memory, with a clock that stands still, an executor that runs what it is given when it
 * is told to, and a receiver whose deliveries stay open until they are ended by hand.
 */
class DeliveryWorld implements DeliveryListener, HandleReceiver {

    static final Duration LEASE = Duration.ofMinutes(10);

    final VirtualTime time = VirtualTime.begin();
    final Faulty repository = new Faulty(new MemoryStatementHandleRepository(time));
    final Deque<Runnable> tasks = new ArrayDeque<>();
    final Map<String, Deque<CompletableFuture<Void>>> open = new LinkedHashMap<>();
    final List<String> delivered = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final HandleDispatcher dispatcher;
    NodeLease lease = repository.join("node", LEASE);
    NodeLease writer = lease;
    boolean holds = true;
    Runnable whileReading = () -> {};

    private final class Right implements Leases {
        @Override
        public NodeLease current() {
            return lease;
        }

        @Override
        public boolean holds(NodeLease asked) {
            return holds && asked.equals(lease);
        }
    }

    DeliveryWorld(DeliverySettings settings) {
        dispatcher = new HandleDispatcher(
                settings,
                new HandleDispatcher.Ports(
                        repository, new Right(), this, this, tasks::add, this::after, time, new Random(7)));
    }

    static DeliverySettings settings(int maxInFlight, int maxDeliveries) {
        return new DeliverySettings(SampleHandles.NAME, maxInFlight, maxDeliveries, Duration.ofSeconds(1));
    }

    private void after(Duration delay, Runnable task) {
        time.after(delay, () -> tasks.add(task));
    }

    /** Adds ended statements. */
    void ended(String... keys) {
        for (String key : keys) {
            StatementHandle intent = SampleHandles.intent(key);
            StatementHandle submitted = SampleHandles.submitted(intent);
            repository.real.add(writer, intent);
            repository.real.update(writer, submitted, 0);
            repository.real.update(writer, SampleHandles.succeeded(submitted), 1);
        }
    }

    void run() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    /** Lets time pass in small steps, and runs what becomes due. */
    void pass(Duration duration) {
        Instant end = time.instant().plus(duration);
        run();
        while (time.instant().isBefore(end)) {
            time.advance(Duration.ofMillis(50));
            run();
        }
    }

    @Override
    public CompletionStage<Void> deliver(StatementHandle claimed, ClaimCheck check) {
        whileReading.run();
        check.requireHeld();
        delivered.add(claimed.key() + "#" + claimed.delivery().count());
        CompletableFuture<Void> done = new CompletableFuture<>();
        open.computeIfAbsent(claimed.key(), any -> new ArrayDeque<>()).add(done);
        return done;
    }

    void end(String key) {
        take(key).complete(null);
        run();
    }

    void fail(String key, Throwable failure) {
        take(key).completeExceptionally(failure);
        run();
    }

    private CompletableFuture<Void> take(String key) {
        CompletableFuture<Void> done = open.get(key).poll();
        if (open.get(key).isEmpty()) {
            open.remove(key);
        }
        return done;
    }

    HandleState state(String key) {
        return repository.real.find(key).orElseThrow().state();
    }

    StatementHandle stored(String key) {
        return repository.real.find(key).orElseThrow();
    }

    long openNow() {
        return open.values().stream().mapToLong(Collection::size).sum();
    }

    @Override
    public void confirmed(StatementHandle claimed) {
        events.add("confirmed " + claimed.key());
    }

    @Override
    public void failed(StatementHandle claimed, Throwable failure, Duration redeliveryIn) {
        events.add("failed " + claimed.key());
    }

    @Override
    public void buried(StatementHandle claimed, String reason) {
        events.add("buried " + claimed.key());
    }

    @Override
    public void givenBack(StatementHandle claimed, NotDeliveredException why) {
        events.add("given back " + claimed.key());
    }

    @Override
    public void claimLost(StatementHandle claimed, boolean wasDelivered) {
        events.add("claim lost " + claimed.key() + (wasDelivered ? " after" : " before") + " delivery");
    }

    @Override
    public void repositoryFailed(Throwable failure, Duration retryIn) {
        events.add("repository failed");
    }

    /** Fails as it is told to, before or after the work was done. */
    static final class Faulty implements StatementHandleRepository {
        final StatementHandleRepository real;
        boolean failClaims;
        boolean failWrites;

        /** Out of the next write; null for none. */
        Error error;

        /** The write happens, but its answer is lost. */
        boolean loseAnswers;

        int claims;
        int writes;

        Faulty(StatementHandleRepository real) {
            this.real = real;
        }

        private boolean write(BooleanSupplier work) {
            writes++;
            if (error != null) {
                Error thrown = error;
                error = null;
                throw thrown;
            }
            if (failWrites) {
                throw new HandleRepositoryException("out of reach", null);
            }
            boolean done = work.getAsBoolean();
            if (loseAnswers) {
                throw new HandleRepositoryException("no answer", null);
            }
            return done;
        }

        @Override
        public NodeLease join(String node, Duration length) {
            return real.join(node, length);
        }

        @Override
        public boolean renew(NodeLease lease) {
            return real.renew(lease);
        }

        @Override
        public void leave(NodeLease lease) {
            real.leave(lease);
        }

        @Override
        public Takeover takeOver(NodeLease lease, Collection<String> names, int limit) {
            return real.takeOver(lease, names, limit);
        }

        @Override
        public boolean add(NodeLease lease, StatementHandle intent) {
            return real.add(lease, intent);
        }

        @Override
        public Optional<StatementHandle> find(String key) {
            if (failWrites) {
                throw new HandleRepositoryException("out of reach", null);
            }
            return real.find(key);
        }

        @Override
        public boolean update(NodeLease lease, StatementHandle changed, long expectedVersion) {
            return write(() -> real.update(lease, changed, expectedVersion));
        }

        @Override
        public boolean remove(NodeLease lease, StatementHandle intent) {
            return real.remove(lease, intent);
        }

        @Override
        public List<StatementHandle> claim(NodeLease lease, String name, int limit) {
            claims++;
            if (failClaims) {
                throw new HandleRepositoryException("out of reach", null);
            }
            return real.claim(lease, name, limit);
        }

        @Override
        public boolean release(NodeLease lease, StatementHandle claimed, Duration backoff) {
            return write(() -> real.release(lease, claimed, backoff));
        }

        @Override
        public boolean giveBack(NodeLease lease, StatementHandle claimed, Duration delay) {
            return write(() -> real.giveBack(lease, claimed, delay));
        }

        @Override
        public List<StatementHandle> list(String name, HandleState state, int limit) {
            return real.list(name, state, limit);
        }

        @Override
        public Map<HandleState, Long> counts(String name) {
            return real.counts(name);
        }

        @Override
        public int removeSettled(HandleState state, Duration retention, int limit) {
            return real.removeSettled(state, retention, limit);
        }
    }
}
