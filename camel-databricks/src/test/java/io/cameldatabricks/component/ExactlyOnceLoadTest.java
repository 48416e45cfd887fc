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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
    private static final String PATHS = "/Volumes/main/exactly_once/.*";

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    private final List<Supplier<Fault>> faults = List.of(
            // the rows are in the table, and nobody is told
            () -> LostSubmitAnswer.afterAcceptance().onStatement("COPY INTO.*"),
            () -> LostSubmitAnswer.afterAcceptance().onStatement("COPY INTO.*").times(1),
            () -> LostSubmitAnswer.inTheAnswer().onStatement("COPY INTO.*").times(1),
            () -> LostSubmitAnswer.beforeRequestIsRead().onStatement("COPY INTO.*").times(1),
            () -> ConnectionReset.during(CallKind.STATUS, CallKind.RESULT)
                    .onStatement("COPY INTO.*")
                    .at(CutPoint.UNANSWERED)
                    .times(2),
            () -> ConnectionReset.duringUpload().onPath(PATHS).at(CutPoint.UNANSWERED).times(1),
            () -> ConnectionReset.duringUpload().onPath(PATHS).at(CutPoint.HALF_READ).times(1),
            () -> ConnectionReset.during(CallKind.MANAGE_FILES)
                    .onPath(PATHS)
                    .at(CutPoint.UNANSWERED)
                    .times(1));

    @Test
    void shouldLoadEachRowOnce() throws Exception {
        assertThat(cut(12, 1)).isGreaterThanOrEqualTo(12);
    }

    @Test
    @Tag("soak")
    void shouldLoadEachRowOnceAlthoughAThousandAnswersAreCut() throws Exception {
        assertThat(cut(1_000, 2)).isGreaterThanOrEqualTo(1_000);
    }

    /** @return how many calls were cut */
    private int cut(int calls, long seed) throws Exception {
        Random random = new Random(seed);
        String table = "main.exactly_once.t" + seed;
        int hits = 0;
        int messages = 0;
        int sent = 0;
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try (RunningContext one = new RunningContext();
                RunningContext other = new RunningContext()) {
            execute(one, "CREATE SCHEMA IF NOT EXISTS main.exactly_once");
            execute(one, "CREATE VOLUME IF NOT EXISTS main.exactly_once.stage");
            execute(one, "CREATE OR REPLACE TABLE " + table + " (message INT, n INT)");
            while (hits < calls) {
                int message = messages++;
                List<Map<String, Object>> rows = IntStream.range(0, ROWS)
                        .mapToObj(n -> Map.<String, Object>of("message", message, "n", n))
                        .toList();
                Map<String, Object> headers =
                        random.nextBoolean() ? Map.of() : Map.of(DatabricksConstants.LOAD_KEY, "message " + message);
                boolean two = random.nextInt(3) == 0;
                String uri = uri(table, random.nextInt(4) == 0 ? "KEEP" : "DELETE");
                try (ActiveFault fault =
                        warehouse.inject(faults.get(random.nextInt(faults.size())).get())) {
                    List<CompletableFuture<Boolean>> attempts = new ArrayList<>();
                    for (RunningContext node : two ? List.of(one, other) : List.of(one)) {
                        attempts.add(CompletableFuture.supplyAsync(() -> load(node, uri, rows, headers), nodes));
                    }
                    for (CompletableFuture<Boolean> attempt : attempts) {
                        attempt.get(5, TimeUnit.MINUTES);
                        sent++;
                    }
                    hits += fault.hits();
                }
                // the broker sends it again until it succeeds, and once more since the acknowledgement was lost
                for (int succeeded = 0; succeeded < 1 + random.nextInt(2); sent++) {
                    succeeded += load(one, uri, rows, headers) ? 1 : 0;
                }
                if (messages % 100 == 0) {
                    check(one, table, messages);
                }
            }
            check(one, table, messages);
            org.slf4j.LoggerFactory.getLogger(getClass())
                    .info("{} messages, sent {} times, with {} calls cut", messages, sent, hits);
        } finally {
            nodes.shutdownNow();
        }
        return hits;
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

    private static void check(RunningContext node, String table, int messages) {
        Map<?, ?> found = (Map<?, ?>) execute(
                        node,
                        "SELECT count(*) AS n, count(DISTINCT message, n) AS d, count(DISTINCT message) AS m FROM "
                                + table)
                .getMessage()
                .getBody(List.class)
                .get(0);
        assertThat(found.get("n")).isEqualTo((long) ROWS * messages);
        assertThat(found.get("d")).isEqualTo((long) ROWS * messages);
        assertThat(found.get("m")).isEqualTo((long) messages);
    }

    private static String uri(String table, String stagedFile) {
        return "databricks:test?" + warehouse.endpointOptions()
                + "&operation=LOAD&volumePath=/Volumes/main/exactly_once/stage/in&table=" + table + "&stagedFile="
                + stagedFile;
    }

    private static Exchange execute(RunningContext node, String sql) {
        Exchange exchange = node.send("databricks:test?" + warehouse.endpointOptions() + "&query=RAW(" + sql + ")");
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange;
    }
}
