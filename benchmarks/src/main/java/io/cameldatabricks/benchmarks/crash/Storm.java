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
import java.util.Random;

/**
 * A short run in which much goes wrong: processes die at chosen points and at random moments while the warehouse shows
 * faults. What is sound comes through it without a violation.
 */
final class Storm {

    /** Where a death shows the most, with the number of the call. */
    private static final List<String> POINTS =
            List.of("add:before:9", "add:after:9", "update-SUBMITTED:before:9", "update-DELIVERED:before:7");

    private static final int JOBS = 120;
    private static final int PAUSE_MILLIS = 15;
    private static final int FAULT_EVERY_MILLIS = 150;
    private static final int LIFE_MILLIS = 2_500;

    /** Those that die soon submit little, and may meet few of the faults. */
    private static final int LONG_LIVES = 5;

    private static final int LONG_LIFE_PAUSE_MILLIS = 60;
    private static final int AFTER_FAULTS_MILLIS = 4_000;
    private static final Duration POINT_PATIENCE = Duration.ofSeconds(20);
    private static final Duration END_PATIENCE = Duration.ofSeconds(30);

    private final Workshop workshop;
    private final Random random;

    Storm(Workshop workshop, Random random) {
        this.workshop = workshop;
        this.random = random;
    }

    /**
     * Ends when calls of processes that lived on have met every fault.
     *
     * @param deaths how many of the processes die early, the first ones at chosen points
     */
    Verdict run(int deaths) {
        WorkerOptions options = workshop.options().withJobs(JOBS, PAUSE_MILLIS);
        Weather weather = new Weather(workshop.warehouse(), FAULT_EVERY_MILLIS, random);
        try (weather) {
            for (int death = 0; death < deaths; death++) {
                String point = death < POINTS.size() ? POINTS.get(death) : "";
                die(workshop.start("s" + death, options.node(), options.withPoint(point)), point);
            }
            weather.showAllAgain();
            for (int life = 0; life < LONG_LIVES && !weather.hasShownAll(); life++) {
                WorkerProcess worker =
                        workshop.start("long" + life, options.node(), options.withJobs(JOBS, LONG_LIFE_PAUSE_MILLIS));
                Workshop.await("all to be submitted", () -> weather.hasShownAll() || begun(worker) >= JOBS);
                // what a fault does may show only when the call is repeated
                Workshop.sleep(AFTER_FAULTS_MILLIS);
                worker.kill();
            }
        }
        WorkerProcess last = workshop.start("last", options.node(), options.withJobs(0, 0));
        workshop.awaitNothingOpen(last, END_PATIENCE);
        last.stop();
        return workshop.verdict(false);
    }

    private void die(WorkerProcess worker, String point) {
        if (!point.isEmpty()) {
            if (worker.awaitEnd(POINT_PATIENCE.toMillis())) {
                worker.noteDeath();
                return;
            }
            // a bug may keep it from getting there
        } else {
            Workshop.await("a worker to start", () -> worker.has(Happening.STARTED) || !worker.isAlive());
            worker.awaitEnd(random.nextInt(LIFE_MILLIS));
        }
        worker.kill();
    }

    private static long begun(WorkerProcess worker) {
        return worker.record().stream()
                .filter(line -> line.what() == Happening.ANSWERED || line.what() == Happening.FAILED)
                .count();
    }
}
