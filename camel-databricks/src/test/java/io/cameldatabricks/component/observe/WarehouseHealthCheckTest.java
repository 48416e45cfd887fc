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
package io.cameldatabricks.component.observe;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.cameldatabricks.component.pool.ComputeReport;
import io.cameldatabricks.component.pool.ComputeReport.Answer;
import io.cameldatabricks.component.pool.ComputeState;

import static org.assertj.core.api.Assertions.assertThat;

class WarehouseHealthCheckTest {

    static Stream<Arguments> reports() {
        return Stream.of(
                Arguments.of(told("RUNNING"), State.UP),
                Arguments.of(told("STARTING"), State.UP),
                Arguments.of(told("STOPPED"), State.UP),
                Arguments.of(told("STOPPING"), State.UP),
                Arguments.of(told("TERMINATED"), State.UP),
                Arguments.of(told("DELETED"), State.DOWN),
                Arguments.of(told("DELETING"), State.DOWN),
                Arguments.of(told("ERROR"), State.DOWN),
                Arguments.of(refused(401), State.DOWN),
                Arguments.of(refused(403), State.UNKNOWN),
                Arguments.of(refused(404), State.DOWN),
                Arguments.of(refused(429), State.UNKNOWN),
                Arguments.of(refused(503), State.UNKNOWN),
                Arguments.of(
                        new ComputeReport(Answer.OUT_OF_REACH, ComputeState.UNKNOWN, null, null, "ConnectException"),
                        State.DOWN),
                Arguments.of(ComputeReport.notAsked(), State.UNKNOWN));
    }

    private static ComputeReport told(String word) {
        return new ComputeReport(Answer.TOLD, ComputeState.UNKNOWN, word, 200, null);
    }

    private static ComputeReport refused(int status) {
        return new ComputeReport(Answer.REFUSED, ComputeState.UNKNOWN, null, status, null);
    }

    private static HealthCheck.Result call(CompletableFuture<ComputeReport> answer) {
        return new WarehouseHealthCheck("producer:databricks-x", "dbc-1/sql/1.0/warehouses/w1", () -> answer).call();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void shouldJudgeWhatTheWorkspaceSays(ComputeReport report, State expected) {
        HealthCheck.Result result = call(CompletableFuture.completedFuture(report));

        assertThat(result.getState()).isEqualTo(expected);
        assertThat(result.getDetails()).containsEntry("warehouse", "dbc-1/sql/1.0/warehouses/w1");
        if (expected != State.UP) {
            assertThat(result.getMessage()).isPresent();
        }
    }

    @Test
    void shouldBeDownWithoutTheCauseWhenTheQuestionFails() {
        HealthCheck.Result result = call(CompletableFuture.failedFuture(new IllegalStateException("secret")));

        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.toString() + result.getMessage() + result.getDetails() + result.getError())
                .doesNotContain("secret");
    }

    @Test
    void shouldSayNothingWhenItIsOff() {
        WarehouseHealthCheck check = new WarehouseHealthCheck("x", "place", () -> {
            throw new AssertionError("asked");
        });
        check.setEnabled(false);

        assertThat(check.call().getState()).isEqualTo(State.UNKNOWN);
        assertThat(check.isLiveness()).isFalse();
    }
}
