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

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Three nodes on one PostgreSQL, to each of which things happen all the time. */
public final class ClusterRun {

    private static final int LEASE_SECONDS = 3;

    /** More than a node stands still, so that an intent is not given up while its submit may still come. */
    private static final int SETTLE_SECONDS = 45;

    /** An intent of a node whose clock is ahead settles later by as much. */
    private static final Duration END_PATIENCE = Duration.ofMinutes(8);

    private static final int SUBMIT_PAUSE_MILLIS = 600;

    /** One node is well at any time: where there is none, nobody can take over. */
    private static final int SICK_AT_ONCE = 2;

    private static final List<String> CLOCKS = List.of("PT5M", "-PT5M", "PT0S");

    private ClusterRun() {}

    /**
     * What a run came to.
     *
     * @param bad violations of the promise
     * @param stale writes of nodes to rows of living others
     * @param takeovers rows that came to another node
     * @param p99 seconds from the moment at which a node died, stood still or lost the database, until its row belonged
     *     to another
     */
    public record Result(long bad, int stale, int takeovers, double p99, double longest, String text) {}

    /** @param length how long things happen */
    public static Result run(Duration length) throws Exception {
        List<Patch> clocks = Patch.clocks();
        System.out.println("Clocks shifted in the component, by +5, -5 and 0 minutes: "
                + clocks.stream().map(Patch::file).toList());
        return run(length, clocks);
    }

    static Result run(Duration length, List<Patch> patches) throws Exception {
        try (PostgreSqlServer server = new PostgreSqlServer();
                Workshop workshop = new Workshop(patches);
                HttpGate gate = new HttpGate(workshop.warehouse().httpUrl())) {
            WriteLog log = new WriteLog(server);
            WorkerOptions common = workshop.options()
                    .withEndpoint(workshop.warehouse()
                            .endpointOptions()
                            .replace(workshop.warehouse().httpUrl(), gate.url()))
                    .withJobs(100_000, SUBMIT_PAUSE_MILLIS)
                    .withSubmitters(2)
                    .withSettle(SETTLE_SECONDS);
            workshop.makeArchive(workshop.options());
            List<ClusterNode> nodes = new ArrayList<>();
            for (int i = 0; i < CLOCKS.size(); i++) {
                nodes.add(new ClusterNode("n" + (i + 1), CLOCKS.get(i), workshop, gate, server, common));
            }
            sufferAll(nodes, length);
            nodes.forEach(node -> node.worker().kill());
            WorkerProcess last = workshop.start(
                    "last", "last", common.withJobs(0, 0).withRepository(PostgreSqlServer.url(server.port(), "last")));
            workshop.awaitNothingOpen(last, END_PATIENCE);
            last.stop();
            nodes.forEach(ClusterNode::close);
            return result(workshop, log);
        }
    }

    private static void sufferAll(List<ClusterNode> nodes, Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        Semaphore sick = new Semaphore(SICK_AT_ONCE);
        List<Thread> fates = nodes.stream()
                .map(node -> new Thread(() -> {
                    node.awaitStart();
                    while (System.nanoTime() < end) {
                        node.rest();
                        sick.acquireUninterruptibly();
                        try {
                            node.suffer();
                        } finally {
                            sick.release();
                        }
                    }
                }))
                .toList();
        fates.forEach(Thread::start);
        for (Thread fate : fates) {
            fate.join();
        }
    }

    private static Result result(Workshop workshop, WriteLog log) throws SQLException {
        Verdict verdict = workshop.verdict(false);
        List<String> stale = log.staleWrites();
        List<RecordLine> lines = workshop.lines();
        double[] seconds = log.takeovers().stream()
                .mapToDouble(takeover -> seconds(takeover, lines))
                .sorted()
                .toArray();
        double p99 = seconds.length == 0 ? 0 : seconds[(int) Math.ceil(seconds.length * 0.99) - 1];
        double longest = seconds.length == 0 ? 0 : seconds[seconds.length - 1];
        String text = verdict.text() + "\n" + stale.size() + " writes by stale owners, " + seconds.length
                + " rows taken over, after " + Arrays.stream(seconds).average().orElse(0) + " s on average, " + p99
                + " s at the 99th percentile, " + longest + " s at most";
        return new Result(verdict.violations().size(), stale.size(), seconds.length, p99, longest, text);
    }

    private static double seconds(WriteLog.Takeover takeover, List<RecordLine> lines) {
        long since = lines.stream()
                .filter(line -> line.life().equals(takeover.dead()) && line.millis() <= takeover.millis())
                .filter(line -> line.what() == Happening.KILLED
                        || line.what() == Happening.PAUSED
                        || line.what() == Happening.CUT_OFF)
                .mapToLong(RecordLine::millis)
                .max()
                .orElse(takeover.millis());
        return (takeover.millis() - since) / 1_000.0;
    }
}
