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
package io.cameldatabricks.examples.asyncreport;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

import io.cameldatabricks.examples.quickstart.Quickstart;
import io.cameldatabricks.examples.quickstart.TpchData;
import io.cameldatabricks.examples.quickstart.TpchLoad;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** Starts the local warehouse, submits six reports, and shows how each of them ends. */
public final class AsyncReport {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private AsyncReport() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("async-report-");
        System.out.println("Starting the local warehouse ...");
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.spark())) {
            run(warehouse, folder, Double.parseDouble(System.getProperty("tpch.scale", "0.01")), System.out);
        }
        System.out.println("\nThe reports are in " + folder);
    }

    /** Loads the tables, lets the routes do their work, and then another program read the report that was left behind. */
    static void run(LocalWarehouseProcess warehouse, Path folder, double scaleFactor, PrintStream out)
            throws Exception {
        out.printf("Writing TPC-H data at scale factor %s ...%n%n", scaleFactor);
        TpchData.write(folder, scaleFactor);
        Main load = Quickstart.connect(warehouse);
        load.configure().addRoutesBuilder(new TpchLoad(folder));
        load.start();
        try (ProducerTemplate template = load.getCamelContext().createProducerTemplate()) {
            template.requestBody("direct:load", (Object) null);
        } finally {
            load.stop();
        }

        ReportRoutes reports = new ReportRoutes(folder, out);
        Main main = Quickstart.connect(warehouse);
        main.configure().addRoutesBuilder(reports);
        main.start();
        try {
            reports.await(LIMIT);
        } finally {
            main.stop();
        }
        pickUp(warehouse, folder.resolve("left-behind.handle"), out);
    }

    /** In a JVM that knows the warehouse and the text of the handle, and nothing else. */
    private static void pickUp(LocalWarehouseProcess warehouse, Path handle, PrintStream out)
            throws IOException, InterruptedException {
        Path printed = Files.createTempFile(handle.getParent(), "pick-up", ".txt");
        ProcessBuilder command = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        PickUp.class.getName(),
                        Files.readString(handle)))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        command.environment().putAll(warehouse.environment());
        int exit = command.start().waitFor();
        String text = Files.readString(printed, StandardCharsets.UTF_8);
        Files.delete(printed);
        if (exit != 0) {
            throw new IllegalStateException("The other program failed: " + text);
        }
        out.printf("%-12s is read by another program:%n%n%s", Report.LEFT_BEHIND, text);
    }
}
