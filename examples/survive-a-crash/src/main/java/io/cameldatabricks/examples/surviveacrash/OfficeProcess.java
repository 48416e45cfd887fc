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
package io.cameldatabricks.examples.surviveacrash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A {@link ReportOffice} in a JVM of its own. What it says is printed with its name. */
final class OfficeProcess implements AutoCloseable {

    private static final String ARRIVED = " has arrived";

    private final Process process;
    private final Thread listener;

    // guarded by this
    private final Set<String> arrived = new HashSet<>();
    private int submitted;

    OfficeProcess(String name, Path folder, String job, Map<String, String> environment, PrintStream out)
            throws IOException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ReportOffice.class.getName(),
                        folder.toString(),
                        job))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().putAll(environment);
        process = command.start();
        listener = new Thread(() -> listen(name, out), name);
        listener.start();
    }

    private void listen(String name, PrintStream out) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.printf("%-8s %s%n", name, line);
                hear(line);
            }
        } catch (IOException e) {
            // it was killed in the middle of a line
        }
    }

    private synchronized void hear(String line) {
        int end = line.indexOf(ARRIVED);
        if (end > 0) {
            arrived.add(line.substring(0, end));
        } else if (line.endsWith(" is submitted")) {
            submitted++;
        }
        notifyAll();
    }

    /** Waits until so many reports have been submitted by it, and have arrived at it. */
    void await(int submits, int arrivals, Duration limit) throws InterruptedException {
        await(() -> submitted >= submits && arrived.size() >= arrivals, limit);
    }

    /** Waits until these have arrived at it; others may come again, whose delivery was interrupted. */
    void await(Set<String> reports, Duration limit) throws InterruptedException {
        await(() -> arrived.containsAll(reports), limit);
    }

    private synchronized void await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || !process.isAlive()) {
                throw new IllegalStateException("Only " + arrived.size() + " reports have arrived");
            }
            wait(Math.min(left, 1_000));
        }
    }

    /** The names of the reports that have arrived here. */
    synchronized Set<String> arrived() {
        return Set.copyOf(arrived);
    }

    /** SIGKILL: nothing is closed, written or handed over. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        listener.join();
    }

    /** Stops it as an operating system does at the end of the day. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            listener.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
