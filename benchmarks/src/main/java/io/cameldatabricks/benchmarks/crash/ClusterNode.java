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

import io.cameldatabricks.testinfra.NetworkRelay;

/** One place of a cluster: a worker process, one after the other, with a network of its own and a wrong clock. */
final class ClusterNode implements AutoCloseable {

    private static final int PAUSE_MILLIS = 30_000;
    private static final int LONGEST_PARTITION_MILLIS = 12_000;
    private static final int LONGEST_PEACE_MILLIS = 8_000;

    private final String name;
    private final Workshop workshop;
    private final HttpGate gate;
    private final NetworkRelay database;
    private final WorkerOptions options;
    private final Random random;
    private WorkerProcess worker;
    private int lives;

    /** @param clock by how much the clock of the component is wrong, ISO 8601 */
    ClusterNode(
            String name,
            String clock,
            Workshop workshop,
            HttpGate gate,
            PostgreSqlServer server,
            WorkerOptions common) {
        this.name = name;
        this.workshop = workshop;
        this.gate = gate;
        this.database = new NetworkRelay(server.port());
        this.random = new Random();
        this.options = common.withClock(clock)
                .withEndpoint(common.endpoint() + "&httpHeaders." + HttpGate.WORKER + "=" + name);
        start();
    }

    private void start() {
        String life = name + "-" + ++lives;
        worker = workshop.start(life, life, options.withRepository(PostgreSqlServer.url(database.port(), life)));
    }

    /** Nothing happens to it for a while. */
    void rest() {
        if (worker.awaitEnd(random.nextInt(LONGEST_PEACE_MILLIS))) {
            throw new IllegalStateException("Worker " + worker.life() + " has ended by itself; see " + workshop.log());
        }
    }

    /** Something happens to it, and it is well again in the end. */
    void suffer() {
        switch (random.nextInt(4)) {
            case 0 -> killed();
            case 1 -> pausedFor(PAUSE_MILLIS);
            case 2 -> withoutDatabase();
            default -> withoutWarehouse();
        }
    }

    void killed() {
        worker.kill();
        start();
        awaitStart();
    }

    void awaitStart() {
        Workshop.await("a node to start", () -> worker.has(Happening.STARTED) || !worker.isAlive());
    }

    void pausedFor(int millis) {
        worker.pause();
        Workshop.sleep(millis);
        worker.resume();
    }

    private void withoutDatabase() {
        loseDatabase();
        Workshop.sleep(random.nextInt(LONGEST_PARTITION_MILLIS));
        findDatabase();
    }

    private void withoutWarehouse() {
        gate.cutOff(name);
        Workshop.sleep(random.nextInt(LONGEST_PARTITION_MILLIS));
        gate.reconnect(name);
    }

    /** Nobody is told: what it sends vanishes. */
    void loseDatabase() {
        worker.note(Happening.CUT_OFF, "database");
        database.freeze();
    }

    void findDatabase() {
        database.thaw();
        database.reset();
        worker.note(Happening.RECONNECTED, "database");
    }

    WorkerProcess worker() {
        return worker;
    }

    @Override
    public void close() {
        database.close();
    }
}
