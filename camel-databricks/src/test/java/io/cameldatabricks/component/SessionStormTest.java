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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.FaultRelay.Spoiled;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.pool.PoolStats;
import io.cameldatabricks.component.workspace.WarehouseAccess;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server forgets all sessions, again and again, under load. {@code mvn verify -Psoak} lets it do so 200 times.
 */
@Timeout(600)
class SessionStormTest {

    private static final int FEW = 10;
    private static final int MANY = 200;
    private static final int POOL = 4;
    private static final int CLIENTS = 2 * POOL;
    private static final Duration PAUSE = Duration.ofMillis(4);

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private FaultRelay relay;
    private RequestTally tally;

    @BeforeEach
    void start() {
        warehouse.clearScripts();
        warehouse.script(Script.statement("SELECT 1").column("a", "INT").row(1));
        tally = new RequestTally(warehouse);
    }

    @AfterEach
    void stop() {
        if (relay != null) {
            relay.close();
        }
    }

    @Test
    void shouldFailHardlyAnyExchangeAndLoseNoConnection() throws Exception {
        storm(FEW);
    }

    @Test
    @Tag("soak")
    void shouldFailHardlyAnyExchangeWhenItHappensOften() throws Exception {
        storm(MANY);
    }

    private void storm(int events) throws Exception {
        storm("databricks:storm?" + warehouse.endpointOptions() + "&maxPoolSize=" + POOL + "&query=SELECT 1", events);
    }

    /** Statements whose end the server does not accept make the driver throw unchecked exceptions when they are closed. */
    @Test
    void shouldLoseNoConnectionWhenStatementsCannotBeClosedEither() throws Exception {
        stormWithoutCloses(FEW);
    }

    @Test
    @Tag("soak")
    void shouldLoseNoConnectionWhenThatHappensOften() throws Exception {
        stormWithoutCloses(MANY);
    }

    private void stormWithoutCloses(int events) throws Exception {
        relay = new FaultRelay(warehouse.httpUrl());
        AtomicLong closes = new AtomicLong();
        relay.fault((method, path) ->
                method.equals("DELETE") && path.contains("/statements/") && closes.getAndIncrement() % 2 == 0
                        ? new Spoiled(400, false)
                        : null);

        // with a time limit the driver closes each statement with a request of its own
        storm(
                "databricks:storm?" + warehouse.endpointOptions().replace(warehouse.httpUrl(), relay.url())
                        + "&maxPoolSize=" + POOL + "&queryTimeout=1m&query=SELECT 1",
                events);

        assertThat(closes).hasPositiveValue();
    }

    private void storm(String uri, int events) throws Exception {
        try (RunningContext camel = new RunningContext()) {
            DatabricksEndpoint endpoint = camel.context().getEndpoint(uri, DatabricksEndpoint.class);
            endpoint.start();
            WarehouseAccess access = endpoint.warehouse().acquire();
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> load(camel, uri)));
            }
            for (int event = 0; event < events; event++) {
                long before = sent.get();
                assertThat(warehouse.dropSessions()).isLessThanOrEqualTo(2 * POOL);
                // those that were on their way, and as many again with new sessions
                Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> sent.get() >= before + 3 * CLIENTS);
                tally.look();
            }
            over.set(true);
            for (Future<?> one : running) {
                one.get();
            }
            clients.shutdown();

            // the goal allows one for each connection and event; this leaves room for messages that meet two events
            assertThat(failures).hasSizeLessThanOrEqualTo(events / 5).allSatisfy(failure -> assertThat(failure)
                    .isInstanceOf(RecoverableDatabricksException.class)
                    .hasMessageContaining("session"));
            assertThat(tally.look().accepted()).isEqualTo(sent.get() - failures.size());
            assertThat(tally.submitted()).isEqualTo(sent.get() + access.runner().repeats());
            assertThat(access.runner().repeats()).isBetween((long) events, (long) events * POOL);
            PoolStats stats = access.pool().stats();
            assertThat(stats.inUse()).isZero();
            assertThat(stats.waiting()).isZero();
            assertThat(stats.open()).isBetween(1, POOL);
            assertThat(allConnectionsAtOnce(access)).isEqualTo(POOL);
            Awaitility.await().until(() -> warehouse.sessions() == POOL);
            endpoint.warehouse().release();
        }
    }

    private void load(RunningContext camel, String uri) {
        while (!over.get()) {
            Exchange answer = camel.send(uri);
            sent.incrementAndGet();
            if (answer.getException() != null) {
                failures.add(answer.getException());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Every place of the pool can still be had. */
    private static int allConnectionsAtOnce(WarehouseAccess access) {
        List<java.sql.Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < POOL; i++) {
                all.add(access.pool().borrow());
            }
            return access.pool().stats().inUse();
        } finally {
            all.forEach(access.pool()::giveBack);
        }
    }
}
