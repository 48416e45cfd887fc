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

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HandleTransitionTest {

    /** Written from the design, not from the enum. */
    private static final Map<HandleState, Set<HandleEvent>> LEGAL = new EnumMap<>(Map.of(
            HandleState.INTENDED,
                    EnumSet.of(HandleEvent.SUBMITTED, HandleEvent.REFUSED, HandleEvent.ADOPTED, HandleEvent.ABANDONED),
            HandleState.SUBMITTED, EnumSet.of(HandleEvent.OBSERVED, HandleEvent.ENDED, HandleEvent.GONE),
            HandleState.COMPLETED, EnumSet.of(HandleEvent.CLAIMED),
            HandleState.CLAIMED,
                    EnumSet.of(HandleEvent.RELEASED, HandleEvent.LEASE_OVER, HandleEvent.CONFIRMED, HandleEvent.BURIED),
            HandleState.LOST,
                    EnumSet.of(
                            HandleEvent.CLAIMED,
                            HandleEvent.RELEASED,
                            HandleEvent.LEASE_OVER,
                            HandleEvent.REPORTED,
                            HandleEvent.BURIED),
            HandleState.DELIVERED, EnumSet.noneOf(HandleEvent.class),
            HandleState.DEAD, EnumSet.of(HandleEvent.REVIVED, HandleEvent.LOSS_REVIVED)));

    static Stream<Arguments> everyPair() {
        return Arrays.stream(HandleState.values())
                .flatMap(state -> Arrays.stream(HandleEvent.values()).map(event -> Arguments.of(state, event)));
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void shouldMoveOnlyWhereTheDesignAllows(HandleState from, HandleEvent event) {
        if (LEGAL.get(from).contains(event)) {
            HandleTransition move = HandleTransition.of(from, event);
            assertThat(move.from()).isEqualTo(from);
            assertThat(move.event()).isEqualTo(event);
        } else {
            assertThatThrownBy(() -> HandleTransition.of(from, event))
                    .isInstanceOf(IllegalHandleTransitionException.class)
                    .hasMessageContaining(from.name())
                    .hasMessageContaining(event.name());
        }
    }

    @Test
    void shouldNotHoldTheSamePairTwice() {
        Set<String> pairs = new HashSet<>();
        for (HandleTransition move : HandleTransition.values()) {
            assertThat(pairs.add(move.from() + " " + move.event())).isTrue();
        }
    }

    @Test
    void shouldReachEveryStateAndLeaveEveryStateButDelivered() {
        Set<HandleState> reached = EnumSet.of(HandleState.INTENDED);
        for (HandleTransition move : HandleTransition.values()) {
            move.to().ifPresent(reached::add);
        }
        assertThat(reached).containsExactlyInAnyOrder(HandleState.values());
        for (HandleState state : HandleState.values()) {
            assertThat(LEGAL.get(state).isEmpty()).isEqualTo(state == HandleState.DELIVERED);
        }
    }

    @Test
    void shouldRemoveARefusedIntentOnly() {
        assertThat(Arrays.stream(HandleTransition.values())
                        .filter(move -> move.to().isEmpty()))
                .containsExactly(HandleTransition.REFUSE);
    }

    @Test
    void shouldNeverTurnALostHandleIntoOneWithAResult() {
        assertThat(Arrays.stream(HandleTransition.values())
                        .filter(move -> move.from() == HandleState.LOST)
                        .map(move -> move.to().orElseThrow()))
                .doesNotContain(HandleState.COMPLETED, HandleState.CLAIMED);
    }
}
