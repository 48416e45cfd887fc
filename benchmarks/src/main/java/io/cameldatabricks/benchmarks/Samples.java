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

import java.util.Arrays;

/** Times of one action, in nanoseconds. */
final class Samples {

    private static final int GROUP = 10;

    private final long[] sorted;

    private Samples(long[] sorted) {
        this.sorted = sorted;
    }

    /** Runs the action {@code warmUp + count} times on this thread and keeps the times of the last {@code count}. */
    static Samples of(int warmUp, int count, Action action) throws Exception {
        for (int i = 0; i < warmUp; i++) {
            action.run();
        }
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            action.run();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return new Samples(nanos);
    }

    /**
     * Runs actions in turn, each {@code warmUp + count} times in groups of ten, and keeps the times of the last
     * {@code count} of each. What is measured first would else be measured before its code is compiled for good.
     */
    static Samples[] inTurn(int warmUp, int count, Action... actions) throws Exception {
        long[][] nanos = new long[actions.length][count];
        for (int begin = 0; begin < warmUp + count; begin += GROUP) {
            for (int a = 0; a < actions.length; a++) {
                for (int i = begin; i < Math.min(begin + GROUP, warmUp + count); i++) {
                    long start = System.nanoTime();
                    actions[a].run();
                    long time = System.nanoTime() - start;
                    if (i >= warmUp) {
                        nanos[a][i - warmUp] = time;
                    }
                }
            }
        }
        return Arrays.stream(nanos)
                .map(times -> {
                    Arrays.sort(times);
                    return new Samples(times);
                })
                .toArray(Samples[]::new);
    }

    /** @param percent 50 for the median */
    double millis(int percent) {
        int index = (int) Math.ceil(sorted.length * percent / 100.0) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }

    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
