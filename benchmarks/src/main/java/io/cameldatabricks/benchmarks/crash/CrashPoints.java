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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;
import io.cameldatabricks.testinfra.fault.RefusedCall;
import io.cameldatabricks.testinfra.fault.ServerError;

/**
 * Lets a process die before and after every commit of the repository and every call to the warehouse, each many times.
 * The next process takes over what is left, and dies at the next point.
 */
public final class CrashPoints {

    /** Calls of the repository that a run comes to. */
    private static final List<String> COMMITS = List.of(
            "join",
            "takeOver",
            "add",
            "update-SUBMITTED",
            "update-COMPLETED",
            "update-LOST",
            "update-DELIVERED",
            "claim",
            "release",
            "remove",
            "renew",
            "giveBack",
            "leave");

    private static final List<String> CALLS = List.of("submit", "status", "history", "session", "download", "result");

    /** Of these a life has few. */
    private static final Set<String> RARE = 
            Set.of("join", "renew", "update-LOST", "release", "remove", "giveBack", "leave", "session", "result");

    /** A statement of this length has more rows than one part of a result holds. */
    private static final int MANY_ROWS_MILLIS = 41;

    private static final int FEW_JOBS = 6;

    private static final int JOBS = 90;
    private static final int PAUSE_MILLIS = 20;
    private static final long PATIENCE_MILLIS = 15_000;

    private final Workshop workshop;
    private final HttpGate gate;
    private final WorkerOptions options;
    private final Random random;
    private final Map<String, Integer> hits = new LinkedHashMap<>();
    private int lives;

    private CrashPoints(Workshop workshop, HttpGate gate, Random random) {
        this.workshop = workshop;
        this.gate = gate;
        this.random = random;
        this.options = workshop.options()
                .withEndpoint(workshop.warehouse()
                        .endpointOptions()
                        .replace(workshop.warehouse().httpUrl(), gate.url()))
                .withJobs(JOBS, PAUSE_MILLIS);
    }

    /**
     * What a run came to.
     *
     * @param fewest hits of the point that was hit the least
     */
    public record Result(long bad, int points, int fewest, int hits, String text) {}

    /** @param times how often each point is to be hit */
    public static Result run(int times) {
        return run(times, COMMITS, CALLS);
    }

    static Result run(int times, List<String> commits, List<String> calls) {
        try (Workshop workshop = new Workshop(List.of());
                HttpGate gate = new HttpGate(workshop.warehouse().httpUrl())) {
            workshop.makeArchive(workshop.options());
            return new CrashPoints(workshop, gate, new Random()).hitAll(times, commits, calls);
        }
    }

    private Result hitAll(int times, List<String> commits, List<String> calls) {
        trouble();
        Job.teachManyRows(workshop.warehouse(), MANY_ROWS_MILLIS);
        List<String> points = new ArrayList<>();
        for (String call : commits) {
            points.addAll(List.of(call + ":before", call + ":after"));
        }
        List<String> http = new ArrayList<>();
        for (String call : calls) {
            http.addAll(List.of(call + ":before", call + ":after"));
        }
        for (int round = 1; round <= times; round++) {
            points.forEach(this::dieAtCommit);
            http.forEach(this::dieAtCall);
            System.out.println("round " + round + ": " + hits);
        }
        workshop.warehouse().clearFaults();
        WorkerProcess last = workshop.start("last", options.node(), options.withJobs(0, 0));
        workshop.awaitNothingOpen(last, Workshop.PATIENCE);
        last.stop();
        Verdict verdict = workshop.verdict(false);
        int fewest = hits.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        int all = hits.values().stream().mapToInt(Integer::intValue).sum();
        return new Result(verdict.violations().size(), hits.size(), fewest, all, verdict.text());
    }

    /** So that there are submits that are refused, and some that are never found: else some commits would not happen. */
    private void trouble() {
        workshop.warehouse().inject(LostSubmitAnswer.beforeRequestIsRead().onStatement(".*[37]$"));
        workshop.warehouse()
                .inject(RefusedCall.permissionDenied().on(CallKind.SUBMIT).onStatement(".*9$"));
    }

    private void dieAtCommit(String point) {
        // early ones and later ones; some calls are rare
        int occurrence = isRare(point) ? 1 : 1 + random.nextInt(8);
        WorkerOptions life = options.withPoint(point + ":" + occurrence);
        if (point.startsWith("giveBack")) {
            dieGivingBack(point, life);
            return;
        }
        WorkerProcess worker = start(life);
        if (point.startsWith("leave")) {
            Workshop.await("a delivery", () -> worker.has(Happening.CONFIRMED) || !worker.isAlive());
            worker.askToStop();
        }
        note(point, worker, worker.awaitEnd(PATIENCE_MILLIS));
    }

    /** Rows that cannot be read at the moment: no route sees the handle. */
    private void dieGivingBack(String point, WorkerOptions life) {
        ActiveFault noSession = workshop.warehouse().inject(ServerError.status(503).on(CallKind.OPEN_SESSION));
        WorkerProcess worker = start(life.withEndpoint(life.endpoint() + "&connectionTimeout=500"));
        note(point, worker, worker.awaitEnd(PATIENCE_MILLIS));
        noSession.close();
    }

    private static boolean isRare(String point) {
        return RARE.contains(point.substring(0, point.indexOf(':')));
    }

    private void dieAtCall(String point) {
        int occurrence = isRare(point) ? 1 : 1 + random.nextInt(8);
        AtomicInteger seen = new AtomicInteger();
        AtomicBoolean sprung = new AtomicBoolean();
        WorkerProcess worker = start(
                point.startsWith("result")
                        ? options.withDurations("" + MANY_ROWS_MILLIS).withJobs(FEW_JOBS, PAUSE_MILLIS)
                        : options);
        gate.set(passed -> {
            if (passed.equals(point) && seen.incrementAndGet() == occurrence) {
                sprung.set(true);
                worker.kill();
            }
        });
        boolean died = worker.awaitEnd(PATIENCE_MILLIS);
        gate.set(HttpGate.Trap.NONE);
        if (died && sprung.get()) {
            hits.merge(point, 1, Integer::sum);
        } else {
            note(point, worker, false);
        }
    }

    private WorkerProcess start(WorkerOptions life) {
        return workshop.start("p" + ++lives, options.node(), life);
    }

    private void note(String point, WorkerProcess worker, boolean died) {
        hits.merge(point, 0, Integer::sum);
        if (!died) {
            worker.kill();
            return;
        }
        if (worker.awaitEnd() != FaultPoint.EXIT) {
            throw new IllegalStateException("Worker " + worker.life() + " has ended by itself; see " + workshop.log());
        }
        worker.noteDeath();
        hits.merge(point, 1, Integer::sum);
    }
}
