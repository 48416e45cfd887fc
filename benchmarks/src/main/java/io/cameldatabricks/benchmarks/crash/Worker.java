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
package io.cameldatabricks.benchmarks.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.cameldatabricks.component.DatabricksConstants;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.jdbc.EmbeddedHandleStore;
import io.cameldatabricks.component.repository.jdbc.JdbcStatementHandleRepository;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.statement.HandleState;

/**
 * A process that submits jobs and receives their results, and records what it sees, until it is killed. It ends by itself
 * when its standard input ends, so none outlives its parent.
 */
public final class Worker {

    private static final int COUNT_EVERY_MILLIS = 100;

    private final WorkerOptions options;
    private final RecordFile record;
    private final StatementHandleRepository repository;

    private Worker(WorkerOptions options) {
        this.options = options;
        this.record = new RecordFile(Path.of(options.record()), options.life());
        this.repository = new RecordingRepository(
                open(options.repository()), record, new FaultPoint(options.faultPoint()), options.node());
    }

    /** Takes no arguments; see {@link WorkerOptions}. */
    public static void main(String[] none) throws Exception {
        new Worker(WorkerOptions.fromSystem()).run();
        System.exit(0);
    }

    private void run() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.getShutdownStrategy().setTimeout(20);
            context.getRegistry().bind("handles", repository);
            context.addRoutes(new WorkerRoutes(options, record));
            context.start();
            record.write(
                    Happening.STARTED, RecordLine.NONE, ProcessHandle.current().pid());
            for (int i = 0; i < options.submitters(); i++) {
                int first = i;
                daemon("submitter", () -> submit(context, first));
            }
            daemon("counter", this::count);
            awaitEndOfInput();
        }
        record.write(Happening.STOPPED, RecordLine.NONE);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void submit(CamelContext context, int first) {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            for (int i = first; i < options.jobs(); i += options.submitters()) {
                submit(template, Job.of(options.life(), i));
                Thread.sleep(options.pauseMillis());
            }
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(ProducerTemplate template, Job job) {
        record.write(Happening.BEGUN, job.key());
        Exchange exchange = template.request(WorkerRoutes.SUBMIT, message -> {
            message.getMessage().setHeader(RecordingRepository.JOB, job.key());
            message.getMessage().setHeader(DatabricksConstants.QUERY, job.sql());
        });
        Exception failure = exchange.getException();
        if (failure == null) {
            Object id = exchange.getMessage().getHeader(DatabricksConstants.STATEMENT_ID);
            record.write(Happening.ANSWERED, job.key(), id);
        } else {
            record.write(Happening.FAILED, job.key(), failure.getClass().getSimpleName());
        }
    }

    /** How much is left to do, so that the parent knows when to stop. */
    private void count() {
        while (true) {
            try {
                Map<HandleState, Long> counts = repository.counts(WorkerRoutes.NAME);
                long dead = counts.getOrDefault(HandleState.DEAD, 0L);
                long delivered = counts.getOrDefault(HandleState.DELIVERED, 0L);
                long all = counts.values().stream().mapToLong(Long::longValue).sum();
                record.write(Happening.COUNTED, RecordLine.NONE, all - dead - delivered, delivered, dead);
                Thread.sleep(COUNT_EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // out of reach: the next count tells
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(COUNT_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A line of the input is the new shift of the component's clock; the end of the input is ours. */
    private static void awaitEndOfInput() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.setProperty(WorkerOptions.CLOCK, line);
        }
    }

    private static StatementHandleRepository open(String repository) {
        if (repository.startsWith("h2:")) {
            return EmbeddedHandleStore.open(Path.of(repository.substring(3))).repository();
        }
        if (repository.equals("memory:")) {
            return new MemoryStatementHandleRepository(InstantSource.system());
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(repository);
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(2_000);
        // on a busy machine the first one takes its time
        config.setInitializationFailTimeout(60_000);
        return new JdbcStatementHandleRepository(new HikariDataSource(config));
    }
}
