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
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two nodes on one PostgreSQL, to which two things happen that show what one may do to the rows of the other.
 *
 * <ol>
 *   <li>One loses the database for longer than its lease, and the other one the warehouse. So the second takes the rows of
 *       the first over and cannot do anything with them, while the first sees their ends and cannot write them down until
 *       it finds the database again. Only the fence stops it then.
 *   <li>The first stands still for longer than its lease while it reads rows of handles that it has claimed. The second
 *       delivers and confirms them. When the rows have arrived at last, only the age of its claim stops the first.
 * </ol>
 */
final class TwoNodes {

    /** More than can be submitted here: a node that stands still is to be in the middle of its work. */
    private static final int JOBS = 2_000;

    private static final int PAUSE_MILLIS = 60;

    /** Some end before the nodes lose what they need, some when it is lost. */
    private static final String DURATIONS = "120,1500,3000";

    private static final int SUBMITTED_BEFORE = 25;

    /** A status is asked for five times, over some 11 s, before it counts as one that cannot be read. */
    private static final int WITHOUT_WAREHOUSE_MILLIS = 13_000;

    /** For writes that waited for the database. */
    private static final int AFTER_DATABASE_MILLIS = 3_000;

    /** Until the node that stood still has done all that it had decided before. */
    private static final int AFTER_PAUSE_MILLIS = 2_500;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int HOLDS = 10;
    private static final Duration HOLD_PATIENCE = Duration.ofSeconds(4);
    private static final Duration LASTING_CLAIM = Duration.ofSeconds(1);

    private final Workshop workshop;
    private final HttpGate gate;
    private final WriteLog log;

    private TwoNodes(Workshop workshop, HttpGate gate, WriteLog log) {
        this.workshop = workshop;
        this.gate = gate;
        this.log = log;
    }

    /** @param patches what to change in the component */
    static Verdict run(List<Patch> patches) {
        try (PostgreSqlServer server = new PostgreSqlServer();
                Workshop workshop = new Workshop(patches);
                HttpGate gate = new HttpGate(workshop.warehouse().httpUrl())) {
            return new TwoNodes(workshop, gate, new WriteLog(server)).run(server);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Verdict run(PostgreSqlServer server) throws SQLException {
        WorkerOptions common = workshop.options()
                .withEndpoint(workshop.warehouse()
                        .endpointOptions()
                        .replace(workshop.warehouse().httpUrl(), gate.url()))
                .withJobs(JOBS, PAUSE_MILLIS)
                .withDurations(DURATIONS);
        for (String millis : DURATIONS.split(",")) {
            Job.teach(workshop.warehouse(), Integer.parseInt(millis));
        }
        try (ClusterNode a = new ClusterNode("a", "PT0S", workshop, gate, server, common);
                ClusterNode b = new ClusterNode("b", "PT0S", workshop, gate, server, common)) {
            a.awaitStart();
            b.awaitStart();
            haveSubmitted(a);
            haveSubmitted(b);
            loseDatabase(a, b);
            standStill(a);
            a.worker().kill();
            b.worker().kill();
        }
        WorkerProcess last = workshop.start(
                "last", "last", common.withJobs(0, 0).withRepository(PostgreSqlServer.url(server.port(), "last")));
        workshop.awaitNothingOpen(last, Workshop.PATIENCE);
        last.stop();
        List<Violation> stale = log.staleWrites().stream()
                .map(write -> new Violation(Violation.Kind.STALE_WRITE, RecordLine.NONE, write))
                .toList();
        return workshop.verdict(false).with(stale);
    }

    private static void haveSubmitted(ClusterNode node) {
        Workshop.await(
                "submits",
                () -> node.worker().record().stream()
                                .filter(line -> line.what() == Happening.ANSWERED)
                                .count()
                        >= SUBMITTED_BEFORE);
    }

    private void loseDatabase(ClusterNode a, ClusterNode b) {
        long lost = System.nanoTime();
        gate.cutOff("b");
        a.loseDatabase();
        String node = a.worker().life();
        // a bug may keep it from happening
        Workshop.happens(PATIENCE, () -> log.takenFrom(node) > 0);
        a.findDatabase();
        Workshop.sleep(AFTER_DATABASE_MILLIS);
        long elapsed = Duration.ofNanos(System.nanoTime() - lost).toMillis();
        Workshop.sleep(Math.max(0, WITHOUT_WAREHOUSE_MILLIS - elapsed));
        gate.reconnect("b");
    }

    /** Until the node has claimed what it cannot read: a claim that needs no call any more is settled at once. */
    private void holdRows(String node) {
        for (int attempt = 0; attempt < HOLDS; attempt++) {
            gate.hold("a");
            AtomicLong none = new AtomicLong(System.nanoTime());
            boolean lasting = Workshop.happens(HOLD_PATIENCE, () -> {
                if (log.claimed(node) == 0) {
                    none.set(System.nanoTime());
                }
                return System.nanoTime() - none.get() > LASTING_CLAIM.toNanos();
            });
            if (lasting) {
                return;
            }
            gate.release("a");
            Workshop.sleep(LASTING_CLAIM.toMillis());
        }
    }

    private void standStill(ClusterNode a) {
        String node = a.worker().life();
        holdRows(node);
        a.worker().pause();
        Workshop.happens(PATIENCE, () -> log.claimed(node) == 0);
        // the other one delivers and confirms
        Workshop.sleep(AFTER_DATABASE_MILLIS);
        a.worker().resume();
        Workshop.sleep(AFTER_PAUSE_MILLIS);
        gate.release("a");
        Workshop.sleep(AFTER_PAUSE_MILLIS);
    }
}
