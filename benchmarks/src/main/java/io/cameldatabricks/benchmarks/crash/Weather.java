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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.cameldatabricks.testinfra.LocalWarehouseException;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.Fault;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;
import io.cameldatabricks.testinfra.fault.ServerError;
import io.cameldatabricks.testinfra.fault.TooManyRequests;

/** Lets a warehouse show one fault after the other, from its making until it is closed. */
final class Weather implements AutoCloseable {

    private static final List<Supplier<Fault>> FAULTS = List.of(
            () -> LostSubmitAnswer.beforeRequestIsRead(),
            () -> LostSubmitAnswer.afterAcceptance(),
            () -> LostSubmitAnswer.inTheAnswer(),
            () -> ServerError.status(504).afterExecution(),
            () -> ServerError.status(503),
            () -> TooManyRequests.first(2).retryAfter(Duration.ofSeconds(1)).on(CallKind.SUBMIT),
            () -> ServerError.status(500).on(CallKind.STATUS),
            () -> ConnectionReset.duringStatus(),
            () -> ServerError.status(502).on(CallKind.HISTORY));

    /** A fault that no call meets ends after this time. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final LocalWarehouseProcess warehouse;
    private final Thread thread;
    /** Of those of {@link #FAULTS} that a call has met. */
    private final Set<Integer> met = ConcurrentHashMap.newKeySet();

    private volatile boolean over;

    Weather(LocalWarehouseProcess warehouse, int everyMillis, Random random) {
        this.warehouse = warehouse;
        this.thread = new Thread(
                () -> {
                    // each in turn, so that a short run sees all of them; one at a time, so that some calls get through
                    for (int i = random.nextInt(FAULTS.size()); !over; i++) {
                        ActiveFault fault =
                                warehouse.inject(FAULTS.get(i % FAULTS.size()).get());
                        Workshop.sleep(everyMillis);
                        // a busy machine makes few calls; some kinds of calls are rare
                        Workshop.happens(LONGEST, () -> over || fault.hits() > 0);
                        if (fault.hits() > 0) {
                            met.add(i % FAULTS.size());
                        }
                        fault.close();
                        Workshop.sleep(everyMillis);
                    }
                },
                "weather");
        thread.setDaemon(true);
        thread.start();
    }

    /** Counts anew which faults calls have met. */
    void showAllAgain() {
        met.clear();
    }

    /** Whether calls have met every fault there is. */
    boolean hasShownAll() {
        return met.size() == FAULTS.size();
    }

    /** From now on the warehouse is well. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join();
            warehouse.clearFaults();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LocalWarehouseException e) {
            throw new IllegalStateException("The warehouse did not bear its faults", e);
        }
    }
}
