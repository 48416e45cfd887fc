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
package io.cameldatabricks.component.track;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.retry.VirtualTime;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.LossReason;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HandleTrackerTest {

    private final VirtualTime time = VirtualTime.begin();
    private final MemoryStatementHandleRepository store = new MemoryStatementHandleRepository(time);
    private final UnreliableRepository repository = new UnreliableRepository(store);
    private final VirtualWarehouse warehouse = new VirtualWarehouse(time);
    private final TrackedNode node = new TrackedNode("a", time, repository, warehouse);

    private List<StatementHandle> stored(HandleState state) {
        return store.list("reports", state, 100);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        try {
            future.get();
            throw new AssertionError();
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldStoreTheIntentBeforeTheSubmitAndTheIdAfterIt() throws Exception {
        warehouse.onSubmit = () -> {
            assertThat(stored(HandleState.INTENDED)).hasSize(1);
            assertThat(stored(HandleState.INTENDED).get(0).statementId()).isNull();
        };

        StatementHandle handle = node.submit().get().handle();

        assertThat(warehouse.submits.get(0).tags().value(QueryTags.HANDLE_KEY)).contains(handle.key());
        assertThat(stored(HandleState.SUBMITTED)).containsExactly(handle);
    }

    @Test
    void shouldStoreTheEndAndThenTellThatThereIsSomethingToDeliver() throws Exception {
        node.submit().get();
        node.told.clear();
        time.advance(Duration.ofSeconds(55));
        assertThat(node.told).isEmpty();

        time.advance(Duration.ofSeconds(15));

        assertThat(node.told).containsExactly("reports");
        assertThat(stored(HandleState.COMPLETED)).hasSize(1);
        assertThat(node.tracker.size()).isZero();
    }

    @Test
    void shouldTellAtOnceWhatHadEndedWhenTheSubmitWasAnswered() throws Exception {
        warehouse.duration = Duration.ZERO;
        node.told.clear();

        assertThat(node.submit().get().status().isTerminal()).isTrue();

        assertThat(stored(HandleState.COMPLETED)).hasSize(1);
        assertThat(node.told).containsExactly("reports");
    }

    @Test
    void shouldForgetAnIntentThatWasRefused() {
        warehouse.refusal = new PermanentDatabricksException("no", ErrorDetails.none(), null);

        assertThat(failure(node.submit())).isSameAs(warehouse.refusal);
        assertThat(store.counts("reports")).isEmpty();
    }

    /** Else its exchange would wait for ever, since nobody looks any more. */
    @ParameterizedTest
    @EnumSource(names = {"RECONCILE", "AT_LEAST_ONCE"})
    void shouldTellTheSenderOfASubmitInDoubtThatItCloses(SubmitGuarantee guarantee) {
        warehouse.next = VirtualWarehouse.Submit.REQUEST_LOST;
        CompletableFuture<Submitted> before = node.submit(guarantee);
        assertThat(before).isNotDone();

        node.tracker.close();

        assertThat(failure(before))
                .isInstanceOf(SubmitOutcomeUnknownException.class)
                .hasMessageContaining(QueryTags.HANDLE_KEY);
        assertThat(failure(node.submit(guarantee)))
                .as("whose answer is lost while it closes")
                .isInstanceOf(SubmitOutcomeUnknownException.class);
        int submits = warehouse.submits.size();
        time.advance(Duration.ofMinutes(10));
        assertThat(warehouse.submits).as("nothing is submitted again").hasSize(submits);
        assertThat(stored(HandleState.INTENDED)).as("the next owner finds out").hasSize(2);
    }

    /** It would stay until the process ends, and then be reported as a statement that was lost. */
    @Test
    void shouldStoreNoIntentThatCanNeverBeSent() {
        QueryTags tags = QueryTags.none();
        for (int i = 0; i < QueryTags.MAX_TAGS; i++) {
            tags = tags.with("tag" + i, "x");
        }

        CompletableFuture<Submitted> submit = node.submit(SubmitGuarantee.AT_MOST_ONCE, tags);

        assertThat(failure(submit)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("queryTags");
        assertThat(store.counts("reports")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLookForWhatAnErrorBrokeOff(boolean later) {
        Error error = new NoClassDefFoundError("broken deployment");
        warehouse.onSubmit = () -> {
            if (!later) {
                throw error;
            }
        };
        warehouse.failure = error;

        assertThat(failure(node.submit())).isInstanceOf(SubmitOutcomeUnknownException.class);

        time.advance(Duration.ofMinutes(6));
        assertThat(stored(HandleState.LOST)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "AFTER"})
    void shouldForgetARefusedIntentOnceTheRepositoryIsBack(UnreliableRepository.Trouble trouble) {
        warehouse.refusal = new PermanentDatabricksException("no", ErrorDetails.none(), null);
        warehouse.onSubmit = () -> repository.trouble = trouble;

        assertThat(failure(node.submit())).isSameAs(warehouse.refusal);
        time.advance(Duration.ofSeconds(5));
        repository.trouble = UnreliableRepository.Trouble.NONE;
        time.advance(Duration.ofSeconds(30));

        assertThat(store.counts("reports")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "AFTER"})
    void shouldSubmitNothingWithoutAnIntent(UnreliableRepository.Trouble trouble) {
        repository.trouble = trouble;

        assertThat(failure(node.submit()))
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessageContaining("nothing was submitted");
        assertThat(warehouse.submits).isEmpty();

        repository.trouble = UnreliableRepository.Trouble.NONE;
        time.advance(Duration.ofSeconds(30));
        assertThat(store.counts("reports")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "AFTER"})
    void shouldForgetNothingWhenTheIdCannotBeStored(UnreliableRepository.Trouble trouble) throws Exception {
        warehouse.onSubmit = () -> repository.trouble = trouble;

        StatementHandle handle = node.submit().get().handle();
        // longer than the statement takes, but shorter than the lease
        warehouse.ends.replaceAll((id, end) -> time.instant().plusSeconds(2));
        node.told.clear();
        time.advance(Duration.ofSeconds(8));
        assertThat(node.told).isEmpty();
        repository.trouble = UnreliableRepository.Trouble.NONE;
        time.advance(Duration.ofMinutes(1));

        assertThat(stored(HandleState.COMPLETED))
                .extracting(StatementHandle::key)
                .containsExactly(handle.key());
        assertThat(node.told).contains("reports");
    }

    @Test
    void shouldReportASubmitWithoutAnswerAndDeliverItWhenItIsFound() {
        warehouse.next = VirtualWarehouse.Submit.ANSWER_LOST;

        CompletableFuture<Submitted> answer = node.submit(SubmitGuarantee.AT_MOST_ONCE);

        assertThat(failure(answer)).isInstanceOf(SubmitOutcomeUnknownException.class);
        time.advance(Duration.ofMinutes(2));
        assertThat(stored(HandleState.COMPLETED)).hasSize(1);
        assertThat(warehouse.submits).hasSize(1);
        assertThat(failure(answer))
                .hasMessageContaining(stored(HandleState.COMPLETED).get(0).key());
    }

    @Test
    void shouldReportToTheConsumerWhatIsNeverFound() {
        warehouse.next = VirtualWarehouse.Submit.REQUEST_LOST;

        assertThat(failure(node.submit(SubmitGuarantee.AT_MOST_ONCE)))
                .isInstanceOf(SubmitOutcomeUnknownException.class);
        time.advance(Duration.ofMinutes(4));
        assertThat(stored(HandleState.INTENDED)).hasSize(1);
        time.advance(Duration.ofMinutes(2));

        assertThat(stored(HandleState.LOST)).extracting(StatementHandle::loss).containsExactly(LossReason.NEVER_FOUND);
        assertThat(warehouse.submits).hasSize(1);
    }

    @Test
    void shouldReportAtOnceWhereNothingCanBeFound() {
        VirtualWarehouse jdbc = new VirtualWarehouse(time);
        jdbc.findsTags = false;
        jdbc.next = VirtualWarehouse.Submit.ANSWER_LOST;
        TrackedNode other = new TrackedNode("b", time, repository, jdbc);

        assertThat(failure(other.submit(SubmitGuarantee.AT_MOST_ONCE)))
                .isInstanceOf(SubmitOutcomeUnknownException.class);
        assertThat(stored(HandleState.LOST)).hasSize(1);
    }

    @Test
    void shouldWaitUntilALostSubmitIsFound() throws Exception {
        warehouse.next = VirtualWarehouse.Submit.ANSWER_LOST;

        CompletableFuture<Submitted> answer = node.submit(SubmitGuarantee.RECONCILE);
        time.advance(Duration.ofSeconds(1));

        assertThat(answer.get().handle().statementId()).isNotNull();
        assertThat(stored(HandleState.SUBMITTED)).containsExactly(answer.get().handle());
        assertThat(warehouse.submits).hasSize(1);
    }

    @Test
    void shouldGiveUpWaitingWhenALostSubmitShouldHaveBeenFound() {
        warehouse.next = VirtualWarehouse.Submit.REQUEST_LOST;

        CompletableFuture<Submitted> answer = node.submit(SubmitGuarantee.RECONCILE);
        time.advance(Duration.ofMinutes(4));
        assertThat(answer).isNotDone();
        time.advance(Duration.ofMinutes(2));

        assertThat(failure(answer)).isInstanceOf(SubmitOutcomeUnknownException.class);
        assertThat(stored(HandleState.LOST)).hasSize(1);
        assertThat(warehouse.submits).hasSize(1);
    }

    @Test
    void shouldNotWaitForEverForAHistoryThatCannotBeRead() {
        warehouse.next = VirtualWarehouse.Submit.ANSWER_LOST;
        warehouse.searchFailure = new TransientDatabricksException("down", ErrorDetails.none(), null);

        CompletableFuture<Submitted> answer = node.submit(SubmitGuarantee.RECONCILE);
        time.advance(Duration.ofMinutes(7));

        assertThat(failure(answer)).isInstanceOf(SubmitOutcomeUnknownException.class);
        // but the search goes on
        assertThat(stored(HandleState.INTENDED)).hasSize(1);
        warehouse.searchFailure = null;
        time.advance(Duration.ofMinutes(2));
        assertThat(stored(HandleState.COMPLETED)).hasSize(1);
    }

    @Test
    void shouldSubmitAgainOnlyWhatMayRunTwice() throws Exception {
        warehouse.next = VirtualWarehouse.Submit.ANSWER_LOST;

        CompletableFuture<Submitted> answer = node.submit(SubmitGuarantee.AT_LEAST_ONCE);
        assertThat(answer).isNotDone();
        warehouse.next = VirtualWarehouse.Submit.ANSWERED;
        time.advance(Duration.ofSeconds(2));

        assertThat(answer.get().handle().state()).isEqualTo(HandleState.SUBMITTED);
        assertThat(warehouse.submits).hasSize(2);
        assertThat(node.tracker.resubmits()).isEqualTo(1);
        time.advance(Duration.ofMinutes(2));
        assertThat(stored(HandleState.COMPLETED)).hasSize(1);
    }

    @Test
    void shouldNotSubmitAgainForEver() {
        warehouse.next = VirtualWarehouse.Submit.REQUEST_LOST;

        CompletableFuture<Submitted> answer = node.submit(SubmitGuarantee.AT_LEAST_ONCE);
        time.advance(Duration.ofMinutes(10));

        assertThat(failure(answer)).isInstanceOf(SubmitOutcomeUnknownException.class);
        assertThat(warehouse.submits).hasSize(HandleSubmitter.MOST_ATTEMPTS);
        assertThat(stored(HandleState.LOST)).hasSize(1);
    }

    @Test
    void shouldForgetNothingWhileTheRepositoryIsOutOfReach() throws Exception {
        node.submit().get();
        time.advance(Duration.ofSeconds(50));
        repository.trouble = UnreliableRepository.Trouble.BEFORE;
        time.advance(Duration.ofSeconds(12));
        assertThat(stored(HandleState.SUBMITTED)).hasSize(1);

        repository.trouble = UnreliableRepository.Trouble.NONE;
        time.advance(Duration.ofSeconds(60));

        assertThat(stored(HandleState.COMPLETED)).hasSize(1);
        assertThat(node.told).contains("reports");
    }

    @Test
    void shouldTakeOverWhatADeadNodeHasLeft() throws Exception {
        node.submit().get();
        warehouse.next = VirtualWarehouse.Submit.ANSWER_LOST;
        warehouse.searchFailure = new TransientDatabricksException("down", ErrorDetails.none(), null);
        node.submit();
        node.freeze();
        warehouse.searchFailure = null;

        TrackedNode other = new TrackedNode("b", time, repository, warehouse);
        time.advance(Duration.ofMinutes(2));

        assertThat(stored(HandleState.COMPLETED)).hasSize(2);
        assertThat(other.told).isNotEmpty();
        // what was intended by another node is never submitted
        assertThat(warehouse.submits).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-9, 9})
    void shouldMeasureTheSettleTimeByTheClockOfTheRepository(long minutes) {
        TrackedNode wrong =
                new TrackedNode("wrong", time, repository, warehouse, TrackedNode.LEASE, Duration.ofMinutes(minutes));
        warehouse.next = VirtualWarehouse.Submit.REQUEST_LOST;
        wrong.submit();
        wrong.freeze();

        time.advance(Duration.ofMinutes(4));
        assertThat(stored(HandleState.INTENDED)).as("too early to give it up").hasSize(1);
        time.advance(Duration.ofMinutes(2));
        assertThat(stored(HandleState.LOST)).hasSize(1);
    }

    @Test
    void shouldKnowHowLongItsLeaseCertainlyHolds() {
        NodeLease lease = node.membership.lease();
        time.advance(TrackedNode.LEASE.multipliedBy(3));
        assertThat(node.membership.holds(lease)).as("it is renewed").isTrue();

        node.freeze();
        time.advance(TrackedNode.LEASE);
        assertThat(node.membership.holds(lease)).as("it may have run out").isFalse();
        assertThat(node.membership.check(lease)).as("nobody has ended it").isEqualTo(lease);
        assertThat(node.membership.holds(lease)).isTrue();

        repository.trouble = UnreliableRepository.Trouble.AFTER;
        time.advance(TrackedNode.LEASE);
        assertThatThrownBy(() -> node.membership.check(lease)).isInstanceOf(HandleRepositoryException.class);
        assertThat(node.membership.holds(lease)).as("no answer is no renewal").isFalse();
        repository.trouble = UnreliableRepository.Trouble.NONE;

        store.leave(lease);
        NodeLease next = node.membership.check(lease);
        assertThat(node.membership.holds(lease)).as("it has ended").isFalse();
        assertThat(node.membership.holds(next)).isTrue();
        node.membership.close();
        assertThat(node.membership.holds(next)).as("it was given up").isFalse();
    }

    @Test
    void shouldReplaceADeadNodeWithinItsLeaseAndASecond() throws Exception {
        TrackedNode other = new TrackedNode("b", time, repository, warehouse);
        node.submit().get();
        // each renews at the same time
        time.advance(TrackedNode.LEASE.dividedBy(3));
        node.freeze();
        time.advance(TrackedNode.LEASE.minusSeconds(1));
        assertThat(other.tracker.size()).isZero();
        time.advance(Duration.ofSeconds(2));
        assertThat(other.tracker.size()).isEqualTo(1);
    }

    @Test
    void shouldTakeManyOverPageByPage() throws Exception {
        warehouse.duration = Duration.ofHours(1);
        for (int i = 0; i < 2_345; i++) {
            node.submit().get();
        }
        TrackedNode other = new TrackedNode("b", time, repository, warehouse);
        node.freeze();
        node.membership.close();
        time.advance(Duration.ofSeconds(1));
        assertThat(other.tracker.size()).isEqualTo(2_345);
    }

    @Test
    void shouldDropWhatItHoldsWhenItWasDeclaredDead() throws Exception {
        node.submit().get();
        NodeLease before = node.membership.lease();
        node.freeze();
        TrackedNode other = new TrackedNode("b", time, repository, warehouse);
        time.advance(Duration.ofSeconds(25));
        assertThat(other.tracker.size()).isEqualTo(1);

        node.thaw();
        time.advance(Duration.ofSeconds(1));
        // its timer was lost with the freeze, so a write finds out
        node.submit().get();

        assertThat(node.membership.lease()).isNotEqualTo(before);
        assertThat(node.tracker.size()).isEqualTo(1);
        assertThat(other.tracker.size()).isEqualTo(1);
        time.advance(Duration.ofMinutes(2));
        assertThat(stored(HandleState.COMPLETED)).hasSize(2);
    }

    @Test
    void shouldHandEverythingOverWhenItLeaves() throws Exception {
        node.submit().get();
        TrackedNode other = new TrackedNode("b", time, repository, warehouse);

        node.tracker.close();
        node.membership.close();
        time.advance(Duration.ofSeconds(1));

        assertThat(other.tracker.size()).isEqualTo(1);
        assertThat(warehouse.cancels).isEmpty();
    }

    @Test
    void shouldFindItsOwnHandlesAfterARestartUnderTheSameName() throws Exception {
        node.submit().get();
        node.freeze();

        TrackedNode again = new TrackedNode("a", time, repository, warehouse);
        time.advance(Duration.ofMillis(10));

        assertThat(again.tracker.size()).isEqualTo(1);
    }

    @Test
    void shouldLeaveTheHandlesOfOtherNamesToOthers() throws Exception {
        node.submit().get();
        node.freeze();
        StatementHandle foreign = StatementHandle.intended(
                "k2",
                "other",
                stored(HandleState.SUBMITTED).get(0).target(),
                stored(HandleState.SUBMITTED).get(0).origin());
        NodeLease dead = store.join("dead", Duration.ofSeconds(3));
        store.add(dead, foreign);

        new TrackedNode("b", time, repository, warehouse);
        time.advance(Duration.ofMinutes(10));

        assertThat(store.counts("other")).isEqualTo(Map.of(HandleState.INTENDED, 1L));
        assertThat(stored(HandleState.COMPLETED)).hasSize(1);
    }

    @Test
    void shouldNotLetHandlesPileUpThatNobodyConsumes() throws Exception {
        TrackedNode other = new TrackedNode("b", time, repository, warehouse);
        warehouse.duration = Duration.ZERO;
        node.submit().get();
        assertThat(stored(HandleState.COMPLETED)).hasSize(1);
        time.advance(Duration.ofHours(2));
        // somebody consumes the name, so nothing is dropped
        assertThat(stored(HandleState.COMPLETED)).hasSize(1);

        Retention retention = new Retention(store);
        retention.apply(List.of("reports"), name -> false, name -> true);
        assertThat(store.counts("reports")).isEmpty();
        assertThat(other.tracker.size()).isZero();
    }
}
