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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;
import io.cameldatabricks.testinfra.fault.RefusedCall;

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

    private static final List<String> CALLS = List.of("submit", "status", "history", "session", "result");

    /** Calls that only results behind links need. */
    private static final List<String> LINK_CALLS = List.of("download");

    /** Of these a life has few. */
    private static final Set<String> RARE = Set.of(
            "join", "renew", "update-LOST", "release", "remove", "giveBack", "leave", "session", "result", "download");

    /** What only a result with many rows needs; few rows come with the status. */
    private static final String MANY_ROWS = "result";

    private static final int FEW_JOBS = 6;

    /** Side by side, since a process waits for most of its life. */
    private static final int LANES = 3;

    /** After so many no round begins; what was hit by then is told. */
    private static final int LONGEST_MINUTES = Integer.getInteger("crash.longest", 600);

    private static final int JOBS = 90;
    private static final int PAUSE_MILLIS = 20;
    private static final long PATIENCE_MILLIS = 60_000;

    private final Workshop workshop;
    private final HttpGate gate;
    private final WorkerOptions options;
    private final Random random;
    private final String lane;
    private final Map<String, Integer> hits = new LinkedHashMap<>();
    private int lives;

    /** @param lane name of the node in the repository that its processes share */
    private CrashPoints(Workshop workshop, String lane) {
        this.workshop = workshop;
        this.gate = new HttpGate(workshop.warehouse().httpUrl());
        this.random = new Random();
        this.lane = lane;
        this.options = workshop.options()
                .withEndpoint(workshop.warehouse()
                        .endpointOptions()
                        .replace(workshop.warehouse().httpUrl(), gate.url()))
                .withRepository("h2:" + workshop.folder().resolve("store-" + lane))
                .withJobs(JOBS, PAUSE_MILLIS);
    }

    /**
     * What a run came to.
     *
     * @param fewest hits of the point that was hit the least
     */
    public record Result(long bad, int points, int fewest, int hits, String text) {

        private static final Result NONE = new Result(0, 0, Integer.MAX_VALUE, 0, "");

        private Result and(Result other) {
            return new Result(
                    bad + other.bad,
                    points + other.points,
                    Math.min(fewest, other.fewest),
                    hits + other.hits,
                    text + other.text + System.lineSeparator());
        }
    }

    /** @param times how often each point is to be hit */
    public static Result run(int times) {
        Pattern only = Pattern.compile(System.getProperty("crash.point", ""));
        List<String> commits = matching(COMMITS, only);
        List<String> calls = matching(CALLS, only);
        List<String> linkCalls = matching(LINK_CALLS, only);
        Result result = Result.NONE;
        if (!commits.isEmpty() || !calls.isEmpty()) {
            result = result.and(run(new Workshop(List.of()), times, commits, calls));
        }
        if (!linkCalls.isEmpty()) {
            result = result.and(run(Workshop.onSpark(), times, List.of(), linkCalls));
        }
        return result;
    }

    private static List<String> matching(List<String> points, Pattern only) {
        return points.stream().filter(point -> only.matcher(point).find()).toList();
    }

    /** @param fresh is closed at the end */
    private static Result run(Workshop fresh, int times, List<String> commits, List<String> calls) {
        try (Workshop workshop = fresh) {
            workshop.makeArchive(workshop.options());
            trouble(workshop);
            List<CrashPoints> lanes = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                lanes.add(new CrashPoints(workshop, "lane" + i));
            }
            AtomicInteger rounds = new AtomicInteger();
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
            List<CompletableFuture<Void>> runs = lanes.stream()
                    .map(lane -> CompletableFuture.runAsync(
                            () -> lane.goOn(
                                    () -> System.nanoTime() < end && rounds.incrementAndGet() <= times, commits, calls),
                            // each waits most of the time
                            work -> new Thread(work, lane.lane).start()))
                    .toList();
            runs.forEach(CompletableFuture::join);
            workshop.warehouse().clearFaults();
            List<Violation> leftOver = new ArrayList<>();
            for (CrashPoints lane : lanes) {
                if (!lane.finish()) {
                    leftOver.add(new Violation(
                            Violation.Kind.LEFT_OVER, RecordLine.NONE, lane.lane + " still has open handles"));
                }
            }
            return result(workshop.verdict(false).with(leftOver), lanes);
        }
    }

    private static Result result(Verdict verdict, List<CrashPoints> lanes) {
        Map<String, Integer> hits = new TreeMap<>();
        lanes.forEach(lane -> lane.hits.forEach((point, count) -> hits.merge(point, count, Integer::sum)));
        int fewest = hits.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        int all = hits.values().stream().mapToInt(Integer::intValue).sum();
        return new Result(verdict.violations().size(), hits.size(), fewest, all, verdict.text() + "\nhits: " + hits);
    }

    private void goOn(BooleanSupplier again, List<String> commits, List<String> calls) {
        while (again.getAsBoolean()) {
            for (String call : commits) {
                dieAtCommit(call + ":before");
                dieAtCommit(call + ":after");
            }
            for (String call : calls) {
                dieAtCall(call + ":before");
                dieAtCall(call + ":after");
            }
            System.out.println(lane + ": " + hits);
        }
    }

    private boolean finish() {
        WorkerProcess last = workshop.start(lane + "-last", lane, options.withJobs(0, 0));
        boolean nothingOpen = workshop.awaitNothingOpen(last, Workshop.PATIENCE);
        last.stop();
        gate.close();
        return nothingOpen;
    }

    /** So that there are submits that are refused, and some that are never found: else some commits would not happen. */
    private static void trouble(Workshop workshop) {
        workshop.warehouse().inject(LostSubmitAnswer.beforeRequestIsRead().onStatement(".*[37]`"));
        workshop.warehouse()
                .inject(RefusedCall.permissionDenied().on(CallKind.SUBMIT).onStatement(".*9`"));
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
        gate.refuse(HttpGate.ANYBODY, "session");
        WorkerProcess worker = start(life.withEndpoint(life.endpoint() + "&connectionTimeout=500"));
        note(point, worker, worker.awaitEnd(PATIENCE_MILLIS));
        gate.accept(HttpGate.ANYBODY);
    }

    private static boolean isRare(String point) {
        return RARE.contains(callOf(point));
    }

    private static String callOf(String point) {
        return point.substring(0, point.indexOf(':'));
    }

    private void dieAtCall(String point) {
        int occurrence = isRare(point) ? 1 : 1 + random.nextInt(8);
        AtomicInteger seen = new AtomicInteger();
        AtomicBoolean sprung = new AtomicBoolean();
        WorkerProcess worker = start(
                callOf(point).equals(MANY_ROWS)
                        ? options.withDurations("" + Job.MANY_ROWS_MILLIS).withJobs(FEW_JOBS, PAUSE_MILLIS)
                        : options);
        gate.set(HttpGate.ANYBODY, passed -> {
            if (passed.equals(point) && seen.incrementAndGet() == occurrence) {
                sprung.set(true);
                worker.kill();
            }
        });
        boolean died = worker.awaitEnd(PATIENCE_MILLIS);
        gate.set(HttpGate.ANYBODY, HttpGate.Trap.NONE);
        if (died && sprung.get()) {
            hits.merge(point, 1, Integer::sum);
        } else {
            note(point, worker, false);
        }
    }

    private WorkerProcess start(WorkerOptions life) {
        return workshop.start(lane + "-" + ++lives, lane, life);
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
