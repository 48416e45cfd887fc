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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Load over many tokens of three seconds. The time is a system property, so that {@code -Psoak} can make it ten minutes;
 * see the benchmarks for the figure.
 */
class TokenExpiryTest {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int CLIENTS = 4;

    @RegisterExtension
    static final LocalWarehouse warehouse =
            LocalWarehouse.scripted().withOAuth("robot", "s3cr3t", Duration.ofSeconds(3));

    @Test
    void shouldFailNoExchangeWhileTokensComeAndGo() throws Exception {
        load(Duration.ofSeconds(8));
    }

    @Test
    @Tag("soak")
    void shouldFailNoExchangeForTenMinutes() throws Exception {
        load(Duration.ofMinutes(10));
    }

    private static void load(Duration time) throws Exception {
        warehouse.script(Script.matching("SELECT .*").column("a", "INT").row(1));
        AtomicInteger sent = new AtomicInteger();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        RequestTally tally = new RequestTally(warehouse);
        try (RunningContext camel = new RunningContext()) {
            camel.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:load")
                            .to("databricks:load?host=" + warehouse.httpUrl() + "&warehouseId="
                                    + warehouse.warehouseId()
                                    + "&clientId=robot&clientSecret=s3cr3t&maxPoolSize=2&query=SELECT 1");
                }
            });
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            long end = System.nanoTime() + time.toNanos();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> {
                    while (System.nanoTime() < end) {
                        Exchange answer = camel.send("direct:load");
                        sent.incrementAndGet();
                        if (answer.getException() != null) {
                            failures.add(answer.getException());
                        } else {
                            assertThat(answer.getMessage().getBody(List.class).size())
                                    .isEqualTo(1);
                        }
                        LockSupport.parkNanos(PAUSE.toNanos());
                    }
                }));
            }
            while (running.stream().anyMatch(one -> !one.isDone())) {
                tally.look();
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
            for (Future<?> one : running) {
                one.get();
            }
            clients.shutdown();
        }

        assertThat(failures).isEmpty();
        assertThat(sent.get()).isGreaterThan(CLIENTS * 10);
        // a token is renewed a second before its end, so a new one comes every two to three seconds
        assertThat(tally.look().tokens()).isGreaterThanOrEqualTo(time.toSeconds() / 4);
        assertThat(tally.refused()).isZero();
        assertThat(tally.sessions()).isBetween(1L, 2L);
    }
}
