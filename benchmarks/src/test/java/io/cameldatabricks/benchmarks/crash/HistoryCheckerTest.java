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
package io.cameldatabricks.benchmarks.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.benchmarks.crash.Violation.Kind;

import static io.cameldatabricks.benchmarks.crash.Happening.ANSWERED;
import static io.cameldatabricks.benchmarks.crash.Happening.BEGUN;
import static io.cameldatabricks.benchmarks.crash.Happening.CONFIRMED;
import static io.cameldatabricks.benchmarks.crash.Happening.COUNTED;
import static io.cameldatabricks.benchmarks.crash.Happening.CUT_OFF;
import static io.cameldatabricks.benchmarks.crash.Happening.DISOWNED;
import static io.cameldatabricks.benchmarks.crash.Happening.DONE;
import static io.cameldatabricks.benchmarks.crash.Happening.EMITTED;
import static io.cameldatabricks.benchmarks.crash.Happening.FAILED;
import static io.cameldatabricks.benchmarks.crash.Happening.KILLED;
import static io.cameldatabricks.benchmarks.crash.Happening.PAUSED;
import static io.cameldatabricks.benchmarks.crash.Happening.RECONNECTED;
import static io.cameldatabricks.benchmarks.crash.Happening.RESUMED;
import static io.cameldatabricks.benchmarks.crash.Happening.ROUTE_FAILED;
import static io.cameldatabricks.benchmarks.crash.Happening.STOPPED;
import static io.cameldatabricks.benchmarks.crash.Happening.STOPPING;
import static org.assertj.core.api.Assertions.assertThat;

/** Histories made by hand: good ones must pass, and each bad one must be seen for what it is. */
class HistoryCheckerTest {

    private static final String JOB = "a.1";
    private static final String ID = "s1";

    private final List<RecordLine> lines = new ArrayList<>();
    private final List<Accepted> journal = new ArrayList<>();
    private long time = 1_000;

    private void happens(String life, Happening what, String job, Object... fields) {
        time += 100;
        lines.add(new RecordLine(
                time,
                time,
                life,
                what,
                job,
                List.of(fields).stream().map(String::valueOf).toList()));
    }

    private void pass(Duration duration) {
        time += duration.toNanos();
    }

    private void accepted(String id, String job, String tag) {
        journal.add(new Accepted(id, new Job(job, 50), tag, time));
    }

    private void submitted(String life) {
        happens(life, BEGUN, JOB);
        accepted(ID, JOB, "h1");
        happens(life, ANSWERED, JOB, ID);
    }

    private void emitted(String life, int count) {
        happens(life, EMITTED, JOB, ID, count, "SUCCEEDED");
    }

    private void delivered(String life, int count) {
        emitted(life, count);
        happens(life, DONE, JOB);
        happens(life, CONFIRMED, JOB);
    }

    private Verdict verdict() {
        return HistoryChecker.check(lines, journal, false);
    }

    @Test
    void shouldPassWhatWentWell() {
        submitted("one");
        delivered("one", 1);
        happens("one", COUNTED, "-", 0, 1, 0);

        Verdict verdict = verdict();

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.accepted()).isEqualTo(1);
        assertThat(verdict.delivered()).isEqualTo(1);
        assertThat(verdict.duplicates()).isZero();
    }

    @Test
    void shouldSeeALostStatement() {
        submitted("one");
        emitted("one", 1);
        happens("one", KILLED, "-");

        assertThat(verdict().kinds()).containsExactly(Kind.LOST);
    }

    @Test
    void shouldSeeALostStatementOfWhichNobodyHeard() {
        happens("one", BEGUN, JOB);
        accepted(ID, JOB, "h1");
        happens("one", KILLED, "-");

        assertThat(verdict().kinds()).containsExactly(Kind.LOST);
    }

    @Test
    void shouldPassASubmitThatNeverReachedTheWarehouse() {
        happens("one", BEGUN, JOB);
        happens("one", KILLED, "-");

        assertThat(verdict().violations()).isEmpty();
    }

    @Test
    void shouldSeeAJobThatWasSubmittedTwice() {
        submitted("one");
        accepted("s2", JOB, "h2");
        delivered("one", 1);

        assertThat(verdict().kinds()).containsExactly(Kind.SUBMITTED_TWICE);
        assertThat(HistoryChecker.check(lines, journal, true).violations()).isEmpty();
    }

    @Test
    void shouldSeeAStatementWithoutTag() {
        happens("one", BEGUN, JOB);
        accepted(ID, JOB, null);
        happens("one", ANSWERED, JOB, ID);
        delivered("one", 1);

        assertThat(verdict().kinds()).containsExactly(Kind.UNTAGGED);
    }

    @Test
    void shouldExplainADuplicateByADeathBeforeTheConfirmation() {
        submitted("one");
        emitted("one", 1);
        happens("one", DONE, JOB);
        happens("one", KILLED, "-");
        delivered("two", 2);

        assertThat(verdict().violations()).isEmpty();
        assertThat(verdict().duplicates()).isEqualTo(1);
        assertThat(verdict().kills()).isEqualTo(1);
    }

    @Test
    void shouldSeeADuplicateThatNothingExplains() {
        submitted("one");
        emitted("one", 1);
        delivered("two", 2);

        assertThat(verdict().kinds()).containsExactly(Kind.UNEXPLAINED_DUPLICATE);
    }

    @Test
    void shouldNotExplainADuplicateByALaterDeath() {
        submitted("one");
        emitted("one", 1);
        delivered("two", 2);
        happens("one", KILLED, "-");

        assertThat(verdict().kinds()).containsExactly(Kind.UNEXPLAINED_DUPLICATE);
    }

    @Test
    void shouldExplainADuplicateByALeaseThatRanOut() {
        submitted("one");
        emitted("one", 1);
        happens("one", PAUSED, "-");
        delivered("two", 2);
        happens("one", RESUMED, "-");
        happens("one", DISOWNED, "-", 1);

        assertThat(verdict().violations()).isEmpty();
    }

    @Test
    void shouldExplainALateDeliveryOfANodeThatStoodStill() {
        submitted("one");
        happens("one", PAUSED, "-");
        delivered("two", 2);
        happens("one", RESUMED, "-");
        emitted("one", 1);
        happens("one", DISOWNED, "-", 1);

        assertThat(verdict().violations()).isEmpty();
        assertThat(verdict().duplicates()).isEqualTo(1);
    }

    /** It has asked again whether its claim holds, so it must not deliver. */
    @Test
    void shouldSeeADeliveryOfANodeThatStoodStillLongBefore() {
        submitted("one");
        happens("one", PAUSED, "-");
        delivered("two", 2);
        happens("one", RESUMED, "-");
        happens("one", DISOWNED, "-", 1);
        pass(Duration.ofSeconds(2));
        emitted("one", 1);

        assertThat(verdict().kinds()).containsExactly(Kind.DELIVERED_AFTER_CONFIRMATION);
    }

    /** The same, but nothing was confirmed meanwhile. */
    @Test
    void shouldSeeADeliveryOfANodeWithoutTheDatabase() {
        submitted("one");
        happens("one", CUT_OFF, "-", "database");
        emitted("two", 2);
        emitted("one", 1);
        happens("one", RECONNECTED, "-", "database");
        happens("one", DISOWNED, "-", 1);
        happens("one", DONE, JOB);

        assertThat(verdict().kinds()).containsExactly(Kind.UNEXPLAINED_DUPLICATE);
    }

    @Test
    void shouldExplainADuplicateByADatabaseOutOfReach() {
        submitted("one");
        happens("one", CUT_OFF, "-", "database");
        emitted("one", 1);
        delivered("two", 2);
        happens("one", RECONNECTED, "-", "database");
        happens("one", DISOWNED, "-", 1);

        assertThat(verdict().violations()).isEmpty();
    }

    @Test
    void shouldNotExplainADuplicateByAPauseThatCostNoLease() {
        submitted("one");
        emitted("one", 1);
        happens("one", PAUSED, "-");
        delivered("two", 2);
        happens("one", RESUMED, "-");

        assertThat(verdict().kinds()).containsExactly(Kind.UNEXPLAINED_DUPLICATE);
    }

    @Test
    void shouldCountARedeliveryAfterTheRouteFailed() {
        submitted("one");
        emitted("one", 1);
        happens("one", ROUTE_FAILED, JOB);
        delivered("one", 2);

        assertThat(verdict().violations()).isEmpty();
        assertThat(verdict().redeliveries()).isEqualTo(1);
        assertThat(verdict().duplicates()).isZero();
    }

    @Test
    void shouldSeeADeliveryAfterTheConfirmation() {
        submitted("one");
        delivered("one", 1);
        happens("one", KILLED, "-");
        delivered("two", 2);

        assertThat(verdict().kinds()).containsExactly(Kind.DELIVERED_AFTER_CONFIRMATION);
    }

    @Test
    void shouldSeeADuplicateWhoseCountWasNotRaised() {
        submitted("one");
        emitted("one", 1);
        happens("one", KILLED, "-");
        delivered("two", 1);

        assertThat(verdict().kinds()).containsExactly(Kind.UNFLAGGED_DUPLICATE);
    }

    @Test
    void shouldSeeAConfirmationBeforeTheEndOfTheRoute() {
        submitted("one");
        emitted("one", 1);
        happens("one", CONFIRMED, JOB);
        happens("one", DONE, JOB);

        assertThat(verdict().kinds()).containsExactly(Kind.CONFIRMED_TOO_EARLY);
    }

    @Test
    void shouldSeeADeliveryBeforeTheEndOfTheStatement() {
        happens("one", BEGUN, JOB);
        journal.add(new Accepted(ID, new Job(JOB, 5_000), "h1", time));
        happens("one", ANSWERED, JOB, ID);
        delivered("one", 1);

        assertThat(verdict().kinds()).containsExactly(Kind.EMITTED_TOO_EARLY);
    }

    @Test
    void shouldSeeTheResultOfAnotherJob() {
        submitted("one");
        delivered("one", 1);
        accepted("s2", "a.2", "h2");
        happens("one", EMITTED, "a.2", ID, 1, "SUCCEEDED");
        happens("one", DONE, "a.2");

        assertThat(verdict().kinds()).containsExactly(Kind.WRONG_RESULT);
    }

    @Test
    void shouldSeeARefusalOfWhatRuns() {
        happens("one", BEGUN, JOB);
        accepted(ID, JOB, "h1");
        happens("one", FAILED, JOB, "TransientDatabricksException");
        delivered("one", 1);

        assertThat(verdict().kinds()).containsExactly(Kind.WRONGLY_REFUSED);
    }

    @Test
    void shouldPassWhatCamelRejectsWhenItIsStoppedByForce() {
        happens("one", BEGUN, JOB);
        accepted(ID, JOB, "h1");
        happens("one", STOPPING, "-");
        happens("one", FAILED, JOB, "RejectedExecutionException");
        delivered("two", 1);
        assertThat(verdict().violations()).isEmpty();

        lines.removeIf(line -> line.what() == STOPPING);
        assertThat(verdict().kinds()).containsExactly(Kind.WRONGLY_REFUSED);
    }

    @Test
    void shouldPassAnUnknownOutcomeThatIsDeliveredLater() {
        happens("one", BEGUN, JOB);
        accepted(ID, JOB, "h1");
        happens("one", FAILED, JOB, "SubmitOutcomeUnknownException");
        delivered("one", 1);

        assertThat(verdict().violations()).isEmpty();
        assertThat(verdict().reported()).isEqualTo(1);
    }

    @Test
    void shouldSeeALossThatIsNone() {
        submitted("one");
        happens("one", EMITTED, JOB, "-", 1, "SubmitOutcomeUnknownException");
        happens("one", DONE, JOB);

        assertThat(verdict().kinds()).containsExactly(Kind.WRONGLY_REPORTED);
    }

    @Test
    void shouldSeeAStatementThatTheWarehouseDoesNotKnow() {
        happens("one", BEGUN, JOB);
        happens("one", ANSWERED, JOB, "s9");

        assertThat(verdict().kinds()).containsExactly(Kind.INVENTED);
    }

    @Test
    void shouldSeeASenderWithoutAnswer() {
        happens("one", BEGUN, JOB);
        happens("one", STOPPED, "-");

        assertThat(verdict().kinds()).containsExactly(Kind.UNANSWERED);
    }

    @Test
    void shouldSeeHandlesThatAreLeftOver() {
        happens("one", COUNTED, "-", 2, 7, 1);

        assertThat(verdict().violations()).hasSize(2).allMatch(each -> each.kind() == Kind.LEFT_OVER);
    }

    @Test
    void shouldReadWhatItWrote() {
        RecordLine line = RecordLine.now("one", EMITTED, JOB, ID, 1, "SUCCEEDED");

        assertThat(RecordLine.parse(line.text())).isEqualTo(line);
        assertThat(Job.ofSql(new Job("k1.17", 300).sql())).isEqualTo(new Job("k1.17", 300));
    }
}
