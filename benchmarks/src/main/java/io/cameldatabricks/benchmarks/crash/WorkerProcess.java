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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} as its parent sees it. */
final class WorkerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 300;

    private final WorkerOptions options;
    private final Process process;
    private final RecordFile deeds;

    private WorkerProcess(WorkerOptions options, Process process, RecordFile deeds) {
        this.options = options;
        this.process = process;
        this.deeds = deeds;
    }

    /** @param log file to which all workers write what they log */
    static WorkerProcess start(WorkerClassPath classPath, WorkerOptions options, Path log) {
        return start(
                classPath,
                options,
                log,
                Files.exists(classPath.archive())
                        ? List.of("-XX:SharedArchiveFile=" + classPath.archive())
                        : List.of());
    }

    /** One that writes the archive of loaded classes when it ends by itself. */
    static WorkerProcess startForArchive(WorkerClassPath classPath, WorkerOptions options, Path log) {
        return start(classPath, options, log, List.of("-XX:ArchiveClassesAtExit=" + classPath.archive()));
    }

    private static WorkerProcess start(
            WorkerClassPath classPath, WorkerOptions options, Path log, List<String> jvmOptions) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--add-opens=java.base/java.nio=ALL-UNNAMED"));
        command.addAll(jvmOptions);
        command.addAll(options.asSystemProperties());
        command.addAll(List.of("-cp", classPath.toString(), Worker.class.getName()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            RecordFile deeds = new RecordFile(Path.of(options.record() + ".parent"), options.life());
            return new WorkerProcess(options, process, deeds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String life() {
        return options.life();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has recorded so far. */
    List<RecordLine> record() {
        return RecordFile.read(Path.of(options.record()));
    }

    boolean has(Happening what) {
        return record().stream().anyMatch(line -> line.what() == what);
    }

    /** SIGKILL. */
    void kill() {
        // before, so that nobody seems to have taken over too early or too fast
        noteDeath();
        process.destroyForcibly();
        awaitEnd();
    }

    /** For one that has killed itself. */
    void noteDeath() {
        deeds.write(Happening.KILLED, RecordLine.NONE);
    }

    /** Waits until it is no more. @return its exit value */
    int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Worker " + life() + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean awaitEnd(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Turns the clock of its component, which must be a planted one. */
    void turnClock(Duration shift) {
        try {
            process.getOutputStream().write((shift + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it stop its Camel context. */
    void askToStop() {
        deeds.write(Happening.STOPPING, RecordLine.NONE);
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it is gone already
        }
    }

    /** Lets it stop its Camel context, and waits for its end. */
    void stop() {
        askToStop();
        if (awaitEnd() != 0) {
            throw new IllegalStateException("Worker " + life() + " ended with " + process.exitValue());
        }
    }

    /** SIGSTOP: it stands still, and holds what it holds. */
    void pause() {
        signal("-STOP");
        deeds.write(Happening.PAUSED, RecordLine.NONE);
    }

    /** SIGCONT. */
    void resume() {
        deeds.write(Happening.RESUMED, RecordLine.NONE);
        signal("-CONT");
    }

    /** Writes down what the parent has done to it otherwise. */
    void note(Happening what, Object... fields) {
        deeds.write(what, RecordLine.NONE, fields);
    }

    private void signal(String signal) {
        try {
            int exit = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill " + signal + " failed with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
        deeds.close();
    }
}
