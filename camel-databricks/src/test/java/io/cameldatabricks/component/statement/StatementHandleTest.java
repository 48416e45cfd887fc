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

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StatementHandleTest {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    private static final StatementId ID = StatementId.of("01f0-1");

    private final StatementHandle intended = StatementHandle.intended(
            "key-1",
            "reports",
            new StatementTarget(Transport.REST, "Host.example.com", new WarehouseId("w1")),
            new StatementOrigin("00ff", CarriedHeaders.of(Map.of("order", "4711")), "c-1", T0));

    @Test
    void shouldTellItsLifeInVersions() {
        StatementHandle submitted = intended.withSubmitted(ID, T0.plusSeconds(1));
        StatementHandle seen =
                submitted.withObserved(StatementStatus.of(ID, StatementState.RUNNING, T0.plusSeconds(60)));
        StatementHandle completed =
                seen.withObserved(StatementStatus.of(ID, StatementState.SUCCEEDED, T0.plusSeconds(120)));
        StatementHandle claimed = completed.withClaim(new HandleClaim("node-1", 7, T0.plusSeconds(200)));
        StatementHandle delivered = claimed.withConfirmed(T0.plusSeconds(130));

        assertThat(intended.reference()).isEmpty();
        assertThat(intended.target().workspace()).isEqualTo("host.example.com");
        assertThat(submitted.state()).isEqualTo(HandleState.SUBMITTED);
        assertThat(submitted.reference().orElseThrow().text()).isEqualTo("dbsql1/REST/host.example.com/w1/01f0-1");
        assertThat(submitted.deadlines().keepAliveBy()).isEqualTo(T0.plusSeconds(1 + 900));
        assertThat(seen.state()).isEqualTo(HandleState.SUBMITTED);
        assertThat(seen.deadlines().keepAliveBy()).isEqualTo(T0.plusSeconds(60 + 900));
        assertThat(completed.state()).isEqualTo(HandleState.COMPLETED);
        assertThat(completed.completedAt()).isEqualTo(T0.plusSeconds(120));
        assertThat(completed.deadlines().keepAliveBy()).isNull();
        assertThat(claimed.delivery().count()).isEqualTo(1);
        assertThat(claimed.claim().epoch()).isEqualTo(7);
        assertThat(delivered.state()).isEqualTo(HandleState.DELIVERED);
        assertThat(delivered.claim()).isNull();
        assertThat(delivered.delivery().settledAt()).isEqualTo(T0.plusSeconds(130));
        assertThat(delivered.version()).isEqualTo(5);
        assertThat(delivered.origin()).isEqualTo(intended.origin());
    }

    @Test
    void shouldPromiseRowsOnlyFromTheLastTimeItWasSeenRunning() {
        StatementHandle completed = intended.withSubmitted(ID, T0)
                .withObserved(StatementStatus.of(ID, StatementState.RUNNING, T0.plusSeconds(60)))
                .withObserved(StatementStatus.of(ID, StatementState.SUCCEEDED, T0.plusSeconds(600)));

        assertThat(completed.deadlines().resultExpiresAt())
                .isEqualTo(T0.plusSeconds(60).plus(Duration.ofHours(1)));
        assertThat(completed.deadlines().purgedAt())
                .isEqualTo(T0.plusSeconds(60).plus(Duration.ofHours(12)));
    }

    @Test
    void shouldBelieveTheServersTimeOfTheEnd() {
        Instant end = T0.plusSeconds(500);
        StatementHandle completed = intended.withSubmitted(ID, T0)
                .withObserved(new StatementStatus(ID, StatementState.SUCCEEDED, null, T0.plusSeconds(600), end));

        assertThat(completed.completedAt()).isEqualTo(end);
        assertThat(completed.deadlines().resultExpiresAt()).isEqualTo(end.plus(Duration.ofHours(1)));
    }

    @Test
    void shouldBeRedeliveredAndThenBuriedWithItsReason() {
        StatementHandle handle =
                intended.withSubmitted(ID, T0).withObserved(StatementStatus.of(ID, StatementState.FAILED, T0));
        for (int delivery = 1; delivery <= 3; delivery++) {
            handle = handle.withClaim(new HandleClaim("n", 1, T0));
            assertThat(handle.delivery().count()).isEqualTo(delivery);
            if (delivery < 3) {
                handle = handle.withRelease(T0.plusSeconds(delivery));
                assertThat(handle.delivery().nextAt()).isEqualTo(T0.plusSeconds(delivery));
                assertThat(handle.state()).isEqualTo(HandleState.COMPLETED);
            }
        }
        StatementHandle dead = handle.withBuried("route failed", T0.plusSeconds(9));

        assertThat(dead.state()).isEqualTo(HandleState.DEAD);
        assertThat(dead.delivery()).isEqualTo(new HandleDelivery(3, null, T0.plusSeconds(9), "route failed"));
        assertThatThrownBy(() -> dead.withClaim(new HandleClaim("n", 2, T0)))
                .isInstanceOf(IllegalHandleTransitionException.class);
    }

    @Test
    void shouldStayLostWhileItIsReported() {
        StatementHandle lost = intended.withAbandoned(T0.plusSeconds(60));
        StatementHandle claimed = lost.withClaim(new HandleClaim("n", 1, T0));
        StatementHandle again = claimed.withLeaseOver();

        assertThat(lost.loss()).isEqualTo(LossReason.NEVER_FOUND);
        assertThat(claimed.state()).isEqualTo(HandleState.LOST);
        assertThat(again.state()).isEqualTo(HandleState.LOST);
        assertThat(again.claim()).isNull();
        assertThat(again.withClaim(new HandleClaim("n", 2, T0))
                        .withConfirmed(T0)
                        .state())
                .isEqualTo(HandleState.DELIVERED);
    }

    @Test
    void shouldNotTakeTheStatusOfAnotherStatement() {
        StatementHandle submitted = intended.withSubmitted(ID, T0);

        assertThatThrownBy(() -> submitted.withObserved(
                        StatementStatus.of(StatementId.of("other"), StatementState.SUCCEEDED, T0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNotExistWithoutIdOnceItIsSubmitted() {
        StatementHandle s = intended.withSubmitted(ID, T0);

        assertThatThrownBy(() -> new StatementHandle(
                        s.key(),
                        s.name(),
                        s.target(),
                        s.origin(),
                        null,
                        s.state(),
                        null,
                        s.submittedAt(),
                        null,
                        s.deadlines(),
                        null,
                        null,
                        s.delivery(),
                        1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SUBMITTED");
    }

    @Test
    void shouldPrintNeitherHeadersNorTheWordsOfTheServer() {
        StatementHandle failed = intended.withSubmitted(ID, T0)
                .withObserved(new StatementStatus(
                        ID,
                        StatementState.FAILED,
                        new StatementFailure("BAD_REQUEST", "42601", "near 'top-secret'"),
                        T0,
                        null));

        assertThat(failed.toString())
                .contains("order")
                .contains("42601")
                .doesNotContain("4711")
                .doesNotContain("top-secret");
    }
}
