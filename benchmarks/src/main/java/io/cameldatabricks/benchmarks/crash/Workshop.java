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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** What a run of the harness needs: a warehouse, workers, a folder for records, and the verdict at the end. */
final class Workshop implements AutoCloseable {

    /** For what happens in seconds when all is well. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int POLL_MILLIS = 10;

    private final Path folder;
    private final LocalWarehouseProcess warehouse;
    private final WorkerClassPath classPath;
    private final WorkerOptions options;
    private final List<Path> records = new CopyOnWriteArrayList<>();
    private final List<WorkerProcess> workers = new CopyOnWriteArrayList<>();

    /** @param patches what to change in the component */
    Workshop(List<Patch> patches) {
        this(
                patches,
                // thousands of statements are kept for the verdict
                WarehouseOptions.scripted().withLimits(64, 1000).withJvmOptions("-Xmx512m"),
                UnaryOperator.identity());
        Job.teach(warehouse);
    }

    private Workshop(List<Patch> patches, WarehouseOptions started, UnaryOperator<WorkerOptions> adapt) {
        try {
            folder = Files.createTempDirectory("crash-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        classPath = new WorkerClassPath(folder, patches);
        warehouse = LocalWarehouseProcess.start(started);
        options = adapt.apply(WorkerOptions.of(warehouse.endpointOptions(), "h2:" + folder.resolve("store")));
    }

    /** With Spark behind the warehouse: its results are behind links, those of the scripted engine are in the answers. */
    static Workshop onSpark() {
        return new Workshop(
                List.of(),
                WarehouseOptions.spark().withLimits(64, 1000),
                // Spark takes as long as it takes
                options -> options.withDurations("0"));
    }

    LocalWarehouseProcess warehouse() {
        return warehouse;
    }

    Path folder() {
        return folder;
    }

    /** For workers of a run: on an embedded store, and with short times, so that much happens. */
    WorkerOptions options() {
        return options;
    }

    /** Starts a worker, with a record of its own. */
    WorkerProcess start(String life, String node, WorkerOptions options) {
        WorkerProcess worker = WorkerProcess.start(classPath, named(life, node, options), log());
        workers.add(worker);
        return worker;
    }

    /** One short life that ends by itself and leaves an archive of its classes behind, with which others start faster. */
    void makeArchive(WorkerOptions options) {
        WorkerOptions few = named("archive", options.node(), options.withJobs(6, 5));
        WorkerProcess worker = WorkerProcess.startForArchive(classPath, few, log());
        workers.add(worker);
        await(
                "the first worker to be done",
                () -> worker.record().stream()
                                        .filter(line -> line.what() == Happening.CONFIRMED)
                                        .count()
                                >= 6
                        || !worker.isAlive());
        worker.stop();
    }

    private WorkerOptions named(String life, String node, WorkerOptions options) {
        Path record = folder.resolve("life-" + life + ".record");
        records.add(record);
        records.add(Path.of(record + ".parent"));
        return options.withLife(life, node, record.toString());
    }

    Path log() {
        return folder.resolve("workers.log");
    }

    /**
     * Waits until the worker says that nothing is open, and has said so twice.
     *
     * @return false when that has not come to pass in time
     */
    boolean awaitNothingOpen(WorkerProcess worker, Duration patience) {
        return happens(patience, () -> isNothingOpen(counts(worker)));
    }

    private static boolean isNothingOpen(List<RecordLine> counts) {
        return counts.size() > 2
                && counts.subList(counts.size() - 2, counts.size()).stream()
                        .allMatch(line -> line.field(0).equals("0"));
    }

    private List<RecordLine> counts(WorkerProcess worker) {
        if (!worker.isAlive()) {
            throw new IllegalStateException("Worker " + worker.life() + " has died; see " + log());
        }
        return worker.record().stream()
                .filter(line -> line.what() == Happening.COUNTED)
                .toList();
    }

    /** @param what for the message when it does not happen within some minutes */
    static void await(String what, BooleanSupplier condition) {
        await(what, PATIENCE, condition);
    }

    static void await(String what, Duration patience, BooleanSupplier condition) {
        if (!happens(patience, condition)) {
            throw new IllegalStateException("Waited " + patience + " for " + what);
        }
    }

    /** @return false when it has not come to pass in time */
    static boolean happens(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            sleep(POLL_MILLIS);
        }
        return true;
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<RecordLine> lines() {
        return records.stream().flatMap(file -> RecordFile.read(file).stream()).toList();
    }

    Verdict verdict(boolean mayRunTwice) {
        return HistoryChecker.check(lines(), Accepted.of(warehouse.statements()), mayRunTwice);
    }

    /** Ends all processes; the folder stays only when {@code crash.keep} is set. */
    @Override
    public void close() {
        workers.forEach(WorkerProcess::close);
        warehouse.close();
        if (Boolean.getBoolean("crash.keep")) {
            System.out.println("Records are in " + folder);
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
