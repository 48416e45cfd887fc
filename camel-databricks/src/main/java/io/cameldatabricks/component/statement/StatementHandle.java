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
package io.cameldatabricks.component.statement;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Our durable record of one submitted statement. Immutable: every method that is named after something that happened
 * returns a copy in the state that {@link HandleTransition} allows, with the next version. A store takes the copy only if
 * it still holds the version that the copy was made from.
 *
 * @param key unique, random, without meaning; also the query tag {@link QueryTags#HANDLE_KEY}
 * @param name of the endpoint that delivers it
 * @param target where it runs
 * @param origin what was known when it was intended
 * @param statementId null until the server gave one
 * @param state what we owe the user
 * @param status what the server said last; null before the first observation
 * @param submittedAt when the submit was answered or the statement found; null before
 * @param completedAt when it ended, by the server's clock if it told, else when we saw it; null before
 * @param deadlines what time takes away
 * @param loss why the end can never be seen; null unless it was lost
 * @param claim who delivers it now; null for nobody
 * @param delivery how the delivery goes
 * @param version grows by one with every copy that changes something
 */
public record StatementHandle(
        String key,
        String name,
        StatementTarget target,
        StatementOrigin origin,
        StatementId statementId,
        HandleState state,
        StatementStatus status,
        Instant submittedAt,
        Instant completedAt,
        StatementDeadlines deadlines,
        LossReason loss,
        HandleClaim claim,
        HandleDelivery delivery,
        long version) {

    public StatementHandle {
        if (key == null || key.isBlank() || key.length() > QueryTags.MAX_LENGTH) {
            throw new IllegalArgumentException("A handle needs a key of 1 to " + QueryTags.MAX_LENGTH + " characters");
        }
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("A handle needs the name of its endpoint");
        }
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(deadlines, "deadlines");
        Objects.requireNonNull(delivery, "delivery");
        boolean idMissing = statementId == null && state != HandleState.INTENDED && loss != LossReason.NEVER_FOUND;
        if (idMissing) {
            throw new IllegalArgumentException("A handle in state " + state + " needs the id of its statement");
        }
    }

    /** The first version: to be stored before the submit. */
    public static StatementHandle intended(String key, String name, StatementTarget target, StatementOrigin origin) {
        return new StatementHandle(
                key,
                name,
                target,
                origin,
                null,
                HandleState.INTENDED,
                null,
                null,
                null,
                StatementDeadlines.none(),
                null,
                null,
                HandleDelivery.none(),
                0);
    }

    /** The server answered the submit. */
    public StatementHandle withSubmitted(StatementId id, Instant at) {
        Draft draft = move(HandleEvent.SUBMITTED);
        draft.accepted(id, at);
        return draft.handle();
    }

    /** The statement was found by its tag. */
    public StatementHandle withAdopted(StatementId id, Instant at) {
        Draft draft = move(HandleEvent.ADOPTED);
        draft.accepted(id, at);
        return draft.handle();
    }

    /** The statement was not found by its tag in time. */
    public StatementHandle withAbandoned(Instant at) {
        Draft draft = move(HandleEvent.ABANDONED);
        draft.loss = LossReason.NEVER_FOUND;
        draft.completedAt = at;
        return draft.handle();
    }

    /**
     * The statement was seen: a status that is terminal completes the handle, another one moves its keep-alive deadline.
     *
     * @throws IllegalArgumentException if the status is one of another statement
     */
    public StatementHandle withObserved(StatementStatus seen) {
        return withObserved(seen, status == null ? submittedAt : status.observedAt());
    }

    /**
     * As {@link #withObserved(StatementStatus)}, for a watcher that does not make a version of every observation.
     *
     * @param notEndedBefore when the statement was seen running last
     */
    public StatementHandle withObserved(StatementStatus seen, Instant notEndedBefore) {
        if (!seen.id().equals(statementId)) {
            throw new IllegalArgumentException(
                    "The status of statement " + seen.id() + " is not one of " + statementId);
        }
        Draft draft = move(seen.isTerminal() ? HandleEvent.ENDED : HandleEvent.OBSERVED);
        draft.status = seen;
        if (seen.isTerminal()) {
            draft.completedAt = seen.endedAt() == null ? seen.observedAt() : seen.endedAt();
            draft.deadlines = StatementDeadlines.ended(seen, notEndedBefore);
        } else {
            draft.deadlines = StatementDeadlines.running(seen.observedAt());
        }
        return draft.handle();
    }

    /** The server does not know the statement any more. */
    public StatementHandle withGone(LossReason reason, Instant at) {
        Draft draft = move(HandleEvent.GONE);
        draft.loss = Objects.requireNonNull(reason, "reason");
        draft.completedAt = at;
        draft.deadlines = StatementDeadlines.none();
        return draft.handle();
    }

    /** A node delivers it from now on; this counts as a delivery. */
    public StatementHandle withClaim(HandleClaim newClaim) {
        Draft draft = move(HandleEvent.CLAIMED);
        draft.claim = Objects.requireNonNull(newClaim, "claim");
        draft.delivery = new HandleDelivery(delivery.count() + 1, null, null, null);
        return draft.handle();
    }

    /** The delivery failed or was given back; the next one is due at this time, null for at once. */
    public StatementHandle withRelease(Instant nextDeliveryAt) {
        return unclaimed(HandleEvent.RELEASED, new HandleDelivery(delivery.count(), nextDeliveryAt, null, null));
    }

    /** The route has not seen it, so that this was no delivery; the next one is due at this time, null for at once. */
    public StatementHandle withGivenBack(Instant nextDeliveryAt) {
        return unclaimed(HandleEvent.RELEASED, new HandleDelivery(delivery.count() - 1, nextDeliveryAt, null, null));
    }

    /** The lease of the node that delivered it ran out; it can be claimed at once. */
    public StatementHandle withLeaseOver() {
        return unclaimed(HandleEvent.LEASE_OVER, new HandleDelivery(delivery.count(), null, null, null));
    }

    /** The route is done with it, be it the result or the news that it is lost. */
    public StatementHandle withConfirmed(Instant at) {
        HandleEvent event = state == HandleState.LOST ? HandleEvent.REPORTED : HandleEvent.CONFIRMED;
        return unclaimed(event, new HandleDelivery(delivery.count(), null, at, null));
    }

    /** It was delivered in vain too often. */
    public StatementHandle withBuried(String reason, Instant at) {
        return unclaimed(
                HandleEvent.BURIED,
                new HandleDelivery(delivery.count(), null, at, Objects.requireNonNull(reason, "reason")));
    }

    /** It was given up, and somebody wants it to be delivered after all; its deliveries are counted anew. */
    public StatementHandle withRevived() {
        return unclaimed(loss == null ? HandleEvent.REVIVED : HandleEvent.LOSS_REVIVED, HandleDelivery.none());
    }

    /** Where the statement is found again; empty while the server gave no id. */
    public Optional<StatementReference> reference() {
        return statementId == null ? Optional.empty() : Optional.of(new StatementReference(target, statementId));
    }

    private StatementHandle unclaimed(HandleEvent event, HandleDelivery newDelivery) {
        Draft draft = move(event);
        draft.claim = null;
        draft.delivery = newDelivery;
        return draft.handle();
    }

    private Draft move(HandleEvent event) {
        HandleState to = HandleTransition.of(state, event)
                .to()
                .orElseThrow(
                        () -> new IllegalStateException("A handle that was " + event + " is removed, not changed"));
        return new Draft(to);
    }

    /** The next version while it is put together. */
    private final class Draft {
        private final HandleState to;
        private StatementId id = statementId;
        private StatementStatus status = StatementHandle.this.status;
        private Instant submittedAt = StatementHandle.this.submittedAt;
        private Instant completedAt = StatementHandle.this.completedAt;
        private StatementDeadlines deadlines = StatementHandle.this.deadlines;
        private LossReason loss = StatementHandle.this.loss;
        private HandleClaim claim = StatementHandle.this.claim;
        private HandleDelivery delivery = StatementHandle.this.delivery;

        private Draft(HandleState to) {
            this.to = to;
        }

        private void accepted(StatementId newId, Instant at) {
            id = Objects.requireNonNull(newId, "id");
            submittedAt = Objects.requireNonNull(at, "at");
            deadlines = StatementDeadlines.running(at);
        }

        private StatementHandle handle() {
            return new StatementHandle(
                    key,
                    name,
                    target,
                    origin,
                    id,
                    to,
                    status,
                    submittedAt,
                    completedAt,
                    deadlines,
                    loss,
                    claim,
                    delivery,
                    version + 1);
        }
    }
}
