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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;

/** What the end of a token costs: nothing. */
final class TokenFigures {

    private static final Duration LIFE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int CLIENTS = 4;

    private TokenFigures() {}

    static List<Figure> all() {
        return List.of(new Figure(
                "token-expiry-load",
                "failed exchanges in ten minutes of load with tokens that live three seconds",
                "0",
                () -> load(Duration.parse(System.getProperty("token.expiry.load", "PT10M")))));
    }

    private static Measurement load(Duration time) throws Exception {
        AtomicLong sent = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.scripted());
                DefaultCamelContext context = new DefaultCamelContext()) {
            warehouse.allowOAuth("robot", "s3cr3t", LIFE);
            warehouse.script(Script.statement("SELECT 1").column("a", "INT").row(1));
            context.start();
            Endpoint endpoint = context.getEndpoint("databricks:load?host=" + warehouse.httpUrl() + "&warehouseId="
                    + warehouse.warehouseId() + "&clientId=robot&clientSecret=s3cr3t&query=SELECT 1");
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            try (ProducerTemplate template = context.createProducerTemplate()) {
                long end = System.nanoTime() + time.toNanos();
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    running.add(clients.submit(() -> {
                        while (System.nanoTime() < end) {
                            Exchange answer = template.request(endpoint, exchange -> {});
                            sent.incrementAndGet();
                            if (answer.getException() != null) {
                                failed.incrementAndGet();
                                System.out.println("  " + answer.getException().getMessage());
                            }
                            LockSupport.parkNanos(PAUSE.toNanos());
                        }
                    }));
                }
                for (Future<?> one : running) {
                    one.get();
                }
            } finally {
                clients.shutdownNow();
            }
        }
        return new Measurement(
                failed.get(),
                "failed exchanges",
                sent.get() + " exchanges sent over " + time.toSeconds() / LIFE.toSeconds() + " lives of a token");
    }
}
