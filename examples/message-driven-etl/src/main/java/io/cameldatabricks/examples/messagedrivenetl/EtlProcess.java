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
package io.cameldatabricks.examples.messagedrivenetl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An {@link Etl} in a JVM of its own. What it says is printed. */
final class EtlProcess implements AutoCloseable {

    private final Process process;
    private final Thread listener;

    // guarded by this
    private final List<String> heard = new ArrayList<>();

    /** @param environment says where the warehouse is */
    EtlProcess(Path folder, int port, Map<String, String> environment, PrintStream out) throws IOException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        // it does not live long
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Etl.class.getName(),
                        folder.toString(),
                        String.valueOf(port)))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().putAll(environment);
        process = command.start();
        listener = new Thread(() -> listen(out), "etl");
        listener.start();
    }

    private void listen(PrintStream out) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println("etl   " + line);
                hear(line);
            }
        } catch (IOException e) {
            // it was killed in the middle of a line
        }
    }

    private synchronized void hear(String line) {
        heard.add(line);
        notifyAll();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private synchronized long times(String text) {
        return heard.stream().filter(line -> line.contains(text)).count();
    }

    /**
     * SIGKILL: nothing is closed, written, committed or handed over.
     *
     * @throws IllegalStateException when the moment has not come in time
     */
    void kill(Kill moment, Duration limit) throws InterruptedException {
        await(moment, limit);
        process.waitFor(moment.later().toMillis(), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        listener.join();
    }

    private synchronized void await(Kill moment, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (times(moment.line()) < moment.count()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || !process.isAlive()) {
                throw new IllegalStateException("The ETL process " + (left <= 0 ? "is silent" : "has ended"));
            }
            wait(Math.min(left, 1_000));
        }
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
