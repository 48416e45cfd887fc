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
package io.cameldatabricks.component;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;

import static org.assertj.core.api.Assertions.assertThat;

/** The meters that an ordinary day leaves alone: ends that the history tells, deliveries again, and lost submits. */
@Timeout(120)
class RareMetersTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ConsumerScenario scenario;

    @BeforeEach
    void start() {
        scenario = new ConsumerScenario(warehouse);
        scenario.camel().context().getRegistry().bind("meters", meters);
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    /** Of one endpoint, and with no tag but its name. */
    private double counted(String meter) {
        return meters.get(meter).tag("name", "reports").counter().count();
    }

    private void assertTaggedByNameOnly(String meter) {
        assertThat(meters.get(meter).meters()).extracting(Meter::getId).allSatisfy(id -> assertThat(id.getTags())
                .containsExactly(Tag.of("name", "reports")));
    }

    @Test
    void shouldTimeHowLongAfterTheirEndStatementsAreSeen() throws Exception {
        // so many that some are due in the same moment, whatever their jitter: only groups go through the history
        int statements = 40;
        scenario.deliverTo(
                "results", "deliverFailures=false&bulkStatus=ALWAYS&minPollInterval=1000&maxPollInterval=1000");
        for (int i = 0; i < statements; i++) {
            scenario.submit("SELECT slow");
        }
        ConsumerScenario.await().until(RareMetersTest::historyReads, reads -> reads >= 2);

        for (StatementHandle handle : scenario.stored(HandleState.SUBMITTED)) {
            cancelAsAnyUser(handle.statementId().publicPart());
        }

        scenario.awaitStored(HandleState.DELIVERED, statements);
        List<Duration> delays = scenario.stored(HandleState.DELIVERED).stream()
                .map(StatementHandle::status)
                .filter(status -> status.endedAt() != null)
                .map(status -> Duration.between(status.endedAt(), status.observedAt()))
                .toList();
        assertThat(delays).isNotEmpty().allMatch(delay -> !delay.isNegative());
        Timer detection = meters.get("databricks.handles.detection").timer();
        assertThat(detection.count()).isEqualTo(delays.size());
        assertThat(detection.totalTime(TimeUnit.NANOSECONDS))
                .isEqualTo(delays.stream().mapToDouble(Duration::toNanos).sum())
                .isPositive();
        assertTaggedByNameOnly("databricks.handles.detection");
    }

    private static long historyReads() {
        return warehouse.requests().stream()
                .filter(request -> request.uri().contains("/history/queries"))
                .count();
    }

    /** The warehouse ends a statement on its own clock, now, and nobody here is told. */
    private static void cancelAsAnyUser(String statement) throws Exception {
        HttpRequest cancel = HttpRequest.newBuilder(
                        URI.create(warehouse.httpUrl() + "/api/2.0/sql/statements/" + statement + "/cancel"))
                .header("Authorization", "Bearer " + warehouse.token())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(cancel, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldCountAHandleThatIsDeliveredAgain() throws Exception {
        scenario.deliverTo("results", "redeliveryDelay=10");
        scenario.mock("results").whenExchangeReceived(1, exchange -> {
            throw new IllegalStateException("the first delivery fails");
        });

        scenario.submit("SELECT 1");
        scenario.awaitStored(HandleState.DELIVERED, 1);
        scenario.submit("SELECT 2");
        scenario.awaitStored(HandleState.DELIVERED, 2);

        ConsumerScenario.await().until(() -> deliveries("delivered") == 2);
        assertThat(deliveries("failed")).isEqualTo(1);
        assertThat(counted("databricks.redeliveries")).isEqualTo(1);
        assertTaggedByNameOnly("databricks.redeliveries");
    }

    private double deliveries(String outcome) {
        return meters.find("databricks.deliveries").tags("name", "reports", "outcome", outcome).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void shouldCountASubmitWhoseStatementIsNeverFound() throws Exception {
        scenario.deliverTo("results", "settleTime=1s&maxDeliveries=1");

        warehouse.inject(LostSubmitAnswer.afterAcceptance().times(1));
        submitWithoutAnswer();
        ConsumerScenario.await().until(() -> deliveries("delivered") == 1);
        assertThat(meters.find("databricks.handles.never.found").counter()).isNull();

        warehouse.inject(
                ConnectionReset.during(CallKind.SUBMIT).at(CutPoint.UNEXECUTED).times(1));
        submitWithoutAnswer();

        ConsumerScenario.await()
                .until(() -> meters.find("databricks.handles.never.found").counter() != null);
        assertThat(counted("databricks.handles.never.found")).isEqualTo(1);
        assertThat(counted("databricks.handles.submitted"))
                .as("the one that was found")
                .isEqualTo(1);
        assertThat(meters.get("databricks.handles.time").timers())
                .extracting(Timer::count)
                .containsExactly(1L);
        assertTaggedByNameOnly("databricks.handles.never.found");
    }

    private void submitWithoutAnswer() {
        assertThat(scenario.camel()
                        .send(scenario.uri("reports", "operation=SUBMIT&query=INSERT quick"))
                        .getException())
                .isInstanceOf(SubmitOutcomeUnknownException.class);
    }
}
