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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** Results that are larger than the memory of the JVM that reads them, each time in a JVM of its own. */
final class StreamFigures {

    private static final long ROWS = 10_000_000;

    static final String SQL = "SELECT id, concat('a name of usual length ', id) AS name,"
            + " CAST(id % 100000 AS DECIMAL(18,2)) AS amount FROM range(" + ROWS + ")";

    private static final String HEAP = "-Xmx64m";

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
            Run byRoute = run("route", warehouse.endpointOptions(), groupSize);
            Run byDriver = run("driver", warehouse.jdbcUrl(LargeResult.STREAMING), 0);
            Run byDefault = run("driver", warehouse.jdbcUrl(), 0);
            if (byRoute.rows != ROWS) {
                throw new IllegalStateException("The route did not read all rows: " + byRoute);
            }
            System.out.printf("route: %s%ndriver: %s%ndriver as it is: %s%n", byRoute, byDriver, byDefault);
            return new Measurement(
                    byRoute.rows / byRoute.seconds,
                    "rows/s with at most " + byRoute.liveMegabytes + " MB live",
                    byDriver + " by a loop over the driver's result set with the same buffers, and " + byDefault
                            + " with the driver's own");
        }
    }

    private record Run(long rows, double seconds, long liveMegabytes, String failure) {

        static Run parse(String line) {
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

    private static Run run(String how, String where, int groupSize) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeResult.class.getName(),
                        how,
                        where,
                        String.valueOf(groupSize))
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
}
