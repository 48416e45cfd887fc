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
package io.cameldatabricks.testinfra.server.model;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineSession;
import io.cameldatabricks.testinfra.server.engine.EngineStatement;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.engine.SessionSettings;
import io.cameldatabricks.testinfra.server.engine.SqlEngine;
import io.cameldatabricks.testinfra.server.engine.StatementOutcome;

/**
 * Runs statements, so many at a time; the others wait in a queue as PENDING.
 *
 * <p>A statement that finds a free place runs on the thread that brought it, which spares short statements a change of
 * threads. Thread-safe.
 */
public final class StatementRunner {

    private static final System.Logger LOG = System.getLogger(StatementRunner.class.getName());
    private static final int JSON_ROWS_PER_CHUNK = 50_000;
    private static final int ARROW_ROWS_PER_CHUNK = 100_000;
    private static final long BYTES_PER_CHUNK = 4L << 20;
    private static final Duration CANCEL_AGAIN = Duration.ofMillis(100);

    private final SqlEngine engine;
    private final ServerClock clock;
    private final WarehouseCompute compute;
    private final Executor executor;
    private final int places;
    private final int queueLimit;
    private final Deque<Job> queue = new ArrayDeque<>();
    private final Map<String, Job> running = new ConcurrentHashMap<>();
    private int taken;

    private static final class Job {
        final ServerStatement statement;
        final ServerSession session;
        volatile Instant admitted;
        volatile EngineSession engineSession;
        volatile boolean timedOut;
        volatile boolean stopping;

        Job(ServerStatement statement, ServerSession session) {
            this.statement = statement;
            this.session = session;
        }
    }

    /** Answers whether a statement may run at once. */
    public enum Admission {
        /** The caller has to call {@link #run}. */
        RUN,
        /** It will run by itself when a place is free. */
        QUEUED,
        /** The queue is full; the statement will not run. */
        REFUSED
    }

    /**
     * @param compute statements wait until it runs
     * @param executor runs statements that had to wait
     * @param places statements at a time
     * @param queueLimit statements that may wait
     */
    public StatementRunner(
            SqlEngine engine,
            ServerClock clock,
            WarehouseCompute compute,
            Executor executor,
            int places,
            int queueLimit) {
        this.engine = engine;
        this.clock = clock;
        this.compute = compute;
        this.executor = executor;
        this.places = places;
        this.queueLimit = queueLimit;
        compute.onStart(this::runWaiting);
    }

    /**
     * @param session the session to run in, or null for one that lives as long as the statement
     */
    public Admission admit(ServerStatement statement, ServerSession session) {
        Job job = new Job(statement, session);
        synchronized (queue) {
            if (taken < places && compute.runs()) {
                takePlace(job);
                return Admission.RUN;
            }
            if (queue.size() >= queueLimit) {
                return Admission.REFUSED;
            }
            queue.add(job);
            return Admission.QUEUED;
        }
    }

    /** Runs an admitted statement on this thread; returns at its end, or earlier when the engine needs no thread. */
    public void run(ServerStatement statement) {
        run(running.get(statement.id()));
    }

    /** Called with the queue's lock. */
    private void takePlace(Job job) {
        taken++;
        job.admitted = clock.instant();
        running.put(job.statement.id(), job);
    }

    private void run(Job job) {
        ServerStatement statement = job.statement;
        if (!statement.begin(job.admitted)) {
            done(job);
            return;
        }
        ServerClock.Timer timer = timer(job);
        try {
            Optional<QueryTagsStatement> tags = job.session == null
                    ? Optional.empty()
                    : QueryTagsStatement.of(statement.request().sql());
            if (tags.isPresent()) {
                job.session.change(tags.get());
                end(job, timer, new StatementOutcome(false, "SET"), null);
                return;
            }
            EngineSession session = session(job);
            if (job.stopping) {
                throw EngineException.ofCanceled();
            }
            session.start(engineStatement(statement), statement.result(), job.admitted)
                    .whenComplete((outcome, failure) -> end(job, timer, outcome, failure));
        } catch (EngineException | RuntimeException | LinkageError | OutOfMemoryError e) {
            end(job, timer, null, e);
        }
    }

    private EngineSession session(Job job) throws EngineException {
        EngineSession session =
                job.session != null ? job.session.engineSession() : engine.openSession(ownSettings(job.statement));
        job.engineSession = session;
        return session;
    }

    private static SessionSettings ownSettings(ServerStatement statement) {
        StatementRequest request = statement.request();
        return new SessionSettings(request.catalog(), request.schema(), Map.of());
    }

    private EngineStatement engineStatement(ServerStatement statement) {
        StatementRequest request = statement.request();
        ResultFormat format = statement.result().format();
        int rowsPerChunk = format == ResultFormat.JSON_ARRAY ? JSON_ROWS_PER_CHUNK : ARROW_ROWS_PER_CHUNK;
        return new EngineStatement(
                statement.id(),
                request.sql(),
                request.parameters(),
                request.catalog(),
                request.schema(),
                format,
                statement.rowLimit(),
                request.byteLimit(),
                request.rowsPerChunk() > 0 ? Math.min(request.rowsPerChunk(), rowsPerChunk) : rowsPerChunk,
                BYTES_PER_CHUNK);
    }

    private ServerClock.Timer timer(Job job) {
        Duration timeout = job.statement.request().timeout();
        if (timeout == null) {
            return () -> {};
        }
        return clock.schedule(timeout, () -> {
            job.timedOut = true;
            stop(job);
        });
    }

    private void end(Job job, ServerClock.Timer timer, StatementOutcome outcome, Throwable failure) {
        timer.cancel();
        try {
            if (job.session == null && job.engineSession != null) {
                job.engineSession.close();
            }
        } finally {
            done(job);
            if (failure == null) {
                job.statement.succeed(outcome, clock.instant());
            } else {
                job.statement.fail(engineException(job, failure), clock.instant());
            }
        }
    }

    private static EngineException engineException(Job job, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof EngineException exception) {
            return exception.canceled() && job.timedOut
                    ? EngineException.failed(
                            "DEADLINE_EXCEEDED",
                            "57KD0",
                            "[STATEMENT_TIMEOUT] The statement was stopped after "
                                    + job.statement.request().timeout().toSeconds()
                                    + " seconds, its STATEMENT_TIMEOUT. SQLSTATE: 57KD0",
                            null)
                    : exception;
        }
        LOG.log(Level.ERROR, "Statement " + job.statement.id() + " broke the engine", cause);
        return EngineException.failed(
                "INTERNAL_ERROR", "XX000", "[INTERNAL_ERROR] " + cause + " SQLSTATE: XX000", cause);
    }

    private void done(Job job) {
        running.remove(job.statement.id());
        synchronized (queue) {
            taken--;
        }
        runWaiting();
    }

    /** Fills the free places when the compute runs. */
    private void runWaiting() {
        while (true) {
            Job next;
            synchronized (queue) {
                if (taken >= places || queue.isEmpty() || !compute.runs()) {
                    return;
                }
                next = queue.poll();
                takePlace(next);
            }
            executor.execute(() -> run(next));
        }
    }

    /** Asks for the end of a statement; whether it came in time shows the statement's state. */
    public void cancel(ServerStatement statement) {
        if (statement.cancelPending(clock.instant())) {
            synchronized (queue) {
                queue.removeIf(job -> job.statement == statement);
            }
            return;
        }
        Job job = running.get(statement.id());
        if (job != null) {
            stop(job);
        }
    }

    /** Says it again until it is heard: the engine may not have known the statement yet. */
    private void stop(Job job) {
        job.stopping = true;
        EngineSession session = job.engineSession;
        if (session != null) {
            session.cancel(job.statement.id());
        }
        if (!job.statement.snapshot().state().terminal()) {
            clock.schedule(CANCEL_AGAIN, () -> stop(job));
        }
    }

    /** Gives up a statement's result, or stops it when it still runs. */
    public void close(ServerStatement statement) {
        if (!statement.close() && !statement.snapshot().state().terminal()) {
            cancel(statement);
        }
    }

    /** Stops statements that nobody asks after. */
    public void cancelAbandoned(Iterable<ServerStatement> statements) {
        for (ServerStatement statement : statements) {
            if (statement.abandoned(clock.instant())) {
                cancel(statement);
            }
        }
    }
}
