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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.LossReason;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

import static io.cameldatabricks.component.repository.SampleHandles.AT;
import static io.cameldatabricks.component.repository.SampleHandles.NAME;
import static io.cameldatabricks.component.repository.SampleHandles.failed;
import static io.cameldatabricks.component.repository.SampleHandles.intent;
import static io.cameldatabricks.component.repository.SampleHandles.submitted;
import static io.cameldatabricks.component.repository.SampleHandles.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every repository does. One subclass for each implementation. */
@Timeout(180)
public abstract class StatementHandleRepositoryContract {

    /** Long enough that the time that a test takes does not matter. */
    protected static final Duration LEASE = Duration.ofMinutes(10);

    private StatementHandleRepository repository;
    private NodeLease a;
    private NodeLease b;

    /** An empty repository. */
    protected abstract StatementHandleRepository create();

    /** Moves the clock of the repository. */
    protected abstract void advance(Duration time);

    @BeforeEach
    void joinTwoNodes() {
        repository = create();
        a = repository.join("a", LEASE);
        b = repository.join("b", LEASE);
    }

    @Test
    void shouldFindEveryFieldOfWhatWasStored() {
        StatementHandle intent = intent("k1");
        assertThat(repository.add(a, intent)).isTrue();
        assertThat(repository.find("k1")).contains(intent);

        StatementHandle submitted = submitted(intent);
        assertThat(repository.update(a, submitted, 0)).isTrue();
        assertThat(repository.find("k1")).contains(submitted);

        StatementHandle failed = failed(submitted);
        assertThat(repository.update(a, failed, 1)).isTrue();
        assertThat(repository.find("k1")).contains(failed);
        assertThat(repository.find("k2")).isEmpty();
    }

    @Test
    void shouldNotTakeTheSameKeyTwice() {
        assertThat(repository.add(a, intent("k1"))).isTrue();
        assertThat(repository.add(a, intent("k1", "other"))).isFalse();
        assertThat(repository.add(b, intent("k1"))).isFalse();
        assertThat(repository.find("k1")).contains(intent("k1"));
    }

    @Test
    void shouldAnswerFalseToALostRace() {
        StatementHandle submitted = addSubmitted(a, "k1");
        assertThat(repository.update(a, succeeded(submitted), 1)).isTrue();

        StatementHandle late = submitted.withGone(LossReason.PURGED, AT);
        assertThat(repository.update(a, late, 1)).isFalse();
        assertThat(repository.find("k1")).contains(succeeded(submitted));
    }

    @Test
    void shouldAnswerFalseToTheSlowerOfTwoThreadsOfTheOwner() {
        StatementHandle submitted = addSubmitted(a, "k1");
        StatementHandle running = submitted.withObserved(
                StatementStatus.of(submitted.statementId(), StatementState.RUNNING, AT.plusSeconds(2)));
        assertThat(repository.update(a, running, 1)).isTrue();

        assertThat(repository.update(a, succeeded(submitted), 1)).isFalse();
        assertThat(repository.find("k1")).contains(running);
    }

    @Test
    void shouldAcceptACopyThatIsSeveralVersionsAhead() {
        repository.add(a, intent("k1"));
        StatementHandle ended = succeeded(submitted(intent("k1")));

        assertThat(repository.update(a, ended, 0)).isTrue();
        assertThat(repository.find("k1")).contains(ended);
    }

    @Test
    void shouldLetOnlyTheOwnerWrite() {
        StatementHandle submitted = addSubmitted(a, "k1");
        assertThat(repository.update(b, succeeded(submitted), 1)).isFalse();
        repository.add(a, intent("k2"));
        assertThat(repository.remove(b, intent("k2"))).isFalse();

        completed(a, "k3");
        StatementHandle claimed = repository.claim(b, NAME, 10).get(0);
        assertThat(repository.update(a, claimed.withConfirmed(AT), claimed.version()))
                .isFalse();
        assertThat(repository.release(a, claimed, Duration.ZERO)).isFalse();
        assertThat(repository.find("k3")).contains(claimed);
    }

    @Test
    void shouldRefuseMistakesOfTheCaller() {
        StatementHandle submitted = addSubmitted(a, "k1");
        assertThatIllegalArgumentException().isThrownBy(() -> repository.add(a, submitted));
        assertThatIllegalArgumentException().isThrownBy(() -> repository.update(a, succeeded(submitted), 2));
        assertThatIllegalArgumentException().isThrownBy(() -> repository.release(a, submitted, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> repository.removeSettled(HandleState.COMPLETED, Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> repository.join("c", Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> repository.join(" ", LEASE));
        assertThatIllegalArgumentException().isThrownBy(() -> repository.add(a, intent("k2", "n".repeat(501))));
    }

    @Test
    void shouldClaimNothingWhoseEndWasNotSeen() {
        repository.add(a, intent("k1"));
        addSubmitted(a, "k2");
        assertThat(repository.claim(a, NAME, 10)).isEmpty();
    }

    @Test
    void shouldClaimEachHandleOnceInTheOrderOfTheirEnds() {
        completed(a, "k3");
        completed(b, "k1");
        completed(a, "k2");
        repository.add(a, intent("k4", "other"));

        List<StatementHandle> first = repository.claim(b, NAME, 2);
        assertThat(first).extracting(StatementHandle::key).containsExactly("k3", "k1");
        assertThat(first).allSatisfy(handle -> {
            assertThat(handle.state()).isEqualTo(HandleState.CLAIMED);
            assertThat(handle.claim().epoch()).isEqualTo(b.epoch());
            assertThat(handle.claim().node()).isEqualTo("b");
            assertThat(handle.delivery().count()).isEqualTo(1);
            assertThat(repository.find(handle.key())).contains(handle);
        });
        assertThat(repository.claim(a, NAME, 10))
                .extracting(StatementHandle::key)
                .containsExactly("k2");
        assertThat(repository.claim(b, NAME, 10)).isEmpty();
    }

    @Test
    void shouldSettleAConfirmedHandle() {
        StatementHandle claimed = claimed(a, "k1");
        assertThat(repository.update(a, claimed.withConfirmed(Instant.EPOCH), claimed.version()))
                .isTrue();

        StatementHandle delivered = repository.find("k1").orElseThrow();
        assertThat(delivered.state()).isEqualTo(HandleState.DELIVERED);
        assertThat(delivered.claim()).isNull();
        assertThat(delivered.delivery().settledAt()).isAfter(Instant.EPOCH);
        assertThat(repository.claim(b, NAME, 10)).isEmpty();
        assertThat(repository.update(a, claimed.withConfirmed(AT), claimed.version()))
                .isFalse();
    }

    @Test
    void shouldHoldAReleasedHandleBackForTheBackoff() {
        StatementHandle claimed = claimed(a, "k1");
        assertThat(repository.release(a, claimed, Duration.ofMinutes(5))).isTrue();
        assertThat(repository.claim(a, NAME, 10)).isEmpty();

        advance(Duration.ofMinutes(4));
        assertThat(repository.claim(b, NAME, 10)).isEmpty();
        advance(Duration.ofMinutes(2));
        StatementHandle again = repository.claim(b, NAME, 10).get(0);
        assertThat(again.delivery().count()).isEqualTo(2);
        assertThat(repository.release(b, again, Duration.ZERO)).isTrue();
        assertThat(repository.claim(a, NAME, 10)).hasSize(1);
    }

    @Test
    void shouldKeepADeadLetterWithItsReason() {
        StatementHandle claimed = claimed(a, "k1");
        assertThat(repository.update(a, claimed.withBuried("5 deliveries failed", AT), claimed.version()))
                .isTrue();

        advance(Duration.ofDays(400));
        assertThat(repository.removeSettled(HandleState.DELIVERED, Duration.ofDays(1), 10))
                .isZero();
        StatementHandle dead = repository.find("k1").orElseThrow();
        assertThat(dead.state()).isEqualTo(HandleState.DEAD);
        assertThat(dead.delivery().deadReason()).isEqualTo("5 deliveries failed");
        assertThat(repository.list(NAME, HandleState.DEAD, 10)).containsExactly(dead);
        assertThat(repository.removeSettled(HandleState.DEAD, Duration.ofDays(1), 10))
                .isEqualTo(1);
    }

    @Test
    void shouldDeliverADeadLetterAgainWhenSomebodyRevivesIt() {
        completed(a, "k1");
        StatementHandle claimed = repository.claim(a, NAME, 1).get(0);
        StatementHandle dead = claimed.withBuried("in vain", AT);
        assertThat(repository.update(a, dead, claimed.version())).isTrue();
        StatementHandle stored = repository.find("k1").orElseThrow();

        assertThat(repository.revive(stored)).isTrue();

        assertThat(repository.find("k1").orElseThrow().state()).isEqualTo(HandleState.COMPLETED);
        assertThat(repository.revive(stored)).as("a lost race").isFalse();
        StatementHandle again = repository.claim(b, NAME, 1).get(0);
        assertThat(again.key()).isEqualTo("k1");
        assertThat(again.delivery().count()).isOne();
        assertThat(again.delivery().deadReason()).isNull();
    }

    @Test
    void shouldDeliverTheNewsOfALostHandle() {
        repository.add(a, intent("k1"));
        assertThat(repository.update(a, intent("k1").withAbandoned(AT), 0)).isTrue();
        StatementHandle lost = repository.claim(b, NAME, 10).get(0);
        assertThat(lost.state()).isEqualTo(HandleState.LOST);
        assertThat(lost.loss()).isEqualTo(LossReason.NEVER_FOUND);
        assertThat(repository.claim(a, NAME, 10)).isEmpty();

        assertThat(repository.release(b, lost, Duration.ZERO)).isTrue();
        StatementHandle again = repository.claim(a, NAME, 10).get(0);
        assertThat(again.delivery().count()).isEqualTo(2);
        assertThat(repository.update(a, again.withConfirmed(AT), again.version()))
                .isTrue();
        assertThat(repository.counts(NAME)).isEqualTo(Map.of(HandleState.DELIVERED, 1L));
    }

    @Test
    void shouldTakeOverFromANodeWhoseLeaseRanOut() {
        repository.add(a, intent("intended"));
        StatementHandle submitted = addSubmitted(a, "submitted");
        StatementHandle claimed = claimed(a, "claimed");
        assertThat(repository.takeOver(b, List.of(NAME), 10)).isEqualTo(Takeover.none());

        advance(LEASE.plusMinutes(1));
        assertThat(repository.renew(b))
                .as("late, but nobody has ended the epoch")
                .isTrue();
        Takeover takeover = repository.takeOver(b, List.of(NAME), 10);

        assertThat(takeover.rows()).isEqualTo(3);
        assertThat(takeover.owned()).containsExactlyInAnyOrder(intent("intended"), submitted);
        assertThat(repository.update(b, succeeded(submitted), 1)).isTrue();
        StatementHandle freed = repository.find("claimed").orElseThrow();
        assertThat(freed.state()).isEqualTo(HandleState.COMPLETED);
        assertThat(freed.claim()).isNull();
        assertThat(freed.version()).isGreaterThan(claimed.version());
        assertThat(repository.claim(b, NAME, 10))
                .filteredOn(handle -> handle.key().equals("claimed"))
                .singleElement()
                .satisfies(handle -> assertThat(handle.delivery().count()).isEqualTo(2));
        assertThat(repository.takeOver(b, List.of(NAME), 10)).isEqualTo(Takeover.none());
    }

    @Test
    void shouldTellTheAgeOfAnIntentByItsOwnClock() {
        repository.add(a, intent("intended"));
        addSubmitted(a, "submitted");
        advance(LEASE.plusMinutes(1));
        assertThat(repository.renew(b)).isTrue();

        // the sample says that it was intended at another time altogether
        assertThat(repository.takeOver(b, List.of(NAME), 10).ages())
                .containsOnlyKeys("intended")
                .hasEntrySatisfying(
                        "intended", age -> assertThat(age).isBetween(LEASE.plusMinutes(1), LEASE.plusMinutes(4)));
    }

    @Test
    void shouldNotCountWhatNoRouteHasSeen() {
        StatementHandle claimed = claimed(a, "k1");
        assertThat(repository.giveBack(b, claimed, Duration.ZERO))
                .as("not the owner")
                .isFalse();
        assertThat(repository.giveBack(a, claimed, Duration.ofMinutes(5))).isTrue();
        assertThat(repository.giveBack(a, claimed, Duration.ZERO)).as("again").isFalse();
        assertThat(repository.find("k1").orElseThrow().delivery().count()).isZero();
        assertThat(repository.claim(b, NAME, 1)).as("not due").isEmpty();
        advance(Duration.ofMinutes(5).plusSeconds(1));
        StatementHandle again = repository.claim(b, NAME, 1).get(0);
        assertThat(again.delivery().count()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> repository.giveBack(b, again, Duration.ofMillis(-1)));
    }

    @Test
    void shouldNotDeclareItselfDead() {
        StatementHandle submitted = addSubmitted(a, "k1");
        advance(LEASE.plusMinutes(1));
        assertThat(repository.takeOver(a, List.of(NAME), 10)).isEqualTo(Takeover.none());
        assertThat(repository.update(a, succeeded(submitted), 1)).isTrue();
        assertThat(repository.renew(b)).as("the other one was late too").isFalse();
    }

    @Test
    void shouldFreeTheNewsOfALossThatADeadNodeWasDelivering() {
        StatementHandle submitted = addSubmitted(a, "k1");
        repository.update(a, submitted.withGone(LossReason.PURGED, AT), 1);
        assertThat(repository.claim(a, NAME, 1)).hasSize(1);

        repository.leave(a);
        assertThat(repository.takeOver(b, List.of(NAME), 10)).isEqualTo(new Takeover(1, List.of(), Map.of()));
        assertThat(repository.claim(b, NAME, 1)).singleElement().satisfies(handle -> assertThat(handle.loss())
                .isEqualTo(LossReason.PURGED));
    }

    @Test
    void shouldChangeNothingForANodeThatWasDeclaredDead() {
        repository.add(a, intent("intended"));
        StatementHandle submitted = addSubmitted(a, "submitted");
        StatementHandle claimed = claimed(a, "claimed");
        completed(b, "free");
        advance(LEASE.plusMinutes(1));
        repository.renew(b);
        // the epoch of a ends, but no row is taken over yet: of the names that b serves a has none
        assertThat(repository.takeOver(b, List.of("other"), 10)).isEqualTo(Takeover.none());

        assertThat(repository.renew(a)).isFalse();
        assertThat(repository.add(a, intent("late"))).isFalse();
        assertThat(repository.update(a, succeeded(submitted), 1)).isFalse();
        assertThat(repository.update(a, claimed.withConfirmed(AT), claimed.version()))
                .isFalse();
        assertThat(repository.release(a, claimed, Duration.ZERO)).isFalse();
        assertThat(repository.remove(a, intent("intended"))).isFalse();
        assertThat(repository.claim(a, NAME, 10)).isEmpty();
        assertThat(repository.takeOver(a, List.of(NAME), 10)).isEqualTo(Takeover.none());

        assertThat(repository.find("late")).isEmpty();
        assertThat(repository.find("intended")).contains(intent("intended"));
        assertThat(repository.find("submitted")).contains(submitted);
        assertThat(repository.find("claimed")).contains(claimed);
    }

    @Test
    void shouldStartWithNothingAfterJoiningAgain() {
        StatementHandle submitted = addSubmitted(a, "k1");
        repository.leave(a);
        NodeLease again = repository.join("a", LEASE);

        assertThat(again.epoch()).isGreaterThan(b.epoch());
        assertThat(repository.update(again, succeeded(submitted), 1)).isFalse();
        assertThat(repository.takeOver(again, List.of(NAME), 10).owned()).containsExactly(submitted);
        assertThat(repository.update(again, succeeded(submitted), 1)).isTrue();
    }

    @Test
    void shouldEndTheOlderEpochOfTheSameNameAtOnce() {
        StatementHandle submitted = addSubmitted(a, "k1");
        NodeLease restarted = repository.join("a", LEASE);

        assertThat(repository.renew(a)).isFalse();
        assertThat(repository.update(a, succeeded(submitted), 1)).isFalse();
        assertThat(repository.takeOver(restarted, List.of(NAME), 10).owned()).containsExactly(submitted);
    }

    @Test
    void shouldHandOverAtOnceWhenANodeLeaves() {
        StatementHandle submitted = addSubmitted(a, "k1");
        repository.leave(a);
        repository.leave(a);

        assertThat(repository.takeOver(b, List.of(NAME), 10).owned()).containsExactly(submitted);
    }

    @Test
    void shouldKeepTheHandlesOfANodeThatRenews() {
        addSubmitted(a, "k1");
        for (int i = 0; i < 5; i++) {
            advance(LEASE.dividedBy(2));
            assertThat(repository.renew(a)).isTrue();
            assertThat(repository.renew(b)).isTrue();
            assertThat(repository.takeOver(b, List.of(NAME), 10)).isEqualTo(Takeover.none());
        }
    }

    @Test
    void shouldTakeOverInSharesAndOnlyWhatTheNodeServes() {
        for (int i = 0; i < 7; i++) {
            repository.add(a, intent("k" + i));
        }
        repository.add(a, intent("foreign", "other"));
        NodeLease c = repository.join("c", LEASE);
        repository.leave(a);

        assertThat(repository.takeOver(b, List.of(NAME, "unused"), 5).owned()).hasSize(5);
        assertThat(repository.takeOver(c, List.of(NAME), 5).owned()).hasSize(2);
        assertThat(repository.takeOver(c, List.of(), 5)).isEqualTo(Takeover.none());
        assertThat(repository.takeOver(c, List.of("other"), 5).owned()).hasSize(1);
    }

    @Test
    void shouldRemoveDeliveredHandlesAfterTheRetention() {
        for (String key : List.of("k1", "k2", "k3")) {
            StatementHandle claimed = claimed(a, key);
            repository.update(a, claimed.withConfirmed(AT), claimed.version());
        }
        completed(a, "k4");
        advance(Duration.ofHours(23));
        assertThat(repository.removeSettled(HandleState.DELIVERED, Duration.ofDays(1), 10))
                .isZero();
        advance(Duration.ofHours(2));
        assertThat(repository.removeSettled(HandleState.DELIVERED, Duration.ofDays(1), 2))
                .isEqualTo(2);
        assertThat(repository.removeSettled(HandleState.DELIVERED, Duration.ofDays(1), 2))
                .isEqualTo(1);
        assertThat(repository.counts(NAME)).isEqualTo(Map.of(HandleState.COMPLETED, 1L));
    }

    @Test
    void shouldRemoveOnlyIntents() {
        repository.add(a, intent("k1"));
        assertThat(repository.remove(a, intent("k1"))).isTrue();
        assertThat(repository.find("k1")).isEmpty();
        assertThat(repository.remove(a, intent("k1"))).isFalse();

        addSubmitted(a, "k2");
        assertThat(repository.remove(a, intent("k2"))).isFalse();
        assertThat(repository.find("k2")).isPresent();
    }

    @Test
    void shouldCountAndListByStateAndName() {
        repository.add(a, intent("k1"));
        repository.add(a, intent("k2"));
        addSubmitted(a, "k3");
        repository.add(a, intent("k4", "other"));

        assertThat(repository.counts(NAME)).isEqualTo(Map.of(HandleState.INTENDED, 2L, HandleState.SUBMITTED, 1L));
        assertThat(repository.counts("nobody")).isEmpty();
        assertThat(repository.list(NAME, HandleState.INTENDED, 1)).containsExactly(intent("k1"));
    }

    @Test
    void shouldRefuseTheSameStatementForTwoHandles() {
        repository.add(a, intent("k1"));
        repository.add(a, intent("k2"));
        StatementId id = StatementId.of("same");
        assertThat(repository.update(a, intent("k1").withSubmitted(id, AT), 0)).isTrue();

        assertThatThrownBy(() -> repository.update(a, intent("k2").withSubmitted(id, AT), 0))
                .isInstanceOf(HandleRepositoryException.class)
                .hasMessageContaining("k2");
        assertThat(repository.find("k2")).contains(intent("k2"));
    }

    @Test
    void shouldDeliverEveryHandleOnceUnderEightThreads() throws Exception {
        DeliveryFuzz fuzz = new DeliveryFuzz(repository, 8, 400);
        fuzz.run();

        assertThat(fuzz.confirmed()).as("confirmations that were taken").isEqualTo(400);
        assertThat(repository.counts(NAME)).isEqualTo(Map.of(HandleState.DELIVERED, 400L));
        assertThat(fuzz.claims())
                .as("each claim was counted in its handle, once")
                .isEqualTo(repository.list(NAME, HandleState.DELIVERED, 500).stream()
                        .mapToInt(handle -> handle.delivery().count())
                        .sum());
        assertThat(fuzz.sharedHandles())
                .as("handles that two living nodes held")
                .isZero();
    }

    private StatementHandle addSubmitted(NodeLease lease, String key) {
        StatementHandle submitted = submitted(intent(key));
        assertThat(repository.add(lease, intent(key))).isTrue();
        assertThat(repository.update(lease, submitted, 0)).isTrue();
        return submitted;
    }

    private void completed(NodeLease lease, String key) {
        assertThat(repository.update(lease, succeeded(addSubmitted(lease, key)), 1))
                .isTrue();
    }

    private StatementHandle claimed(NodeLease lease, String key) {
        completed(lease, key);
        Optional<StatementHandle> claimed = repository.claim(lease, NAME, 100).stream()
                .filter(handle -> handle.key().equals(key))
                .findFirst();
        return claimed.orElseThrow();
    }
}
