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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What happened to the processes themselves, from which the checker tells whether one had lost its claims. */
final class Lives {

    /** In which a thread that was already on its way gets to the route, on a machine with much to do. */
    private static final long A_MOMENT = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, List<RecordLine>> byLife = new HashMap<>();

    Lives(List<RecordLine> lines) {
        for (RecordLine line : lines) {
            switch (line.what()) {
                case KILLED, STOPPING, STOPPED, PAUSED, RESUMED, CUT_OFF, RECONNECTED, DISOWNED ->
                    byLife.computeIfAbsent(line.life(), any -> new ArrayList<>())
                            .add(line);
                default -> {
                    // concerns a job
                }
            }
        }
    }

    boolean wasKilledBefore(String life, long moment) {
        return happened(life, Happening.KILLED, Long.MIN_VALUE, moment);
    }

    /** Whether it was asked to stop before that moment. */
    boolean wasStopping(String life, long moment) {
        return happened(life, Happening.STOPPING, Long.MIN_VALUE, moment);
    }

    boolean stopped(String life) {
        return happened(life, Happening.STOPPED, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    int kills() {
        return (int) byLife.values().stream()
                .filter(lines -> lines.stream().anyMatch(line -> line.what() == Happening.KILLED))
                .count();
    }

    /** Whether its lease ran out after {@code from}: it was held up before {@code to}, and then learned of it or died. */
    boolean lostItsLease(String life, long from, long to) {
        boolean told = happened(life, Happening.DISOWNED, from, Long.MAX_VALUE)
                || happened(life, Happening.KILLED, from, Long.MAX_VALUE);
        return told && heldUp(life, from, to);
    }

    /**
     * Whether it lost its lease standing still in a time that began before {@code to} and ended a moment before: then
     * what it did at that time may have been decided before it stood still.
     *
     * @param from what it did not sleep through does not count
     */
    boolean stoodStillUntil(String life, long from, long to) {
        boolean justResumed = happened(life, Happening.RESUMED, Math.max(from, to - A_MOMENT), to);
        return justResumed && lostItsLease(life, from, to);
    }

    private boolean heldUp(String life, long from, long to) {
        long begin = Long.MAX_VALUE;
        for (RecordLine line : byLife.getOrDefault(life, List.of())) {
            switch (line.what()) {
                case PAUSED, CUT_OFF -> begin = line.nanos();
                case RESUMED, RECONNECTED -> {
                    if (begin < to && line.nanos() > from) {
                        return true;
                    }
                    begin = Long.MAX_VALUE;
                }
                default -> {
                    // held nothing up
                }
            }
        }
        return begin < to;
    }

    private boolean happened(String life, Happening what, long from, long to) {
        return byLife.getOrDefault(life, List.of()).stream()
                .anyMatch(line -> line.what() == what && line.nanos() >= from && line.nanos() <= to);
    }
}
