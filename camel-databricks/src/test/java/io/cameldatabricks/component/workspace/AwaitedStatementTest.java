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
package io.cameldatabricks.component.workspace;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.execute.StatementRequest.Limits;
import io.cameldatabricks.component.execute.StopReason;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;

import static org.assertj.core.api.Assertions.assertThat;

class AwaitedStatementTest {

    private static final StatementReference REFERENCE = new StatementReference(
            new StatementTarget(Transport.REST, "host.example.com", new WarehouseId("w1")), StatementId.of("01f0-1"));

    private final AwaitedStatement statement = new AwaitedStatement(
            null, any -> new CompletableFuture<>(), null, new Limits(Duration.ZERO, 0), Duration.ZERO);

    @Test
    void shouldSayWhyItWasCancelledWhenItsEndIsSeenBeforeTheCancelIsAnswered() {
        statement.stop(StopReason.SHUTDOWN);
        statement.submitted(REFERENCE, status(StatementState.CANCELED), Instant.EPOCH);

        assertThat(statement.outcome())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(TransientDatabricksException.class)
                .withMessage("The endpoint was stopped while the statement was running and was cancelled");
    }

    @Test
    void shouldTellTheEndOfAStatementThatWasFasterThanItsCancel() {
        statement.stop(StopReason.SHUTDOWN);
        statement.submitted(REFERENCE, status(StatementState.SUCCEEDED), Instant.EPOCH);

        assertThat(statement.outcome()).isCompletedWithValue(status(StatementState.SUCCEEDED));
    }

    @Test
    void shouldTellThatSomebodyElseCancelledIt() {
        statement.submitted(REFERENCE, status(StatementState.CANCELED), Instant.EPOCH);

        assertThat(statement.outcome()).isCompletedWithValue(status(StatementState.CANCELED));
    }

    private static StatementStatus status(StatementState state) {
        return StatementStatus.of(REFERENCE.id(), state, Instant.EPOCH);
    }
}
