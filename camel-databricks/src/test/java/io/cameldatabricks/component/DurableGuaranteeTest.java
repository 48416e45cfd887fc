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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.repository.jdbc.EmbeddedHandleStore;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.track.SubmitGuarantee;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;
import io.cameldatabricks.testinfra.fault.ServerError;

import static org.assertj.core.api.Assertions.assertThat;

/** Submits whose answer is lost, with a durable repository, over the restart of the context and the death of the process. */
@Timeout(180)
class DurableGuaranteeTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @TempDir
    private Path directory;

    private final List<Integer> delivered = new CopyOnWriteArrayList<>();
    private final List<Integer> unknown = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        warehouse.clearFaults();
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(Script.matching("SELECT [0-9]+").column("a", "INT").row(1));
    }

    private static String uri(String options, Path directory, String where) {
        return "databricks:reports?" + where + "&durable=true&dataDir=" + directory + "&settleTime=3s" + options;
    }

    private static Exchange submit(RunningContext camel, SubmitGuarantee guarantee, Path directory, String where) {
        return camel.send(
                uri(
                        "&operation=SUBMIT&carryHeaders=order&query=SELECT 1&submitGuarantee=" + guarantee,
                        directory,
                        where),
                null,
                Map.of("order", 1));
    }

    /** Starts anew, as after a restart, until nothing is open any more. */
    private void deliverAll() throws Exception {
        try (RunningContext after = new RunningContext()) {
            after.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(SubmitOutcomeUnknownException.class)
                            .handled(true)
                            .process(exchange -> unknown.add(order(exchange)));
                    from(uri("", directory, warehouse.endpointOptions()))
                            .process(exchange -> delivered.add(order(exchange)));
                }
            });
            ConsumerScenario.await().until(() -> counts().keySet().equals(java.util.Set.of(HandleState.DELIVERED)));
        }
    }

    private static Integer order(Exchange exchange) {
        return exchange.getMessage().getHeader("order", Integer.class);
    }

    private Map<HandleState, Long> counts() {
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(directory)) {
            return store.repository().counts("reports");
        }
    }

    private static long ran() {
        return warehouse.statements().stream()
                .filter(statement -> statement.sql().equals("SELECT 1"))
                .count();
    }

    @ParameterizedTest
    @EnumSource(SubmitGuarantee.class)
    void shouldDeliverAStatementWhoseAnswerWasLostAfterARestart(SubmitGuarantee guarantee) throws Exception {
        long before = ran();
        warehouse.inject(LostSubmitAnswer.afterAcceptance().times(1));
        try (RunningContext camel = new RunningContext()) {
            Exchange exchange = submit(camel, guarantee, directory, warehouse.endpointOptions());
            if (guarantee == SubmitGuarantee.AT_MOST_ONCE) {
                assertThat(exchange.getException()).isInstanceOf(SubmitOutcomeUnknownException.class);
            } else {
                assertThat(exchange.getException()).isNull();
            }
        }

        deliverAll();

        assertThat(delivered).containsExactly(1);
        assertThat(unknown).isEmpty();
        assertThat(ran() - before).isEqualTo(guarantee == SubmitGuarantee.AT_LEAST_ONCE ? 2 : 1);
    }

    @ParameterizedTest
    @EnumSource(SubmitGuarantee.class)
    void shouldReportAStatementThatTheServerHasNeverSeen(SubmitGuarantee guarantee) throws Exception {
        long before = ran();
        warehouse.inject(
                ConnectionReset.during(CallKind.SUBMIT).at(CutPoint.UNEXECUTED).times(1));
        try (RunningContext camel = new RunningContext()) {
            Exchange exchange = submit(camel, guarantee, directory, warehouse.endpointOptions());
            if (guarantee == SubmitGuarantee.AT_LEAST_ONCE) {
                assertThat(exchange.getException()).isNull();
            } else {
                assertThat(exchange.getException()).isInstanceOf(SubmitOutcomeUnknownException.class);
            }
        }

        deliverAll();

        boolean again = guarantee == SubmitGuarantee.AT_LEAST_ONCE;
        assertThat(delivered).hasSize(again ? 1 : 0);
        assertThat(unknown).hasSize(again ? 0 : 1);
        assertThat(ran() - before).isEqualTo(again ? 1 : 0);
    }

    @Test
    void shouldFindTheStatementOfAProcessThatWasKilledBeforeItKnewTheId() throws Exception {
        long before = ran();
        warehouse.inject(LostSubmitAnswer.afterAcceptance());
        warehouse.inject(ServerError.status(503).on(CallKind.HISTORY));
        Process submitter = submitter();
        try {
            ConsumerScenario.await().until(() -> ran() > before);
        } finally {
            submitter.destroyForcibly().waitFor();
        }
        assertThat(counts()).containsExactly(Map.entry(HandleState.INTENDED, 1L));
        warehouse.clearFaults();

        deliverAll();

        assertThat(delivered).containsExactly(1);
        assertThat(ran() - before).isEqualTo(1);
    }

    @Test
    void shouldFindWhatACrashLeftWhenARouteStartsThatOnlySubmits() throws Exception {
        warehouse.inject(LostSubmitAnswer.afterAcceptance().times(1));
        warehouse.inject(ServerError.status(503).on(CallKind.HISTORY));
        try (RunningContext camel = new RunningContext()) {
            submit(camel, SubmitGuarantee.AT_MOST_ONCE, directory, warehouse.endpointOptions());
        }
        assertThat(counts()).containsExactly(Map.entry(HandleState.INTENDED, 1L));
        warehouse.clearFaults();
        try (RunningContext camel = new RunningContext()) {
            camel.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .to(uri("&operation=SUBMIT&query=SELECT 1", directory, warehouse.endpointOptions()));
                }
            });
            ConsumerScenario.await().until(() -> counts().containsKey(HandleState.COMPLETED));
        }
    }

    private Process submitter() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Submitter.class.getName(),
                        directory.toString(),
                        warehouse.endpointOptions())
                .redirectErrorStream(true)
                .redirectOutput(
                        Files.createTempFile(directory, "submitter", ".log").toFile())
                .start();
    }

    /** A process that submits one statement, and waits for an answer until it is killed. */
    static final class Submitter {
        public static void main(String[] args) throws InterruptedException {
            RunningContext camel = new RunningContext();
            submit(camel, SubmitGuarantee.RECONCILE, Path.of(args[0]), args[1]);
            Thread.currentThread().join();
        }
    }
}
