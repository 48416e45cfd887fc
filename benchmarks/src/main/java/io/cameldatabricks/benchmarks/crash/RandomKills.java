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

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills a worker at random moments, again and again, and lets the last one finish all that is left. */
final class RandomKills {

    /** Some die while they start, or take over what the one before has left. */
    private static final double WHILE_STARTING = 0.25;

    private static final int LONGEST_START_MILLIS = 1_500;

    /** After so many nobody is killed any more, whatever was wanted; the verdict tells how many were. */
    private static final int LONGEST_MINUTES = Integer.getInteger("crash.longest", 600);

    private final Workshop workshop;
    private final WorkerOptions options;
    private final Random random;
    private final int lifeMillis;

    /**
     * @param options of the workers; each life has so many jobs at most
     * @param lifeMillis longest life after the start
     * @param random decides when they die
     */
    RandomKills(Workshop workshop, WorkerOptions options, int lifeMillis, Random random) {
        this.workshop = workshop;
        this.options = options;
        this.lifeMillis = lifeMillis;
        this.random = random;
    }

    /** @param kills how many processes die at least */
    Verdict run(int kills) {
        return run(kills, 0, 0);
    }

    /**
     * @param kills how many processes die at least
     * @param handles how many jobs are begun at least
     * @param tellEvery prints how it goes after so many kills; 0 for never
     */
    Verdict run(int kills, int handles, int tellEvery) {
        int begun = 0;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
        for (int kill = 1; (kill <= kills || begun < handles) && System.nanoTime() < end; kill++) {
            begun += killOne("k" + kill);
            if (tellEvery > 0 && kill % tellEvery == 0) {
                System.out.printf("%d kills, %d handles begun%n", kill, begun);
            }
        }
        finish();
        return workshop.verdict(options.guarantee().equals("AT_LEAST_ONCE"));
    }

    private int killOne(String life) {
        WorkerProcess worker = workshop.start(life, options.node(), options);
        if (random.nextDouble() < WHILE_STARTING) {
            worker.awaitEnd(random.nextInt(LONGEST_START_MILLIS));
        } else {
            Workshop.await("a worker to start", () -> worker.has(Happening.STARTED) || !worker.isAlive());
            worker.awaitEnd(random.nextInt(lifeMillis));
        }
        if (!worker.isAlive()) {
            throw new IllegalStateException("Worker " + life + " has ended by itself; see " + workshop.log());
        }
        worker.kill();
        return (int) worker.record().stream()
                .filter(line -> line.what() == Happening.BEGUN)
                .count();
    }

    private void finish() {
        WorkerProcess last = workshop.start("last", options.node(), options.withJobs(0, 0));
        // what is left open then is for the checker to tell
        workshop.awaitNothingOpen(last, Workshop.PATIENCE);
        last.stop();
    }
}
