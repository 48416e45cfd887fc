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

import java.util.List;
import java.util.function.Supplier;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.benchmarks.crash.CrashRuns;
import io.cameldatabricks.benchmarks.crash.PlantedBugs;

/** What becomes of submitted statements when processes, databases and networks fail. */
final class CrashFigures {

    private static final int KILLS = Integer.getInteger("crash.kills", 200);
    private static final int HANDLES = Integer.getInteger("crash.handles", 5_000);

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
                        CrashFigures::plantedBugs));
    }

    private static Measurement plantedBugs() {
        PlantedBugs.Result result = PlantedBugs.run();
        return new Measurement(
                result.caught(),
                "of " + result.planted() + " bugs",
                result.falseAlarms() + " violations in the same storm without a bug");
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
