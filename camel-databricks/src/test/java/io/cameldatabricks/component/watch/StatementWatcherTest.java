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
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.retry.VirtualTime;
import io.cameldatabricks.component.statement.HandleOutcome;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.UnknownStatementStateException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StatementWatcherTest {

    private final VirtualTime time = VirtualTime.begin();
    private final Instant begin = time.instant();
    private final SimulatedWarehouse warehouse = new SimulatedWarehouse(time, 100);
    private final RecordingListener listener = new RecordingListener(time);
    private final StatementWatcher watcher = watcher(WatchSettings.standard());

    private StatementWatcher watcher(WatchSettings settings) {
        return new StatementWatcher(
                warehouse, WatchRules.same(settings), listener, TimerWheel.standard(), time, time, time, new Random(5));
    }

    private SimulatedWarehouse.Statement start(String key, Duration duration) {
        SimulatedWarehouse.Statement statement = warehouse.start(Handles.id(key), duration);
        watcher.watch(Handles.submitted(key, time.instant()));
        return statement;
    }

    @ParameterizedTest
    @EnumSource(
            value = StatementState.class,
            names = {"SUCCEEDED", "CLOSED", "FAILED", "CANCELED"})
    void shouldTellTheEnd(StatementState end) {
        start("a", Duration.ofSeconds(30)).end = end;
        time.advance(Duration.ofSeconds(29));
        assertThat(listener.ended).isEmpty();
        time.advance(Duration.ofSeconds(6));

        assertThat(listener.ended.get("a").state()).isEqualTo(HandleState.COMPLETED);
        assertThat(listener.ended.get("a").status().state()).isEqualTo(end);
        assertThat(HandleOutcome.of(listener.ended.get("a"), time.instant()))
                .isEqualTo(
                        switch (end) {
                            case SUCCEEDED -> HandleOutcome.SUCCEEDED;
                            case CLOSED -> HandleOutcome.RELEASED;
                            case FAILED -> HandleOutcome.FAILED;
                            default -> HandleOutcome.CANCELED;
                        });
        assertThat(watcher.size()).isZero();
        assertThat(listener.calls).isEqualTo(1);
    }

    /** It was submitted by a node that is dead now. */
    @ParameterizedTest
    @ValueSource(longs = {-90, 90})
    void shouldWatchWhatANodeWithAWrongClockHasSubmitted(long minutes) {
        SimulatedWarehouse.Statement statement = warehouse.start(Handles.id("a"), Duration.ofSeconds(100));
        watcher.watch(Handles.submitted("a", begin.plus(Duration.ofMinutes(minutes))));
        time.advance(Duration.ofSeconds(100));
        assertThat(listener.ended).isEmpty();
        assertThat(statement.reads).as("neither never nor all the time").isBetween(1, 60);
        time.advance(Duration.ofMinutes(7));

        assertThat(listener.ended).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3600})
    void shouldGoOnWhenTheClockIsSetBack(long seconds) {
        Duration[] wrong = {Duration.ZERO};
        StatementWatcher watching = new StatementWatcher(
                warehouse,
                WatchRules.same(WatchSettings.standard()),
                listener,
                TimerWheel.standard(),
                () -> time.instant().plus(wrong[0]),
                time,
                time,
                new Random(5));
        SimulatedWarehouse.Statement old = warehouse.start(Handles.id("old"), Duration.ofHours(2));
        watching.watch(Handles.submitted("old", time.instant()));
        time.advance(Duration.ofMinutes(50));
        wrong[0] = Duration.ofSeconds(-seconds);
        warehouse.start(Handles.id("new"), Duration.ofSeconds(30));
        watching.watch(Handles.submitted("new", time.instant().plus(wrong[0])));
        int reads = old.reads;

        time.advance(Duration.ofSeconds(36));

        assertThat(listener.ended).containsOnlyKeys("new");
        time.advance(Duration.ofMinutes(5));
        assertThat(old.reads - reads)
                .as("as often as one of its age is asked for")
                .isBetween(3, 12);
        time.advance(Duration.ofMinutes(70));
        assertThat(listener.ended).containsOnlyKeys("new", "old");
    }

    /** An error of the platform, for example: the next time may be better. */
    @Test
    void shouldTellTheEndAgainAfterAnError() {
        listener.error = new InternalError("for a moment");
        listener.failures = 2;
        start("a", Duration.ofSeconds(5));

        time.advance(Duration.ofSeconds(60));

        assertThat(listener.ended).containsOnlyKeys("a");
        assertThat(watcher.size()).isZero();
    }

    @Test
    void shouldAskForTheOthersWhenOneCallEndsInAnError() {
        start("a", Duration.ofSeconds(5));
        start("b", Duration.ofSeconds(5));
        boolean[] broken = {false};
        warehouse.readFailure = () -> {
            if (!broken[0]) {
                broken[0] = true;
                throw new StackOverflowError();
            }
            return null;
        };

        time.advance(Duration.ofSeconds(60));

        assertThat(broken[0]).isTrue();
        assertThat(listener.ended).containsOnlyKeys("a", "b");
    }

    @Test
    void shouldAskNothingMoreOnceAllHaveEnded() {
        start("a", Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(60));
        int reads = warehouse.reads;
        time.advance(Duration.ofHours(5));

        assertThat(warehouse.reads).isEqualTo(reads);
        assertThat(time.planned()).isZero();
    }

    @Test
    void shouldNeverEndAHandleBecauseChecksFail() {
        start("a", Duration.ofHours(3));
        warehouse.readFailure = () -> new UnknownStatementStateException("THROTTLED");
        time.advance(Duration.ofHours(6));
        assertThat(listener.ended).isEmpty();
        assertThat(listener.lost).isEmpty();
        assertThat(listener.troubles).isGreaterThan(50);
        assertThat(watcher.size()).isEqualTo(1);

        warehouse.readFailure = () -> null;
        time.advance(Duration.ofMinutes(6));
        assertThat(listener.ended).containsOnlyKeys("a");
    }

    @Test
    void shouldAskLessOftenWhileTheServerIsOutOfReach() {
        start("a", Duration.ofHours(3));
        warehouse.readFailure = () -> new IllegalStateException("down");
        time.advance(Duration.ofSeconds(60));

        assertThat(warehouse.reads).isBetween(5, 15);
    }

    @Test
    void shouldGiveUpAHandleOnlyWhenTheServerSaysTwiceThatItIsGone() {
        SimulatedWarehouse.Statement statement = start("a", Duration.ofHours(3));
        time.advance(Duration.ofSeconds(60));
        statement.purged = true;
        time.advance(Duration.ofSeconds(30));

        assertThat(listener.lost.get("a").state()).isEqualTo(HandleState.LOST);
        assertThat(HandleOutcome.of(listener.lost.get("a"), time.instant())).isEqualTo(HandleOutcome.UNKNOWN_TO_SERVER);
        assertThat(watcher.size()).isZero();
    }

    @Test
    void shouldForgiveASingleAnswerThatAStatementIsGone() {
        SimulatedWarehouse.Statement statement = start("a", Duration.ofSeconds(300));
        time.advance(Duration.ofSeconds(60));
        statement.purged = true;
        int reads = warehouse.reads;
        while (warehouse.reads == reads) {
            time.advance(Duration.ofMillis(5));
        }
        time.advance(Duration.ofMillis(6));
        statement.purged = false;
        time.advance(Duration.ofSeconds(400));

        assertThat(listener.lost).isEmpty();
        assertThat(listener.ended).containsOnlyKeys("a");
    }

    @Test
    void shouldCallAStatementPurgedThatNobodyAskedForForLong() {
        warehouse.start(Handles.id("a"), Duration.ofSeconds(10)).purged = true;
        StatementHandle handle = Handles.submitted("a", time.instant());
        time.advance(Duration.ofHours(13));
        watcher.watch(handle);
        time.advance(Duration.ofSeconds(30));

        assertThat(HandleOutcome.of(listener.lost.get("a"), time.instant())).isEqualTo(HandleOutcome.PURGED);
    }

    @Test
    void shouldCallAResultExpiredThatWasSeenTooLate() {
        warehouse.start(Handles.id("a"), Duration.ofSeconds(10));
        StatementHandle handle = Handles.submitted("a", time.instant());
        time.advance(Duration.ofHours(3));
        watcher.watch(handle);
        time.advance(Duration.ofSeconds(30));

        assertThat(HandleOutcome.of(listener.ended.get("a"), time.instant())).isEqualTo(HandleOutcome.RESULT_EXPIRED);
    }

    @Test
    void shouldTellTheEndAgainUntilItIsTaken() {
        listener.failures = 6;
        start("a", Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(10));
        int reads = warehouse.reads;
        assertThat(listener.ended).isEmpty();
        assertThat(watcher.size()).isEqualTo(1);
        time.advance(Duration.ofMinutes(5));

        assertThat(listener.ended).containsOnlyKeys("a");
        assertThat(listener.calls).isEqualTo(7);
        assertThat(warehouse.reads).isEqualTo(reads);
        assertThat(watcher.size()).isZero();
    }

    @Test
    void shouldLetHandlesGo() {
        start("a", Duration.ofSeconds(30));
        start("b", Duration.ofSeconds(30));
        time.advance(Duration.ofSeconds(3));

        assertThat(watcher.forget("a")).isTrue();
        assertThat(watcher.forget("a")).isFalse();
        time.advance(Duration.ofMinutes(2));
        assertThat(listener.ended).containsOnlyKeys("b");
    }

    @Test
    void shouldHurryWhenAsked() {
        SimulatedWarehouse.Statement statement = start("a", Duration.ofHours(3));
        time.advance(Duration.ofHours(1));
        Instant readAt = statement.readAt;
        time.advance(Duration.ofMillis(100));
        watcher.hurry("a");
        watcher.hurry("nobody");
        time.advance(Duration.ofMillis(50));

        assertThat(statement.readAt).isAfter(readAt);
    }

    @Test
    void shouldWatchAHandleOnceAndOnlyWhileThatMakesSense() {
        start("a", Duration.ofSeconds(30));

        assertThat(watcher.watch(Handles.submitted("a", begin))).isFalse();
        assertThatThrownBy(() -> watcher.watch(Handles.intended("b", begin)))
                .isInstanceOf(IllegalArgumentException.class);
        watcher.close();
        assertThat(watcher.watch(Handles.submitted("c", begin))).isFalse();
        time.advance(Duration.ofMinutes(5));
        assertThat(listener.ended).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 49, 50, 1000})
    void shouldAskForManyTogetherAndMissNone(int handles) {
        for (int i = 0; i < handles; i++) {
            start("k" + i, Duration.ofSeconds(60 + i % 240));
        }
        time.advance(Duration.ofSeconds(400));

        assertThat(listener.ended).hasSize(handles);
        assertThat(warehouse.groups > 0).isEqualTo(handles >= 50);
        assertThat(warehouse.largestGroup).isLessThanOrEqualTo(100);
    }

    @Test
    void shouldBelieveTheHistoryOnlyThatAStatementRuns() {
        // a history that says of everything that it failed, long before it did
        warehouse.history = status ->
                new StatementStatus(status.id(), StatementState.FAILED, null, status.observedAt(), time.instant());
        for (int i = 0; i < 60; i++) {
            start("k" + i, Duration.ofSeconds(100));
        }
        time.advance(Duration.ofSeconds(95));
        assertThat(warehouse.groups).isPositive();
        assertThat(listener.ended).isEmpty();
        time.advance(Duration.ofSeconds(60));

        assertThat(listener.ended).hasSize(60);
        assertThat(listener.ended.values()).allMatch(handle -> handle.status().state() == StatementState.SUCCEEDED);
    }

    @Test
    void shouldTakeTheTimeOfTheEndFromTheHistory() {
        for (int i = 0; i < 400; i++) {
            start("k" + i, Duration.ofSeconds(300));
        }
        time.advance(Duration.ofSeconds(400));

        assertThat(listener.ended).hasSize(400);
        assertThat(listener.ended.values())
                .filteredOn(handle -> handle.completedAt().equals(begin.plusSeconds(300)))
                .hasSizeGreaterThan(200);
    }

    @Test
    void shouldAskForEachWhatTheHistoryDoesNotKnow() {
        warehouse.history = status -> null;
        for (int i = 0; i < 60; i++) {
            start("k" + i, Duration.ofSeconds(100));
        }
        time.advance(Duration.ofSeconds(200));

        assertThat(listener.ended).hasSize(60);
        assertThat(listener.lost).isEmpty();
    }

    @Test
    void shouldLeaveABrokenHistoryAloneForAWhile() {
        warehouse.groupFailure = () -> new IllegalStateException("no permission");
        for (int i = 0; i < 60; i++) {
            start("k" + i, Duration.ofSeconds(200));
        }
        time.advance(Duration.ofSeconds(280));

        assertThat(listener.ended).hasSize(60);
        assertThat(warehouse.groups).isBetween(1, 10);
    }
}
