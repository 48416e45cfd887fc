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

import java.util.Optional;

/**
 * The legal moves of a handle; there are no others. A lost handle is claimed and released without a change of its state,
 * so that it stays known as lost whatever happens to the node that reports it.
 */
public enum HandleTransition {
    SUBMIT(HandleState.INTENDED, HandleEvent.SUBMITTED, HandleState.SUBMITTED),
    /** The handle is removed. */
    REFUSE(HandleState.INTENDED, HandleEvent.REFUSED, null),
    ADOPT(HandleState.INTENDED, HandleEvent.ADOPTED, HandleState.SUBMITTED),
    ABANDON(HandleState.INTENDED, HandleEvent.ABANDONED, HandleState.LOST),
    OBSERVE(HandleState.SUBMITTED, HandleEvent.OBSERVED, HandleState.SUBMITTED),
    COMPLETE(HandleState.SUBMITTED, HandleEvent.ENDED, HandleState.COMPLETED),
    LOSE(HandleState.SUBMITTED, HandleEvent.GONE, HandleState.LOST),
    CLAIM(HandleState.COMPLETED, HandleEvent.CLAIMED, HandleState.CLAIMED),
    RELEASE(HandleState.CLAIMED, HandleEvent.RELEASED, HandleState.COMPLETED),
    EXPIRE_LEASE(HandleState.CLAIMED, HandleEvent.LEASE_OVER, HandleState.COMPLETED),
    CONFIRM(HandleState.CLAIMED, HandleEvent.CONFIRMED, HandleState.DELIVERED),
    BURY(HandleState.CLAIMED, HandleEvent.BURIED, HandleState.DEAD),
    CLAIM_LOST(HandleState.LOST, HandleEvent.CLAIMED, HandleState.LOST),
    RELEASE_LOST(HandleState.LOST, HandleEvent.RELEASED, HandleState.LOST),
    EXPIRE_LEASE_LOST(HandleState.LOST, HandleEvent.LEASE_OVER, HandleState.LOST),
    REPORT(HandleState.LOST, HandleEvent.REPORTED, HandleState.DELIVERED),
    BURY_LOST(HandleState.LOST, HandleEvent.BURIED, HandleState.DEAD),
    REVIVE(HandleState.DEAD, HandleEvent.REVIVED, HandleState.COMPLETED),
    REVIVE_LOST(HandleState.DEAD, HandleEvent.LOSS_REVIVED, HandleState.LOST);

    private final HandleState from;
    private final HandleEvent event;
    private final HandleState to;

    HandleTransition(HandleState from, HandleEvent event, HandleState to) {
        this.from = from;
        this.event = event;
        this.to = to;
    }

    /**
     * @throws IllegalHandleTransitionException if {@code event} cannot happen to a handle in state {@code from}
     */
    public static HandleTransition of(HandleState from, HandleEvent event) {
        for (HandleTransition transition : values()) {
            if (transition.from == from && transition.event == event) {
                return transition;
            }
        }
        throw new IllegalHandleTransitionException(from, event);
    }

    public HandleState from() {
        return from;
    }

    public HandleEvent event() {
        return event;
    }

    /** The state after the move; empty when the handle is removed. */
    public Optional<HandleState> to() {
        return Optional.ofNullable(to);
    }
}
