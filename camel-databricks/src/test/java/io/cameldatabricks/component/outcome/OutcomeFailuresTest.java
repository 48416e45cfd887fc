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
package io.cameldatabricks.component.outcome;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.HandleOutcome;
import io.cameldatabricks.component.statement.LossReason;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementOrigin;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;

import static org.assertj.core.api.Assertions.assertThat;

class OutcomeFailuresTest {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    private static final StatementId ID = StatementId.of("01f0-1");

    private final StatementHandle intended = StatementHandle.intended(
            "k",
            "reports",
            new StatementTarget(Transport.REST, "host", new WarehouseId("w")),
            new StatementOrigin("00", CarriedHeaders.none(), null, T0));
    private final StatementHandle submitted = intended.withSubmitted(ID, T0);

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "RELEASED"})
    void shouldHaveNoFailureOfWhatCameToAResult(HandleOutcome outcome) {
        assertThat(OutcomeFailures.of(ended(StatementState.SUCCEEDED), outcome)).isNull();
    }

    @Test
    void shouldTellUntilWhenRowsCouldBeRead() {
        DatabricksException failure = OutcomeFailures.of(ended(StatementState.SUCCEEDED), HandleOutcome.RESULT_EXPIRED);

        assertThat(failure)
                .isExactlyInstanceOf(ResultExpiredException.class)
                .hasMessageContaining("they could be read until 2026-03-01T11:00:00Z");
        assertThat(failure.getStatementId()).isEqualTo(ID.publicPart());
        assertThat(failure.getState()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldTellRowsThatAreGoneFromStatementsThatFailed() {
        assertThat(OutcomeFailures.of(ended(StatementState.CLOSED), HandleOutcome.ROWS_RELEASED))
                .isExactlyInstanceOf(ResultExpiredException.class);
        assertThat(OutcomeFailures.of(ended(StatementState.CANCELED), HandleOutcome.CANCELED)
                        .getState())
                .isEqualTo("CANCELED");
    }

    /** Whoever sends the statement again must know that it may run twice. */
    @Test
    void shouldNotClaimToKnowWhatNobodyKnows() {
        assertThat(OutcomeFailures.of(submitted.withGone(LossReason.PURGED, T0), HandleOutcome.PURGED))
                .isExactlyInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("whether it succeeded is not known");
        assertThat(OutcomeFailures.of(
                        submitted.withGone(LossReason.UNKNOWN_TO_SERVER, T0), HandleOutcome.UNKNOWN_TO_SERVER))
                .isExactlyInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("whether it succeeded is not known");
        DatabricksException neverFound = OutcomeFailures.of(intended.withAbandoned(T0), HandleOutcome.NEVER_FOUND);
        assertThat(neverFound)
                .isExactlyInstanceOf(SubmitOutcomeUnknownException.class)
                .hasMessageContaining("may or may not have run");
        assertThat(neverFound.getStatementId()).isNull();
    }

    private StatementHandle ended(StatementState end) {
        return submitted.withObserved(StatementStatus.of(ID, end, T0));
    }
}
