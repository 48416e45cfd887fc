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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HandleOutcomeTest {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    private static final StatementId ID = StatementId.of("01f0-1");

    private final StatementHandle intended = StatementHandle.intended(
            "k",
            "reports",
            new StatementTarget(Transport.REST, "host", new WarehouseId("w")),
            new StatementOrigin("00", CarriedHeaders.none(), null, T0));

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, 0, SUCCEEDED",
        "SUCCEEDED, 3599, SUCCEEDED",
        "SUCCEEDED, 3600, RESULT_EXPIRED",
        "CLOSED, 99999, RELEASED",
        "FAILED, 99999, FAILED",
        "CANCELED, 0, CANCELED"
    })
    void shouldTellWhatBecameOfAStatement(StatementState end, long seconds, HandleOutcome outcome) {
        StatementHandle handle = intended.withSubmitted(ID, T0).withObserved(StatementStatus.of(ID, end, T0));

        assertThat(HandleOutcome.of(handle, T0.plusSeconds(seconds))).isEqualTo(outcome);
    }

    @Test
    void shouldTellThatRowsAreMissing() {
        StatementHandle rows = StatementHandle.intended(
                "k1",
                "reports",
                intended.target(),
                new StatementOrigin("00", CarriedHeaders.none(), null, T0, 0, true));
        StatementHandle closed =
                rows.withSubmitted(ID, T0).withObserved(StatementStatus.of(ID, StatementState.CLOSED, T0));

        assertThat(HandleOutcome.of(closed, T0)).isEqualTo(HandleOutcome.ROWS_RELEASED);
    }

    @Test
    void shouldTellWhyAHandleIsLost() {
        StatementHandle submitted = intended.withSubmitted(ID, T0);

        assertThat(HandleOutcome.of(intended.withAbandoned(T0), T0)).isEqualTo(HandleOutcome.NEVER_FOUND);
        assertThat(HandleOutcome.of(submitted.withGone(LossReason.PURGED, T0), T0))
                .isEqualTo(HandleOutcome.PURGED);
        assertThat(HandleOutcome.of(submitted.withGone(LossReason.UNKNOWN_TO_SERVER, T0), T0))
                .isEqualTo(HandleOutcome.UNKNOWN_TO_SERVER);
    }

    @Test
    void shouldHaveNoOutcomeBeforeTheEnd() {
        StatementHandle running =
                intended.withSubmitted(ID, T0).withObserved(StatementStatus.of(ID, StatementState.RUNNING, T0));

        assertThatThrownBy(() -> HandleOutcome.of(intended, T0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HandleOutcome.of(running, T0)).isInstanceOf(IllegalArgumentException.class);
    }
}
