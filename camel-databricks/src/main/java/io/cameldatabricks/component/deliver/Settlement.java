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
import java.util.Optional;
import java.util.function.Consumer;

import io.cameldatabricks.component.deliver.HandleDispatcher.Ports;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Writes down how a delivery ended, again and again until the repository has answered. A write that failed may have
 * happened, so a later one that is refused looks at what is stored before it says that the claim was lost.
 */
final class Settlement {

    private final DeliverySettings settings;
    private final Ports ports;

    Settlement(DeliverySettings settings, Ports ports) {
        this.settings = settings;
        this.ports = ports;
    }

    private enum Kind {
        CONFIRM,
        RELEASE,
        GIVE_BACK,
        BURY
    }

    /**
     * What is to be written.
     *
     * @param dueIn for RELEASE and GIVE_BACK
     * @param reason for BURY
     * @param failure how the delivery failed; null if it did not
     */
    private record Verdict(
            Kind kind, NodeLease lease, StatementHandle handle, Duration dueIn, String reason, Throwable failure) {}

    /**
     * @param failure with which the receiver ended; null when the route is done with it
     * @param pause shortest time for which it is given back, where no route has seen it
     * @param finished called once the repository has answered, with the time until the handle is due again or null
     */
    void settle(
            NodeLease lease, StatementHandle handle, Throwable failure, Duration pause, Consumer<Duration> finished) {
        attempt(verdict(lease, handle, failure, pause), 1, finished);
    }

    /** For a handle whose deliveries were never answered; no route is told once more. */
    void giveUp(NodeLease lease, StatementHandle handle, Consumer<Duration> finished) {
        String reason = DeadReason.unanswered(handle.delivery().count() - 1);
        attempt(new Verdict(Kind.BURY, lease, handle, null, reason, null), 1, finished);
    }

    private Verdict verdict(NodeLease lease, StatementHandle handle, Throwable failure, Duration pause) {
        if (failure == null) {
            return new Verdict(Kind.CONFIRM, lease, handle, null, null, null);
        }
        if (failure instanceof NotDeliveredException why) {
            Duration delay = why.worthWaiting() ? longer(pause, settings.redeliveryDelay()) : Duration.ZERO;
            return new Verdict(Kind.GIVE_BACK, lease, handle, delay, null, failure);
        }
        int deliveries = handle.delivery().count();
        if (failure instanceof FinalFailureException last) {
            String reason = DeadReason.failed(deliveries, last.getCause());
            return new Verdict(Kind.BURY, lease, handle, null, reason, last.getCause());
        }
        if (deliveries >= settings.maxDeliveries()) {
            return new Verdict(Kind.BURY, lease, handle, null, DeadReason.failed(deliveries, failure), failure);
        }
        Duration delay = settings.redeliveryAfter(deliveries, ports.random());
        return new Verdict(Kind.RELEASE, lease, handle, delay, null, failure);
    }

    private void attempt(Verdict verdict, int number, Consumer<Duration> finished) {
        boolean written;
        try {
            written = write(verdict) || (number > 1 && wasWritten(verdict));
        } catch (Throwable e) { // an error too must not leave it in flight for ever
            Duration retryIn = DeliverySettings.pauseAfter(number, ports.random());
            ports.delayer().after(retryIn, () -> attempt(verdict, number + 1, finished));
            ports.listener().repositoryFailed(e, retryIn);
            return;
        }
        finished.accept(written ? verdict.dueIn() : null);
        tell(verdict, written);
    }

    private boolean write(Verdict verdict) {
        StatementHandle handle = verdict.handle();
        Instant now = ports.clock().instant();
        return switch (verdict.kind()) {
            case CONFIRM -> ports.repository().update(verdict.lease(), handle.withConfirmed(now), handle.version());
            case BURY ->
                ports.repository().update(verdict.lease(), handle.withBuried(verdict.reason(), now), handle.version());
            case RELEASE -> ports.repository().release(verdict.lease(), handle, verdict.dueIn());
            case GIVE_BACK -> ports.repository().giveBack(verdict.lease(), handle, verdict.dueIn());
        };
    }

    /** Whether an earlier attempt, whose answer was lost, did it. */
    private boolean wasWritten(Verdict verdict) {
        Optional<StatementHandle> stored =
                ports.repository().find(verdict.handle().key());
        return stored.isPresent()
                && stored.get().version() == verdict.handle().version() + 1
                && stored.get().state() == target(verdict);
    }

    private static HandleState target(Verdict verdict) {
        return switch (verdict.kind()) {
            case CONFIRM -> HandleState.DELIVERED;
            case BURY -> HandleState.DEAD;
            case RELEASE, GIVE_BACK ->
                verdict.handle().state() == HandleState.LOST ? HandleState.LOST : HandleState.COMPLETED;
        };
    }

    private void tell(Verdict verdict, boolean written) {
        DeliveryListener listener = ports.listener();
        StatementHandle handle = verdict.handle();
        if (!written) {
            listener.claimLost(handle, verdict.kind() == Kind.CONFIRM);
            return;
        }
        switch (verdict.kind()) {
            case CONFIRM -> listener.confirmed(handle);
            case BURY -> listener.buried(handle, verdict.reason());
            case RELEASE -> listener.failed(handle, verdict.failure(), verdict.dueIn());
            case GIVE_BACK -> listener.givenBack(handle, (NotDeliveredException) verdict.failure());
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
