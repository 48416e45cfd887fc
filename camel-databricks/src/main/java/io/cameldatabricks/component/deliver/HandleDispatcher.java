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
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Delivers the handles of one name. Claims no more from the repository than can be delivered at the moment, so what has
 * ended waits there and not in memory; hands each to the receiver; and settles it: confirms it, gives it back for another
 * try, or buries it. It looks for handles when it is woken, when a delivery has ended, and now and then.
 *
 * <p>While something is out of reach, the pauses between two looks grow, and each look takes one handle. Nothing is
 * forgotten: a handle stays in flight until the repository has answered. What was claimed so long ago that the lease may
 * have run out is given back, and not delivered. Holds no thread while it waits. Thread-safe.
 */
public final class HandleDispatcher {

    /** How often it looks without being woken: another node may have given a handle back, or died with it. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final DeliverySettings settings;
    private final Ports ports;
    private final Settlement settlement;
    private final Pauses pauses;

    private boolean open;
    private boolean looking;
    private boolean wanted;
    private int inFlight;
    private int lookPlans;
    private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

    /**
     * What a dispatcher works with.
     *
     * @param leases of this node
     * @param executor where the repository and the receiver are called. It needs one thread more than handles may be in
     *     flight, for itself, so that names do not wait for each other
     * @param delayer must hand on to {@code executor} or do likewise
     * @param clock only for pauses
     */
    public record Ports(
            StatementHandleRepository repository,
            Leases leases,
            HandleReceiver receiver,
            DeliveryListener listener,
            Executor executor,
            Delayer delayer,
            InstantSource clock,
            RandomGenerator random) {

        public Ports {
            Objects.requireNonNull(repository, "repository");
            Objects.requireNonNull(leases, "leases");
            Objects.requireNonNull(receiver, "receiver");
            Objects.requireNonNull(listener, "listener");
            Objects.requireNonNull(executor, "executor");
            Objects.requireNonNull(delayer, "delayer");
            Objects.requireNonNull(clock, "clock");
            Objects.requireNonNull(random, "random");
        }
    }

    public HandleDispatcher(DeliverySettings settings, Ports ports) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.ports = Objects.requireNonNull(ports, "ports");
        this.settlement = new Settlement(settings, ports);
        this.pauses = new Pauses(ports.random());
    }

    /** Starts to deliver, or goes on after a stop. */
    public void start() {
        int plan;
        synchronized (this) {
            if (open) {
                return;
            }
            open = true;
            lookPlans++;
            plan = lookPlans;
        }
        lookAgainLater(plan);
        wake();
    }

    /**
     * Claims nothing more. What is in flight goes on to its end.
     *
     * @return ends when nothing is in flight any more
     */
    public CompletionStage<Void> stop() {
        synchronized (this) {
            open = false;
            lookPlans++;
            return idle.copy();
        }
    }

    /** There may be something to deliver. Cheap, and without effect while stopped or paused. */
    public void wake() {
        synchronized (this) {
            wanted = true;
        }
        lookIfPossible();
    }

    /** What deliveries need is within reach: pauses are over. */
    public void reached() {
        boolean paused;
        synchronized (this) {
            paused = pauses.isWary();
            pauses.reached();
        }
        if (paused) {
            lookIfPossible();
        }
    }

    /** How many handles are claimed and not settled. */
    public synchronized int inFlight() {
        return inFlight;
    }

    private void lookAgainLater(int plan) {
        ports.delayer().after(LOOK_EVERY, () -> {
            synchronized (this) {
                if (plan != lookPlans) {
                    return;
                }
            }
            lookAgainLater(plan);
            wake();
        });
    }

    private void lookIfPossible() {
        int limit;
        Duration nextLook = null;
        synchronized (this) {
            boolean possible = open
                    && wanted
                    && !looking
                    && inFlight < settings.maxInFlight()
                    && !pauses.isPaused(ports.clock().instant());
            if (!possible) {
                return;
            }
            wanted = false;
            looking = true;
            busy();
            limit = settings.maxInFlight() - inFlight;
            if (pauses.isWary()) {
                // one tells as much as ten about whether all is well again
                limit = 1;
                nextLook = pauses.tried(ports.clock().instant());
            }
        }
        int most = limit;
        if (nextLook != null) {
            ports.delayer().after(nextLook, this::wake);
        }
        ports.executor().execute(() -> look(most));
    }

    private void look(int limit) {
        NodeLease lease;
        List<StatementHandle> claimed;
        try {
            lease = ports.leases().current();
            claimed = ports.repository().claim(lease, settings.name(), limit);
        } catch (Throwable e) { // an error too must not end all deliveries
            Duration pause;
            synchronized (this) {
                pause = pauses.repositoryFailed(ports.clock().instant());
                looking = false;
                wanted = true;
                idleIfNothingIsLeft();
            }
            ports.delayer().after(pause, this::wake);
            ports.listener().repositoryFailed(e, pause);
            return;
        }
        boolean stopped;
        int troublesBefore;
        synchronized (this) {
            looking = false;
            wanted |= claimed.size() == limit;
            inFlight += claimed.size();
            pauses.repositoryAnswered();
            stopped = !open;
            troublesBefore = pauses.troubles();
            idleIfNothingIsLeft();
        }
        for (StatementHandle handle : claimed) {
            if (stopped) {
                settle(new Delivery(lease, handle, troublesBefore), NotDeliveredException.stopping());
            } else {
                ports.executor().execute(() -> deliver(new Delivery(lease, handle, troublesBefore)));
            }
        }
        lookIfPossible();
    }

    /** One claimed handle, with the number of troubles that were known when it was claimed. */
    private record Delivery(NodeLease lease, StatementHandle handle, int troublesBefore) {}

    private void deliver(Delivery delivery) {
        if (delivery.handle().delivery().count() > settings.maxDeliveries()) {
            settlement.giveUp(delivery.lease(), delivery.handle(), dueIn -> finished(delivery, dueIn));
            return;
        }
        CompletionStage<Void> done;
        try {
            done = ports.receiver().deliver(delivery.handle(), () -> requireHeld(ports, delivery.lease()));
        } catch (Throwable e) { // an error too must be settled, else the handle stays in flight for ever
            done = CompletableFuture.failedFuture(e);
        }
        done.whenComplete(
                (nothing, failure) -> ports.executor().execute(() -> settle(delivery, Failures.unwrapped(failure))));
    }

    static void requireHeld(Ports ports, NodeLease lease) {
        if (!ports.leases().holds(lease)) {
            throw NotDeliveredException.heldUp();
        }
    }

    private void settle(Delivery delivery, Throwable failure) {
        String key = delivery.handle().key();
        Duration wait = Duration.ZERO;
        synchronized (this) {
            if (failure instanceof NotDeliveredException why && why.worthWaiting()) {
                wait = pauses.putOff(
                        key, delivery.troublesBefore(), ports.clock().instant());
            } else if (!(failure instanceof NotDeliveredException)) {
                pauses.delivered(key);
            }
        }
        if (!wait.isZero()) {
            ports.delayer().after(wait, this::wake);
        }
        settlement.settle(delivery.lease(), delivery.handle(), failure, wait, dueIn -> finished(delivery, dueIn));
    }

    /** @param dueIn when the handle can be claimed again; null if never by us */
    private void finished(Delivery delivery, Duration dueIn) {
        synchronized (this) {
            inFlight--;
            idleIfNothingIsLeft();
        }
        if (dueIn != null && dueIn.compareTo(LOOK_EVERY) < 0) {
            ports.delayer().after(dueIn, this::wake);
        }
        lookIfPossible();
    }

    private void busy() {
        if (idle.isDone()) {
            idle = new CompletableFuture<>();
        }
    }

    private void idleIfNothingIsLeft() {
        if (inFlight == 0 && !looking) {
            CompletableFuture<Void> over = idle;
            idle = CompletableFuture.completedFuture(null);
            // not here: whoever waits must not run under our lock
            over.completeAsync(() -> null, ports.executor());
        }
    }
}
