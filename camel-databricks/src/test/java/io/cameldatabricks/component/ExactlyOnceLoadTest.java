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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.Fault;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that are loaded while connections are cut at every point of every call, and sent again until they succeed, and
 * once more, by one node or by two at the same time: each row is in the table once. On Spark SQL and Delta Lake.
 */
class ExactlyOnceLoadTest {

    private static final int ROWS = 3;
    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceLoadTest.class);

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    @Test
    void shouldLoadEachRowOnce() {
        assertThat(cut(1, 2, 8)).isGreaterThanOrEqualTo(8);
    }

    @Test
    @Tag("soak")
    void shouldLoadEachRowOnceAlthoughAThousandAnswersAreCut() {
        assertThat(cut(16, 6, 63)).isGreaterThanOrEqualTo(1_000);
    }

    /**
     * @param lanes tables that are loaded side by side
     * @param retries of a statement for each time that a message is sent
     * @param calls that are cut for each of them
     * @return how many calls were cut
     */
    private static int cut(int lanes, int retries, int calls) {
        ExecutorService threads = Executors.newFixedThreadPool(lanes * 3);
        try (RunningContext one = new RunningContext();
                RunningContext other = new RunningContext()) {
            execute(one, "CREATE SCHEMA IF NOT EXISTS main.exactly_once");
            execute(one, "CREATE VOLUME IF NOT EXISTS main.exactly_once.stage");
            List<CompletableFuture<Integer>> running = IntStream.range(0, lanes)
                    .mapToObj(lane -> CompletableFuture.supplyAsync(
                            () -> new Lane("lane" + lanes + "x" + lane, retries, List.of(one, other), threads)
                                    .run(calls, new Random(lane)),
                            threads))
                    .toList();
            return running.stream().mapToInt(CompletableFuture::join).sum();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Messages of one table, one after the other. */
    private record Lane(String name, int retries, List<RunningContext> nodes, ExecutorService threads) {

        private List<Supplier<Fault>> faults() {
            String copy = "COPY INTO .*" + name + "`.*";
            String paths = "/Volumes/main/exactly_once/stage/" + name + "/.*";
            return List.of(
                    // the rows are in the table, and nobody is told
                    () -> LostSubmitAnswer.afterAcceptance().onStatement(copy),
                    () -> LostSubmitAnswer.afterAcceptance().onStatement(copy).times(1),
                    () -> LostSubmitAnswer.inTheAnswer().onStatement(copy),
                    () -> LostSubmitAnswer.beforeRequestIsRead()
                            .onStatement(copy)
                            .times(1),
                    () -> ConnectionReset.during(CallKind.STATUS, CallKind.RESULT)
                            .onStatement(copy)
                            .at(CutPoint.UNANSWERED)
                            .times(2),
                    () -> ConnectionReset.duringUpload()
                            .onPath(paths)
                            .at(CutPoint.UNANSWERED)
                            .times(3),
                    () -> ConnectionReset.duringUpload()
                            .onPath(paths)
                            .at(CutPoint.HALF_READ)
                            .times(3),
                    () -> ConnectionReset.during(CallKind.MANAGE_FILES)
                            .onPath(paths)
                            .at(CutPoint.UNANSWERED)
                            .times(3));
        }

        int run(int calls, Random random) {
            List<Supplier<Fault>> faults = faults();
            String table = "main.exactly_once." + name;
            execute(nodes.get(0), "CREATE OR REPLACE TABLE " + table + " (message INT, n INT)");
            int hits = 0;
            int messages = 0;
            int sent = 0;
            while (hits < calls) {
                int message = messages++;
                List<Map<String, Object>> rows = IntStream.range(0, ROWS)
                        .mapToObj(n -> Map.<String, Object>of("message", message, "n", n))
                        .toList();
                Map<String, Object> headers =
                        random.nextBoolean() ? Map.of() : Map.of(DatabricksConstants.LOAD_KEY, "message " + message);
                String uri = uri(random.nextInt(4) == 0 ? "KEEP" : "DELETE");
                try (ActiveFault fault = warehouse.inject(
                        faults.get(random.nextInt(faults.size())).get())) {
                    List<CompletableFuture<Boolean>> attempts = new ArrayList<>();
                    for (RunningContext node : random.nextInt(3) == 0 ? nodes : nodes.subList(0, 1)) {
                        attempts.add(CompletableFuture.supplyAsync(() -> load(node, uri, rows, headers), threads));
                    }
                    attempts.forEach(CompletableFuture::join);
                    sent += attempts.size();
                    hits += fault.hits();
                }
                // the broker sends it again until it succeeds, and once more since the acknowledgement was lost
                int wanted = 1 + random.nextInt(2);
                for (int succeeded = 0; succeeded < wanted; sent++) {
                    succeeded += load(nodes.get(0), uri, rows, headers) ? 1 : 0;
                }
            }
            check(table, messages);
            LOG.info("{}: {} messages, sent {} times, {} calls cut", name, messages, sent, hits);
            return hits;
        }

        private void check(String table, int messages) {
            Map<?, ?> found = (Map<?, ?>) execute(
                            nodes.get(0),
                            "SELECT count(*) AS n, count(DISTINCT message, n) AS d, count(DISTINCT message) AS m FROM "
                                    + table)
                    .getMessage()
                    .getBody(List.class)
                    .get(0);
            assertThat(found.get("n")).as("rows of " + table).isEqualTo((long) ROWS * messages);
            assertThat(found.get("d")).isEqualTo((long) ROWS * messages);
            assertThat(found.get("m")).isEqualTo((long) messages);
        }

        private String uri(String stagedFile) {
            return "databricks:test?" + warehouse.endpointOptions()
                    + "&operation=LOAD&conflictRetries=" + retries + "&volumePath=/Volumes/main/exactly_once/stage/"
                    + name
                    + "&table=main.exactly_once." + name + "&stagedFile=" + stagedFile;
        }
    }

    private static boolean load(
            RunningContext node, String uri, List<Map<String, Object>> rows, Map<String, Object> headers) {
        Exchange exchange = node.send(uri, rows, headers);
        if (exchange.getException() != null) {
            assertThat(exchange.getException()).isInstanceOf(TransientDatabricksException.class);
            return false;
        }
        return true;
    }

    private static Exchange execute(RunningContext node, String sql) {
        Exchange exchange = node.send("databricks:test?" + warehouse.endpointOptions() + "&query=RAW(" + sql + ")");
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange;
    }
}
