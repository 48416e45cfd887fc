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

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.SynchronizationAdapter;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;
import io.cameldatabricks.testinfra.WarehouseStatement;

/** Statements that hold no thread, against statements that hold one each. */
final class AsyncFigures {

    private static final int HANDLES = Integer.getInteger("async.inflight", 10_000);
    private static final int THREADED = Integer.getInteger("async.threaded", 500);
    private static final int RACES = Integer.getInteger("cancel.races", 10_000);
    private static final int AT_ONCE = 64;
    private static final int DURATIONS = 32;

    private AsyncFigures() {}

    static List<Figure> all() {
        return List.of(
                new Figure(
                        "async-inflight",
                        "live heap of " + HANDLES + " submitted statements in flight, with the threads that watch them",
                        "<= 64 MB on <= 4 threads",
                        AsyncFigures::inFlight),
                new Figure(
                        "cancel-races",
                        "cancels against completions, " + RACES + " races: reported states that are not the server's",
                        "0",
                        AsyncFigures::cancelRaces));
    }

    private static Measurement inFlight() throws Exception {
        double perThread = threaded();
        try (LocalWarehouseProcess warehouse =
                        LocalWarehouseProcess.start(WarehouseOptions.scripted().withLimits(64, 20_000));
                DefaultCamelContext context = new DefaultCamelContext()) {
            warehouse.script(Script.matching("SELECT long.*")
                    .takes(Duration.ofHours(2))
                    .column("a", "INT")
                    .row(1));
            context.start();
            // those of the harness, which talks to the warehouse itself
            Set<Thread> others = Thread.getAllStackTraces().keySet();
            Endpoint endpoint = context.getEndpoint(
                    "databricks:inflight?" + warehouse.endpointOptions() + "&operation=SUBMIT&query=SELECT long");
            try (ProducerTemplate template = context.createProducerTemplate()) {
                // the first one makes what all share
                template.request(endpoint, exchange -> {});
                double before = liveHeap();
                int failures = submitAll(template, endpoint);
                System.out.printf("  %d submitted, %d of them failed%n", HANDLES, failures);
                // threads of the burst end when they have had nothing to do for half a minute
                TimeUnit.SECONDS.sleep(60);
                double heap = liveHeap() - before;
                List<String> threads = Thread.getAllStackTraces().keySet().stream()
                        .filter(thread ->
                                !others.contains(thread) || thread.getName().startsWith("CompletableFuture"))
                        .map(Thread::getName)
                        .filter(AsyncFigures::isOurs)
                        .sorted()
                        .toList();
                System.out.println("  threads: " + threads);
                return new Measurement(
                        heap,
                        "MB on " + threads.size() + " threads, " + failures + " failed submits",
                        String.format(
                                Locale.ROOT,
                                "%d threads and %.0f MB for %d statements with the driver's sync call, %.0f KB each",
                                THREADED,
                                perThread * THREADED / 1024,
                                THREADED,
                                perThread));
            }
        }
    }

    private static boolean isOurs(String thread) {
        return thread.contains("Databricks")
                || thread.startsWith("HttpClient-")
                || thread.startsWith("CompletableFutureDelayScheduler");
    }

    private static int submitAll(ProducerTemplate template, Endpoint endpoint) throws InterruptedException {
        Semaphore room = new Semaphore(AT_ONCE);
        AtomicInteger failures = new AtomicInteger();
        for (int i = 0; i < HANDLES; i++) {
            room.acquire();
            Exchange exchange = endpoint.createExchange();
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    if (done.getException() != null) {
                        failures.incrementAndGet();
                    }
                    room.release();
                }
            });
            template.asyncSend(endpoint, exchange);
        }
        room.acquire(AT_ONCE);
        return failures.get();
    }

    /** @return kilobytes of live heap for each statement that a thread waits for */
    private static double threaded() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADED);
        CountDownLatch started = new CountDownLatch(THREADED);
        try (LocalWarehouseProcess warehouse =
                LocalWarehouseProcess.start(WarehouseOptions.scripted().withLimits(64, 20_000))) {
            warehouse.script(Script.matching("SELECT long.*")
                    .takes(Duration.ofHours(2))
                    .column("a", "INT")
                    .row(1));
            String url = warehouse.jdbcUrl(Map.of("EnableDirectResults", "0"));
            double before = liveHeap();
            for (int i = 0; i < THREADED; i++) {
                threads.execute(() -> {
                    try (Connection connection = DriverManager.getConnection(url);
                            Statement statement = connection.createStatement()) {
                        started.countDown();
                        try (ResultSet rows = statement.executeQuery("SELECT long")) {
                            rows.next();
                        }
                    } catch (Exception e) {
                        started.countDown();
                    }
                });
            }
            started.await();
            TimeUnit.SECONDS.sleep(5);
            return (liveHeap() - before) * 1024 / THREADED;
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(60, TimeUnit.SECONDS);
        }
    }

    private static double liveHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    private static Measurement cancelRaces() throws Exception {
        Map<String, String> reported = new ConcurrentHashMap<>();
        AtomicInteger failed = new AtomicInteger();
        try (LocalWarehouseProcess warehouse =
                        LocalWarehouseProcess.start(WarehouseOptions.scripted().withLimits(64, 20_000));
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            String options = warehouse.endpointOptions();
            // of many durations, so that some end before their cancel and some after it, whatever the rate of requests
            List<Endpoint> submits = new ArrayList<>();
            for (int i = 0; i < DURATIONS; i++) {
                warehouse.script(Script.statement("SELECT " + i)
                        .takes(Duration.ofMillis(i * 20L))
                        .column("a", "INT")
                        .row(1));
                submits.add(context.getEndpoint("databricks:races?" + options + "&operation=SUBMIT&query=SELECT " + i));
            }
            Endpoint cancel = context.getEndpoint("databricks:races?" + options + "&operation=CANCEL");
            ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
            Semaphore done = new Semaphore(0);
            try (ProducerTemplate template = context.createProducerTemplate()) {
                for (int i = 0; i < RACES; i++) {
                    Endpoint submit = submits.get(i % DURATIONS);
                    clients.execute(() -> {
                        try {
                            race(template, submit, cancel, reported, failed);
                        } finally {
                            done.release();
                        }
                    });
                }
                done.acquire(RACES);
            } finally {
                clients.shutdownNow();
            }
            return compare(warehouse.statements(), reported, failed.get());
        }
    }

    private static void race(
            ProducerTemplate template,
            Endpoint submit,
            Endpoint cancel,
            Map<String, String> reported,
            AtomicInteger failed) {
        Exchange submitted = template.request(submit, exchange -> {});
        StatementReference handle = submitted.getMessage().getBody(StatementReference.class);
        if (handle == null) {
            failed.incrementAndGet();
            return;
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(10_000_000));
        Exchange canceled =
                template.request(cancel, exchange -> exchange.getMessage().setBody(handle));
        StatementStatus status = canceled.getMessage().getBody(StatementStatus.class);
        if (status == null) {
            failed.incrementAndGet();
            System.out.println("  " + canceled.getException());
        } else {
            reported.put(handle.id().publicPart(), status.state().name());
        }
    }

    private static Measurement compare(List<WarehouseStatement> journal, Map<String, String> reported, int failed) {
        Map<String, String> states =
                journal.stream().collect(Collectors.toMap(WarehouseStatement::id, WarehouseStatement::state));
        List<String> wrong = new ArrayList<>();
        int[] canceled = {0};
        reported.forEach((id, state) -> {
            if (state.equals("CANCELED")) {
                canceled[0]++;
            }
            if (!state.equals(states.get(id))) {
                wrong.add(id + ": " + state + " instead of " + states.get(id));
            }
        });
        wrong.stream().limit(10).forEach(line -> System.out.println("  " + line));
        return new Measurement(
                wrong.size(),
                "wrong states",
                reported.size() + " compared, " + canceled[0] + " of them cancelled in time, " + failed
                        + " without an answer");
    }
}
