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

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.benchmarks.IngestWorld.Taken;

/** What it takes to write rows: the driver's batch as it comes, which sends each row by itself, beside our operations. */
final class IngestFigures {

    private static final int ROWS = Integer.getInteger("ingest.rows", 1_020);
    private static final int REAL_ROWS = Integer.getInteger("ingest.real.rows", 204);
    private static final int LOAD_ROWS = Integer.getInteger("ingest.load.rows", 100_000);

    /** Each of them is a transaction of Delta. */
    private static final int REAL_BATCH_ROWS = Math.min(REAL_ROWS, 20);

    private static final Duration ROUND_TRIP = Duration.ofMillis(50);

    private IngestFigures() {}

    static List<Figure> all() {
        return List.of(
                new Figure(
                        "insert-round-trips",
                        "requests for " + ROWS + " rows of 5 columns, executeBatch of the driver for each request of"
                                + " INSERT, scripted warehouse",
                        ">= 50",
                        IngestFigures::roundTrips),
                new Figure(
                        "insert-speed-up",
                        "time of executeBatch for each second of INSERT, " + ROWS
                                + " rows over a network that adds 50 ms" + " to each round trip, scripted warehouse",
                        ">= 20",
                        IngestFigures::speedUp),
                new Figure(
                        "insert-speed-up-delta",
                        "the same for each row, " + REAL_ROWS + " rows into Delta, Spark warehouse",
                        ">= 20",
                        IngestFigures::speedUpOfDelta),
                new Figure(
                        "ingest-rows-per-second",
                        "rows per second of LOAD, " + LOAD_ROWS + " rows of 5 columns into Delta, Spark warehouse",
                        "none; beside executeBatch, INSERT and MERGE",
                        IngestFigures::rowsPerSecond),
                new Figure(
                        "load-round-trips",
                        "requests of LOAD for " + LOAD_ROWS + " rows into Delta, beside those that ask how far its"
                                + " statements are, Spark warehouse",
                        "as many as for 10 rows",
                        IngestFigures::loadRoundTrips),
                new Figure(
                        "load-1m-heap",
                        "1 million rows by LOAD into Delta from a JVM with 64 MB of heap, Spark warehouse",
                        "all of them",
                        LoadInLittleHeap::measure));
    }

    private static Measurement roundTrips() throws Exception {
        try (IngestWorld world = IngestWorld.scripted(Duration.ZERO)) {
            Taken batch = world.takeBatch(ROWS);
            Taken insert = world.take("INSERT", ROWS);
            return new Measurement(
                    (double) batch.requests() / insert.requests(),
                    "x fewer (" + insert.requests() + " requests)",
                    batch.requests() + " requests of executeBatch");
        }
    }

    private static Measurement speedUp() throws Exception {
        try (IngestWorld world = IngestWorld.scripted(ROUND_TRIP)) {
            Taken insert = world.take("INSERT", ROWS);
            Taken batch = world.takeBatch(ROWS);
            return new Measurement(
                    batch.seconds() / insert.seconds(),
                    String.format(Locale.ROOT, "x less time (%.2f s)", insert.seconds()),
                    String.format(Locale.ROOT, "%.1f s with executeBatch", batch.seconds()));
        }
    }

    private static Measurement speedUpOfDelta() throws Exception {
        try (IngestWorld world = IngestWorld.spark(ROUND_TRIP)) {
            warmUp(world);
            Taken insert = world.take("INSERT", REAL_ROWS);
            Taken batch = world.takeBatch(REAL_BATCH_ROWS);
            return new Measurement(
                    insert.rowsPerSecond(REAL_ROWS) / batch.rowsPerSecond(REAL_BATCH_ROWS),
                    String.format(Locale.ROOT, "x less time for a row (%.1f rows/s)", insert.rowsPerSecond(REAL_ROWS)),
                    String.format(Locale.ROOT, "%.2f rows/s with executeBatch", batch.rowsPerSecond(REAL_BATCH_ROWS)));
        }
    }

    private static Measurement rowsPerSecond() throws Exception {
        try (IngestWorld world = IngestWorld.spark(Duration.ZERO)) {
            warmUp(world);
            world.send("MERGE", 51);
            world.send("LOAD", 51);
            Taken batch = world.takeBatch(REAL_BATCH_ROWS);
            Taken insert = world.take("INSERT", REAL_ROWS);
            Taken merge = world.take("MERGE", REAL_ROWS);
            Taken load = world.take("LOAD", LOAD_ROWS);
            return new Measurement(
                    load.rowsPerSecond(LOAD_ROWS),
                    "rows/s",
                    String.format(
                            Locale.ROOT,
                            "%.1f rows/s with executeBatch, %.1f with INSERT, %.1f with MERGE",
                            batch.rowsPerSecond(REAL_BATCH_ROWS),
                            insert.rowsPerSecond(REAL_ROWS),
                            merge.rowsPerSecond(REAL_ROWS)));
        }
    }

    /** As many statements each, for classes to be loaded and code to be compiled. */
    private static void warmUp(IngestWorld world) throws Exception {
        world.batch(5);
        world.send("INSERT", 5 * 51);
    }

    private static Measurement loadRoundTrips() throws Exception {
        try (IngestWorld world = IngestWorld.spark(Duration.ZERO)) {
            world.send("LOAD", 1);
            Taken few = world.take("LOAD", 10);
            Taken many = world.take("LOAD", LOAD_ROWS);
            return new Measurement(
                    many.requests() - many.looks(),
                    "requests, and " + many.looks() + " looks",
                    few.requests() - few.looks() + " requests for 10 rows, and " + few.looks() + " looks");
        }
    }
}
