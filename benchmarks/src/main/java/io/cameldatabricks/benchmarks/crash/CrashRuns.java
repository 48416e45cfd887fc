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

import java.util.List;
import java.util.Random;

/** The runs with random kills that figures are made of. */
public final class CrashRuns {

    private static final int LIFE_MILLIS = 8_000;
    private static final int JOBS_OF_A_LIFE = 400;
    private static final int SUBMIT_PAUSE_MILLIS = 10;
    private static final int TELL_EVERY = 20;
    private static final int KILLS_OF_BASELINE = 10;

    private CrashRuns() {}

    /**
     * What a run came to.
     *
     * @param bad lost statements, statements that ran twice, duplicates without explanation, and all else that the
     *     promise excludes
     * @param text for people
     * @param statements that the warehouse accepted
     */
    public record Result(long bad, String text, int statements) {
        static Result of(Verdict verdict) {
            return new Result(verdict.violations().size(), verdict.text(), verdict.accepted());
        }
    }

    /** Kills on the embedded store. */
    public static Result onH2(int kills, int handles) {
        try (Workshop workshop = new Workshop(List.of())) {
            return run(workshop, workshop.options(), kills, handles);
        }
    }

    /** Kills on PostgreSQL. */
    public static Result onPostgreSql(int kills, int handles) {
        try (PostgreSqlServer server = new PostgreSqlServer();
                Workshop workshop = new Workshop(List.of())) {
            String url = PostgreSqlServer.url(server.port(), "node");
            return run(workshop, workshop.options().withRepository(url), kills, handles);
        }
    }

    /** The same with a repository that a process takes with it: what becomes of statements that nobody wrote down. */
    public static Result inMemory() {
        try (Workshop workshop = new Workshop(List.of())) {
            return run(workshop, workshop.options().withRepository("memory:"), KILLS_OF_BASELINE, 0);
        }
    }

    private static Result run(Workshop workshop, WorkerOptions options, int kills, int handles) {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        System.out.println("crash.seed=" + seed);
        workshop.makeArchive(options);
        WorkerOptions busy = options.withJobs(JOBS_OF_A_LIFE, SUBMIT_PAUSE_MILLIS);
        Verdict verdict =
                new RandomKills(workshop, busy, LIFE_MILLIS, new Random(seed)).run(kills, handles, TELL_EVERY);
        System.out.println(verdict.text());
        return Result.of(verdict);
    }
}
