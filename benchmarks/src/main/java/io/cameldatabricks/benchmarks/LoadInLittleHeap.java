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

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** Loads many rows once, in a small JVM, and prints how that went, as {@link LargeResult} does. */
final class LoadInLittleHeap {

    private static final int ROWS = 1_000_000;

    private LoadInLittleHeap() {}

    static Measurement measure() throws Exception {
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.spark())) {
            IngestWorld.createTable(warehouse);
            SmallJvm.Run run = SmallJvm.run(LoadInLittleHeap.class, warehouse.endpointOptions());
            System.out.println("  " + run);
            return new Measurement(run.rows(), "rows", String.format(Locale.ROOT, "%d rows, %s", ROWS, run));
        }
    }

    /** @param arguments endpoint options */
    public static void main(String[] arguments) {
        AtomicLong rows = new AtomicLong();
        SmallJvm.report(rows, () -> {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.start();
                try (ProducerTemplate template = context.createProducerTemplate()) {
                    rows.set(IngestWorld.send(
                            template,
                            arguments[0],
                            "operation=LOAD&volumePath=" + IngestWorld.VOLUME,
                            IngestWorld.rows(ROWS)));
                }
            }
        });
    }
}
