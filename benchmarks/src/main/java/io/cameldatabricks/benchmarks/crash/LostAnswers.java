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

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.cameldatabricks.benchmarks.crash.Violation.Kind;
import io.cameldatabricks.testinfra.fault.CallFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;
import io.cameldatabricks.testinfra.fault.ServerError;

/** Cuts the answer of every submit, at every point in turn, and looks what each guarantee makes of it. */
public final class LostAnswers {

    /** The first two cut a submit that then does not run. */
    private static final List<Supplier<CallFault<?>>> CUTS = List.of(
            LostSubmitAnswer::beforeRequestIsRead,
            () -> ConnectionReset.during(CallKind.SUBMIT).at(CutPoint.UNEXECUTED),
            LostSubmitAnswer::afterAcceptance,
            LostSubmitAnswer::inTheAnswer,
            () -> ServerError.status(504).afterExecution());

    private static final int NOT_RUN = 2;
    private static final String LIFE = "lost";
    private static final int SUBMITTERS = 40;
    private static final Duration ALL_SUBMITS = Duration.ofMinutes(15);

    private LostAnswers() {}

    /**
     * What became of the submits under one guarantee.
     *
     * @param bad violations of the promise
     * @param twice jobs with more than one statement
     * @param answered submits that went on with a handle
     * @param reported submits that failed with SubmitOutcomeUnknownException
     * @param run jobs whose first submit was carried out
     */
    public record Result(long bad, long twice, long answered, long reported, int run, String text) {}

    /** @param submits how many answers are cut */
    public static Result run(String guarantee, int submits) {
        try (Workshop workshop = new Workshop(List.of())) {
            for (int i = 0; i < submits; i++) {
                String sql = Pattern.quote(Job.of(LIFE, i).sql());
                workshop.warehouse()
                        .inject(CUTS.get(i % CUTS.size()).get().onStatement(sql).times(1));
            }
            WorkerOptions options = workshop.options()
                    .withRepository("h2:" + workshop.folder().resolve(guarantee))
                    .withGuarantee(guarantee)
                    .withSubmitters(SUBMITTERS)
                    .withJobs(submits, 0);
            WorkerProcess worker = workshop.start(LIFE, options.node(), options);
            Workshop.await("all submits to end", ALL_SUBMITS, () -> !worker.isAlive() || ended(worker) >= submits);
            workshop.awaitNothingOpen(worker, Workshop.PATIENCE);
            worker.stop();
            return result(workshop, worker, guarantee, submits);
        }
    }

    private static long ended(WorkerProcess worker) {
        return count(worker, Happening.ANSWERED) + count(worker, Happening.FAILED);
    }

    private static long count(WorkerProcess worker, Happening what) {
        return worker.record().stream().filter(line -> line.what() == what).count();
    }

    private static Result result(Workshop workshop, WorkerProcess worker, String guarantee, int submits) {
        Verdict strict = workshop.verdict(false);
        boolean mayRunTwice = guarantee.equals("AT_LEAST_ONCE");
        Verdict verdict = mayRunTwice ? workshop.verdict(true) : strict;
        long reported = worker.record().stream()
                .filter(line ->
                        line.what() == Happening.FAILED && line.field(0).equals("SubmitOutcomeUnknownException"))
                .count();
        int run = 0;
        for (int i = 0; i < submits; i++) {
            run += i % CUTS.size() < NOT_RUN ? 0 : 1;
        }
        return new Result(
                verdict.violations().size(),
                strict.count(Kind.SUBMITTED_TWICE),
                count(worker, Happening.ANSWERED),
                reported,
                run,
                verdict.text());
    }
}
