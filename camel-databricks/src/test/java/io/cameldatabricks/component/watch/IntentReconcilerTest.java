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
package io.cameldatabricks.component.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.retry.VirtualTime;
import io.cameldatabricks.component.statement.HandleOutcome;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IntentReconcilerTest {

    private final VirtualTime time = VirtualTime.begin();
    private final Instant begin = time.instant();
    private final SimulatedWarehouse warehouse = new SimulatedWarehouse(time, 100);
    private final RecordingListener listener = new RecordingListener(time);
    private final IntentReconciler reconciler = new IntentReconciler(
            warehouse, WatchRules.same(WatchSettings.standard()), listener, time, time, new Random(1));
    private final StatementHandle intent = Handles.intended("a", begin);

    /** As the node does that wrote the intent. */
    private boolean reconcile(StatementHandle own) {
        return reconciler.reconcile(own, Duration.between(own.origin().intendedAt(), time.instant()));
    }

    private void appears(Duration after) {
        warehouse.start(Handles.id("a"), Duration.ofHours(1));
        time.after(after, () -> warehouse.tags.put("a", Handles.id("a")));
    }

    @Test
    void shouldAdoptAStatementThatIsThere() {
        appears(Duration.ZERO);
        time.advance(Duration.ofSeconds(90));
        reconcile(intent);
        time.advance(Duration.ofSeconds(1));

        StatementHandle adopted = listener.adopted.get("a");
        assertThat(adopted.state()).isEqualTo(HandleState.SUBMITTED);
        assertThat(adopted.statementId()).isEqualTo(Handles.id("a"));
        assertThat(adopted.submittedAt()).isEqualTo(begin);
        assertThat(reconciler.size()).isZero();
        assertThat(warehouse.searches).isEqualTo(1);
    }

    @Test
    void shouldWaitForAHistoryThatIsLate() {
        appears(Duration.ofMinutes(4));
        reconcile(intent);
        time.advance(Duration.ofMinutes(6));

        assertThat(listener.adopted).containsOnlyKeys("a");
        assertThat(listener.lost).isEmpty();
        assertThat(warehouse.searches).isBetween(8, 20);
    }

    @Test
    void shouldGiveUpWhatIsNotFoundInTimeAndNotBefore() {
        reconcile(intent);
        time.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(listener.lost).isEmpty();
        time.advance(Duration.ofMinutes(1));

        assertThat(listener.lost.get("a").state()).isEqualTo(HandleState.LOST);
        assertThat(HandleOutcome.of(listener.lost.get("a"), time.instant())).isEqualTo(HandleOutcome.NEVER_FOUND);
        assertThat(reconciler.size()).isZero();
        assertThat(time.planned()).isZero();
    }

    /** The fourth look is a wide one; it begins after 277 seconds and ends after 367. */
    @Test
    void shouldNotGiveUpAfterASearchThatBeganTooEarly() {
        warehouse.latency = Duration.ofSeconds(90);
        reconcile(intent);
        time.advance(Duration.ofSeconds(400));
        assertThat(warehouse.searches).isEqualTo(5);
        assertThat(listener.lost).isEmpty();

        time.advance(Duration.ofSeconds(200));
        assertThat(listener.lost).containsOnlyKeys("a");
    }

    @Test
    void shouldGiveUpNothingAfterSearchesThatFailed() {
        warehouse.searchFailure = () -> new IllegalStateException("no permission");
        reconcile(intent);
        time.advance(Duration.ofHours(2));
        assertThat(listener.lost).isEmpty();
        assertThat(listener.troubles).isGreaterThan(100);

        appears(Duration.ZERO);
        StatementHandle old = Handles.intended("a", time.instant());
        reconciler.forget("a");
        warehouse.searchFailure = () -> null;
        reconcile(old);
        time.advance(Duration.ofMinutes(1));
        assertThat(listener.adopted).containsOnlyKeys("a");
    }

    @Test
    void shouldFindOldIntentsAfterALongOutage() {
        appears(Duration.ZERO);
        time.advance(Duration.ofDays(3));
        reconcile(intent);
        time.advance(Duration.ofSeconds(1));

        assertThat(listener.adopted).containsOnlyKeys("a");
    }

    /** As many as a crash in full flight leaves behind: each search reads all of the history of its time. */
    @Test
    void shouldReadTheHistoryOnceForAllThatWait() {
        warehouse.latency = Duration.ofSeconds(2);
        for (int i = 0; i < 2_000; i++) {
            String key = "many" + i;
            warehouse.start(Handles.id(key), Duration.ofHours(1));
            warehouse.tags.put(key, Handles.id(key));
            reconcile(Handles.intended(key, begin));
        }
        time.advance(Duration.ofSeconds(5));

        assertThat(listener.adopted).hasSize(2_000);
        assertThat(warehouse.searches).isEqualTo(IntentReconciler.SEARCHES_AT_ONCE + 1);
        assertThat(warehouse.mostSearchesAtOnce).isEqualTo(IntentReconciler.SEARCHES_AT_ONCE);
    }

    @Test
    void shouldGiveUpTogetherOnlyWhatIsNotThereAndHasSettled() {
        List<StatementHandle> old = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            old.add(Handles.intended("old" + i, begin));
        }
        warehouse.start(Handles.id("old7"), Duration.ofHours(1));
        warehouse.tags.put("old7", Handles.id("old7"));
        time.advance(Duration.ofMinutes(4));
        StatementHandle young = Handles.intended("young", time.instant());
        time.advance(Duration.ofMinutes(2));
        old.forEach(this::reconcile);
        reconcile(young);
        time.advance(Duration.ofSeconds(2));

        assertThat(listener.adopted).containsOnlyKeys("old7");
        assertThat(listener.lost).hasSize(99).doesNotContainKeys("old7", "young");
        assertThat(reconciler.size()).isEqualTo(1);
        time.advance(Duration.ofMinutes(5));
        assertThat(listener.lost).containsKey("young");
    }

    @Test
    void shouldKeepAllOfASearchThatFailed() {
        warehouse.searchFailure = () -> new IllegalStateException("no permission");
        for (int i = 0; i < 50; i++) {
            warehouse.start(Handles.id("k" + i), Duration.ofHours(1));
            warehouse.tags.put("k" + i, Handles.id("k" + i));
            reconcile(Handles.intended("k" + i, begin));
        }
        time.advance(Duration.ofHours(1));
        assertThat(listener.lost).isEmpty();
        assertThat(reconciler.size()).isEqualTo(50);

        warehouse.searchFailure = () -> null;
        time.advance(Duration.ofMinutes(1));
        assertThat(listener.adopted).hasSize(50);
    }

    @Test
    void shouldNotSearchForWhatIsForgottenWhileItWaits() {
        warehouse.latency = Duration.ofSeconds(2);
        for (int i = 0; i < 10; i++) {
            reconcile(Handles.intended("k" + i, begin));
        }
        reconciler.forget("k9");
        time.advance(Duration.ofSeconds(3));

        assertThat(warehouse.searched.get(4).values()).containsExactlyInAnyOrder("k4", "k5", "k6", "k7", "k8");
    }

    @Test
    void shouldReckonWithWrongClocksNowAndThen() {
        appears(Duration.ZERO);
        StatementHandle ahead = Handles.intended("a", begin.plus(Duration.ofMinutes(9)));
        time.advance(Duration.ofMinutes(9));
        reconcile(ahead);
        time.advance(Duration.ofSeconds(2));
        assertThat(listener.adopted).isEmpty();
        time.advance(Duration.ofSeconds(30));

        assertThat(listener.adopted).containsOnlyKeys("a");
        assertThat(warehouse.searches).isEqualTo(4);
    }

    @Test
    void shouldReckonWithWrongClocksBeforeItGivesUp() {
        appears(Duration.ZERO);
        StatementHandle ahead = Handles.intended("a", begin.plus(Duration.ofMinutes(9)));
        time.advance(Duration.ofMinutes(20));
        reconcile(ahead);
        time.advance(Duration.ofSeconds(1));

        assertThat(listener.adopted).containsOnlyKeys("a");
        assertThat(listener.lost).isEmpty();
    }

    @Test
    void shouldTellAgainUntilItIsTaken() {
        appears(Duration.ZERO);
        listener.failures = 3;
        reconcile(intent);
        time.advance(Duration.ofMinutes(1));

        assertThat(listener.calls).isEqualTo(4);
        assertThat(listener.adopted).containsOnlyKeys("a");
        assertThat(warehouse.searches).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldLookForAnIntentOnceAndOnlyForAnIntent() {
        assertThat(reconcile(intent)).isTrue();
        assertThat(reconcile(intent)).isFalse();
        assertThatThrownBy(() -> reconcile(Handles.submitted("b", begin))).isInstanceOf(IllegalArgumentException.class);
        reconciler.close();
        time.advance(Duration.ofHours(1));
        assertThat(listener.lost).isEmpty();
    }
}
