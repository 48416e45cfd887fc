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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Ends the process on the spot before or after one call of a repository. Halting runs no hook and flushes nothing, as
 * SIGKILL; what the process has given to the operating system stays. Thread-safe.
 */
final class FaultPoint {

    static final int EXIT = 42;

    private final String point;
    private final int occurrence;
    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();

    /** @param spec {@code call:before:n} or {@code call:after:n}; empty for none */
    FaultPoint(String spec) {
        if (spec.isEmpty()) {
            point = "";
            occurrence = 0;
        } else {
            int colon = spec.lastIndexOf(':');
            point = spec.substring(0, colon);
            occurrence = Integer.parseInt(spec.substring(colon + 1));
        }
    }

    <T> T around(String call, Supplier<T> work) {
        pass(call + ":before");
        T answer = work.get();
        pass(call + ":after");
        return answer;
    }

    void around(String call, Runnable work) {
        around(call, () -> {
            work.run();
            return null;
        });
    }

    private void pass(String where) {
        if (point.equals(where)
                && seen.computeIfAbsent(where, any -> new AtomicInteger()).incrementAndGet() == occurrence) {
            Runtime.getRuntime().halt(EXIT);
        }
    }
}
