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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Hands out the handles of one name one by one to somebody who asks for them, and settles each when he is done with it.
 * Nothing is claimed before it is asked for. Thread-safe.
 */
public final class HandlePoller {

    private final DeliverySettings settings;
    private final HandleDispatcher.Ports ports;
    private final Settlement settlement;
    private final Runnable news;

    /**
     * A handle that was handed out.
     *
     * @param lease under which it was claimed
     */
    public record Claimed(NodeLease lease, StatementHandle handle) {}

    /**
     * @param ports without use for the receiver
     * @param news called when a handle that was given back can be polled again
     */
    public HandlePoller(DeliverySettings settings, HandleDispatcher.Ports ports, Runnable news) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.ports = Objects.requireNonNull(ports, "ports");
        this.settlement = new Settlement(settings, ports);
        this.news = Objects.requireNonNull(news, "news");
    }

    /**
     * Claims the handle that has been due for the longest time. Blocks as the repository does.
     *
     * @return empty when none is due
     * @throws io.cameldatabricks.component.repository.HandleRepositoryException when the repository fails
     */
    public Optional<Claimed> poll() {
        while (true) {
            NodeLease lease = ports.leases().current();
            List<StatementHandle> claimed = ports.repository().claim(lease, settings.name(), 1);
            if (claimed.isEmpty()) {
                return Optional.empty();
            }
            StatementHandle handle = claimed.get(0);
            if (handle.delivery().count() <= settings.maxDeliveries()) {
                return Optional.of(new Claimed(lease, handle));
            }
            settlement.giveUp(lease, handle, dueIn -> {});
        }
    }

    /**
     * To be called right before whoever asked gets the handle; see {@link ClaimCheck}.
     *
     * @throws NotDeliveredException when another node may have claimed it since
     */
    public void requireHeld(Claimed claimed) {
        HandleDispatcher.requireHeld(ports, claimed.lease());
    }

    /**
     * Settles the handle when the stage has ended, as {@link HandleReceiver#deliver} says; on the executor.
     *
     * @param done ends when whoever asked is done with it
     */
    public void settle(Claimed claimed, CompletionStage<Void> done) {
        done.whenComplete((nothing, failure) -> ports.executor()
                .execute(() -> settlement.settle(
                        claimed.lease(),
                        claimed.handle(),
                        Failures.unwrapped(failure),
                        Duration.ZERO,
                        this::finished)));
    }

    private void finished(Duration dueIn) {
        if (dueIn != null) {
            ports.delayer().after(dueIn, news);
        }
    }
}
