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
package io.cameldatabricks.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.benchmarks.crash.ClusterRun;
import io.cameldatabricks.benchmarks.crash.CrashPoints;
import io.cameldatabricks.benchmarks.crash.CrashRuns;
import io.cameldatabricks.benchmarks.crash.LostAnswers;
import io.cameldatabricks.benchmarks.crash.Outages;
import io.cameldatabricks.benchmarks.crash.PlantedBugs;

/** What becomes of submitted statements when processes, databases and networks fail. */
final class CrashFigures {

    private static final int KILLS = Integer.getInteger("crash.kills", 200);
    private static final int HANDLES = Integer.getInteger("crash.handles", 5_000);

    private static final int POINT_HITS = Integer.getInteger("crash.points", 20);
    private static final int LOST_ANSWERS = Integer.getInteger("crash.answers", 1_000);

    private static final Duration CLUSTER_TIME = Duration.ofMinutes(Integer.getInteger("crash.minutes", 10));

    private CrashFigures() {}

    static List<Figure> all() {
        return List.of(
                new Figure(
                        "crash-h2",
                        "statements lost, run twice, or delivered twice without cause, over " + KILLS
                                + " kills of the process (kill -9) on the embedded store",
                        "0",
                        () -> crash(() -> CrashRuns.onH2(KILLS, HANDLES))),
                new Figure(
                        "crash-pg",
                        "the same on PostgreSQL",
                        "0",
                        () -> crash(() -> CrashRuns.onPostgreSql(KILLS, HANDLES))),
                new Figure(
                        "planted-bugs",
                        "bugs planted in the component one by one that the harness catches",
                        "all",
                        CrashFigures::plantedBugs),
                new Figure(
                        "crash-points",
                        "violations of the promise when the process dies before and after each commit of the"
                                + " repository and each call to the warehouse",
                        "0, each point hit 20 times",
                        CrashFigures::crashPoints),
                new Figure(
                        "lost-answers",
                        "submits without an answer that ran twice, were not reported, or ran and were not adopted",
                        "0",
                        CrashFigures::lostAnswers),
                new Figure(
                        "cluster-3",
                        "seconds until a row of a node that was killed, stood still for 30 s or lost the database belongs"
                                + " to another, 99th percentile; three nodes on PostgreSQL, leases of 3 s, clocks"
                                + " 5 minutes ahead and behind",
                        "8 s (2 leases + 2 s), 0 violations, 0 writes by a stale owner",
                        CrashFigures::cluster),
                new Figure(
                        "outages",
                        "total outages of the warehouse, of 1, 9, 16 and 61 minutes and 13 hours by turned clocks, after"
                                + " which every statement ends as documented",
                        "5",
                        CrashFigures::outages));
    }

    private static Measurement crashPoints() {
        CrashPoints.Result result = CrashPoints.run(POINT_HITS);
        System.out.println(result.text());
        return new Measurement(
                result.bad(),
                "over " + result.hits() + " deaths at " + result.points() + " points, each hit " + result.fewest()
                        + " times at least",
                "none");
    }

    private static Measurement cluster() throws Exception {
        ClusterRun.Result result = ClusterRun.run(CLUSTER_TIME);
        System.out.println(result.text());
        return new Measurement(
                result.p99(),
                "s for " + result.takeovers() + " rows, " + result.bad() + " violations, " + result.stale()
                        + " writes by a stale owner",
                "none");
    }

    private static Measurement outages() {
        Outages.Result result = Outages.run();
        return new Measurement(result.asDocumented(), "of " + result.outages(), "none");
    }

    private static Measurement lostAnswers() {
        LostAnswers.Result once = lostAnswers("AT_MOST_ONCE");
        LostAnswers.Result reconciled = lostAnswers("RECONCILE");
        LostAnswers.Result repeated = lostAnswers("AT_LEAST_ONCE");
        long notReported = LOST_ANSWERS - once.reported();
        long notAdopted = reconciled.run() - reconciled.answered();
        return new Measurement(
                once.bad() + once.twice() + notReported + reconciled.bad() + reconciled.twice() + notAdopted,
                "of " + LOST_ANSWERS + " submits each with AT_MOST_ONCE and RECONCILE",
                repeated.twice() + " of " + LOST_ANSWERS
                        + " ran twice where a lost answer is repeated (AT_LEAST_ONCE)");
    }

    private static LostAnswers.Result lostAnswers(String guarantee) {
        LostAnswers.Result result = LostAnswers.run(guarantee, LOST_ANSWERS);
        System.out.printf(
                "%s: %d ran, %d answered with a handle, %d reported as unknown, %d ran twice%n  %s%n",
                guarantee, result.run(), result.answered(), result.reported(), result.twice(), result.text());
        return result;
    }

    private static Measurement plantedBugs() {
        PlantedBugs.Result result = PlantedBugs.run();
        return new Measurement(
                result.caught(),
                "of " + result.planted() + " bugs",
                result.falseAlarms() + " violations in the same scenes without a bug");
    }

    private static Measurement crash(Supplier<CrashRuns.Result> run) {
        CrashRuns.Result durable = run.get();
        CrashRuns.Result memory = CrashRuns.inMemory();
        return new Measurement(
                durable.bad(),
                "of " + durable.statements() + " statements",
                memory.bad() + " of " + memory.statements() + " with the repository in memory, over 10 kills");
    }
}
