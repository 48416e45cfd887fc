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
package io.cameldatabricks.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** Starts the local warehouse, points the component at it, and runs the TPC-H routes once. */
public final class Quickstart {

    private Quickstart() {}

    public static void main(String[] args) throws Exception {
        double scaleFactor = Double.parseDouble(System.getProperty("tpch.scale", "0.01"));
        Path data = Files.createTempDirectory("tpch-");
        System.out.println("Starting the local warehouse ...");
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.spark())) {
            System.out.printf("Writing TPC-H data at scale factor %s ...%n%n", scaleFactor);
            TpchData.write(data, scaleFactor);

            Main main = connect(warehouse);
            main.configure().addRoutesBuilder(new TpchLoad(data));
            main.configure().addRoutesBuilder(new TpchRoutes(System.out));
            main.start();
            try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
                template.requestBody("direct:quickstart", (Object) null);
            } finally {
                main.stop();
            }
        } finally {
            delete(data);
        }
    }

    /** The same three options, with another host, warehouse and token, reach a real workspace. */
    public static Main connect(LocalWarehouseProcess warehouse) {
        Main main = new Main();
        main.addInitialProperty("camel.component.databricks.host", warehouse.httpUrl());
        main.addInitialProperty("camel.component.databricks.warehouseId", warehouse.warehouseId());
        // by reference: Camel warns about secrets that are written out
        main.addInitialProperty("warehouse.token", warehouse.token());
        main.addInitialProperty("camel.component.databricks.accessToken", "{{warehouse.token}}");
        return main;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
