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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes the warehouse away for a while, which passes in no time: the clock of the warehouse and the clocks of the component
 * are turned together while no call gets through. One statement ends soon after the outage has begun, one ends after it.
 */
public final class Outages {

    private static final int SHORT_MILLIS = 30_000;
    private static final Duration AFTER = Duration.ofSeconds(45);
    private static final String WORKER = "w";
    private static final String SUCCEEDED = "SUCCEEDED";
    private static final String EXPIRED = "ResultExpiredException";
    private static final String FAILED = "PermanentDatabricksException";

    /** What the documentation says of the one that ends in the outage, and of the one that would end after it. */
    private static final List<Outage> ALL = List.of(
            new Outage(Duration.ofMinutes(1), SUCCEEDED, SUCCEEDED),
            new Outage(Duration.ofMinutes(9), SUCCEEDED, SUCCEEDED),
            // the server cancels what nobody has asked for in 15 minutes
            new Outage(Duration.ofMinutes(16), SUCCEEDED, FAILED),
            // and releases rows after an hour
            new Outage(Duration.ofMinutes(61), EXPIRED, FAILED),
            // and forgets statements after twelve: whether they succeeded is not known then
            new Outage(Duration.ofHours(13), FAILED, FAILED));

    private record Outage(Duration length, String endsWithin, String endsAfter) {}

    private Outages() {}

    /**
     * What came of it.
     *
     * @param asDocumented outages after which both statements ended as documented
     */
    public record Result(int asDocumented, int outages) {}

    /** Prints a line for each. */
    public static Result run() {
        int good = 0;
        for (Outage outage : ALL) {
            good += survive(outage) ? 1 : 0;
        }
        return new Result(good, ALL.size());
    }

    private static boolean survive(Outage outage) {
        try (Workshop workshop = new Workshop(Patch.clocks());
                HttpGate gate = new HttpGate(workshop.warehouse().httpUrl())) {
            int longMillis = (int) outage.length().plus(AFTER).toMillis();
            Job.teach(workshop.warehouse(), SHORT_MILLIS);
            Job.teach(workshop.warehouse(), longMillis);
            WorkerOptions options = workshop.options()
                    .withEndpoint(workshop.warehouse()
                                    .endpointOptions()
                                    .replace(workshop.warehouse().httpUrl(), gate.url())
                            + "&httpHeaders." + HttpGate.WORKER + "=" + WORKER)
                    .withDurations(SHORT_MILLIS + "," + longMillis)
                    .withJobs(2, 0);
            WorkerProcess worker = workshop.start(WORKER, options.node(), options);
            Workshop.await("both submits", () -> !worker.isAlive() || answered(worker) == 2);
            gate.cutOff(WORKER);
            workshop.warehouse().advanceClock(outage.length());
            worker.turnClock(outage.length());
            // some calls fail meanwhile
            worker.awaitEnd(2_000);
            gate.reconnect(WORKER);
            workshop.warehouse().advanceClock(AFTER);
            worker.turnClock(outage.length().plus(AFTER));
            workshop.awaitNothingOpen(worker, Workshop.PATIENCE);
            worker.stop();
            return tell(outage, outcomes(worker));
        }
    }

    private static long answered(WorkerProcess worker) {
        return worker.record().stream()
                .filter(line -> line.what() == Happening.ANSWERED)
                .count();
    }

    /** By the number of the job: all its deliveries. */
    private static Map<String, List<String>> outcomes(WorkerProcess worker) {
        Map<String, List<String>> outcomes =
                new java.util.TreeMap<>(Map.of(WORKER + ".0", new ArrayList<>(), WORKER + ".1", new ArrayList<>()));
        worker.record().stream()
                .filter(line -> line.what() == Happening.EMITTED)
                .forEach(line -> outcomes.get(line.job()).add(line.field(2)));
        return outcomes;
    }

    private static boolean tell(Outage outage, Map<String, List<String>> outcomes) {
        List<String> within = outcomes.get(WORKER + ".0");
        List<String> after = outcomes.get(WORKER + ".1");
        boolean good = within.equals(List.of(outage.endsWithin())) && after.equals(List.of(outage.endsAfter()));
        System.out.printf(
                "outage of %s: ended within %s, would end after %s: %s%n",
                outage.length(), within, after, good ? "as documented" : "NOT AS DOCUMENTED");
        return good;
    }
}
