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
package io.cameldatabricks.component;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

class FailureTableTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    @RegisterExtension
    static LocalWarehouse spark = LocalWarehouse.create();

    @Test
    void explore() {
        String only = System.getProperty("only", "");
        try (RunningContext camel = new RunningContext()) {
            for (Map.Entry<String, Supplier<Exchange>> c : new FailureCases(warehouse, spark, camel).all().entrySet()) {
                if (!c.getKey().contains(only)) continue;
                new FailureCases(warehouse, spark, camel).prepare();
                long t = System.nanoTime();
                System.out.println("=== " + c.getKey());
                Exchange e;
                try { e = java.util.concurrent.CompletableFuture.supplyAsync(c.getValue()).get(25, java.util.concurrent.TimeUnit.SECONDS); } catch (Exception ex) { System.out.println("    HUNG " + ex); warehouse.requests().stream().skip(Math.max(0, warehouse.requests().size() - 6)).forEach(System.out::println); continue; }
                Throwable x = e.getException();
                System.out.println("=== " + c.getKey() + " [" + (System.nanoTime()-t)/1_000_000 + " ms]");
                System.out.println("    " + (x == null ? "NO FAILURE " + String.valueOf(e.getMessage().getBody()).length() : x.getClass().getSimpleName() + ": " + x.getMessage()));
                e.getMessage().getHeaders().forEach((k,v)->{ if(!k.endsWith("ErrorMessage")) System.out.print("    " + k.replace("CamelDatabricks","") + "=" + v);});
                System.out.println(x instanceof DatabricksException d ? "  HTTP " + d.getHttpStatus() : "");
                if (System.getProperty("trace") != null && x != null) { x.printStackTrace(System.out); }
            }
        }
    }
}
