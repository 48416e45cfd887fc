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

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;

/** A JVM of its own with 64 MB of heap, which tells how many rows it has brought through, and what was live. */
final class SmallJvm {

    private static final String HEAP = "-Xmx64m";

    private SmallJvm() {}

    /** @param failure {@code none}, or what has ended it */
    record Run(long rows, double seconds, long liveMegabytes, String failure) {

        private static Run parse(String line) {
            Map<String, String> fields = List.of(line.split(" ")).stream()
                    .map(field -> field.split("=", 2))
                    .collect(Collectors.toMap(field -> field[0], field -> field[1]));
            return new Run(
                    Long.parseLong(fields.get("rows")),
                    Double.parseDouble(fields.get("seconds")),
                    Long.parseLong(fields.get("live")) >> 20,
                    fields.get("failure"));
        }

        @Override
        public String toString() {
            return failure.equals("none")
                    ? String.format(Locale.ROOT, "%.0f rows/s with at most %d MB live", rows / seconds, liveMegabytes)
                    : failure + " after " + rows + " rows";
        }
    }

    /** What is done in a small JVM. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** @param main a class that calls {@link #report} */
    static Run run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String result = "rows=0 seconds=1 live=0 failure=no_answer";
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("rows=")) {
                    result = line;
                }
            }
        }
        process.waitFor();
        return Run.parse(result);
    }

    /**
     * In the small JVM: does the work, prints how it went, and ends the JVM.
     *
     * @param rows that the work has brought through, also when it fails
     */
    static void report(AtomicLong rows, Work work) {
        AtomicLong live = new AtomicLong();
        watchHeap(live);
        long start = System.nanoTime();
        String failure = "none";
        try {
            work.run();
        } catch (Throwable e) { // an OutOfMemoryError is a result here
            failure = rootOf(e).getClass().getSimpleName();
        }
        System.out.printf(
                Locale.ROOT,
                "rows=%d seconds=%.3f live=%d failure=%s%n",
                rows.get(),
                (System.nanoTime() - start) / 1e9,
                live.get(),
                failure);
        // the driver leaves threads behind
        Runtime.getRuntime().halt(0);
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    /** What is left after each garbage collection; its largest value is more than what was live, never less. */
    private static void watchHeap(AtomicLong live) {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> {
                                GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                if (info.getGcAction().contains("major")) {
                                    long used = info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                                            .filter(pool -> !pool.getKey().contains("Metaspace")
                                                    && !pool.getKey().contains("Code")
                                                    && !pool.getKey().contains("Compressed"))
                                            .map(Map.Entry::getValue)
                                            .mapToLong(MemoryUsage::getUsed)
                                            .sum();
                                    live.accumulateAndGet(used, Math::max);
                                }
                            },
                            null,
                            null);
        }
    }
}
