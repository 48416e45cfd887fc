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

import java.util.List;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** Results that are larger than the memory of the JVM that reads them, each time in a JVM of its own. */
final class StreamFigures {

    private static final long ROWS = 10_000_000;

    static final String SQL = "SELECT id, concat('a name of usual length ', id) AS name,"
            + " CAST(id % 100000 AS DECIMAL(18,2)) AS amount FROM range(" + ROWS + ")";

    private StreamFigures() {}

    static List<Figure> all() {
        return List.of(
                new Figure(
                        "rows-10m-heap",
                        "10 million rows through a route with STREAM_LIST and a streaming split, in a JVM with 64 MB of heap",
                        "completes",
                        () -> read(0)),
                new Figure(
                        "rows-10m-groups",
                        "the same with rowGroupSize=1000",
                        "completes, >= 0.8 x the rows per second of the baseline",
                        () -> read(1_000)));
    }

    private static Measurement read(int groupSize) throws Exception {
        // Spark, since the scripted engine answers in JSON, which the driver cannot stream
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.spark())) {
            SmallJvm.Run byRoute =
                    SmallJvm.run(LargeResult.class, "route", warehouse.endpointOptions(), String.valueOf(groupSize));
            SmallJvm.Run byDriver = SmallJvm.run(LargeResult.class, "driver", warehouse.jdbcUrl(LargeResult.STREAMING));
            SmallJvm.Run byDefault = SmallJvm.run(LargeResult.class, "driver", warehouse.jdbcUrl());
            if (byRoute.rows() != ROWS) {
                throw new IllegalStateException("The route did not read all rows: " + byRoute);
            }
            System.out.printf("route: %s%ndriver: %s%ndriver as it is: %s%n", byRoute, byDriver, byDefault);
            return new Measurement(
                    byRoute.rows() / byRoute.seconds(),
                    "rows/s with at most " + byRoute.liveMegabytes() + " MB live",
                    byDriver + " by a loop over the driver's result set with the same buffers, and " + byDefault
                            + " with the driver's own");
        }
    }
}
