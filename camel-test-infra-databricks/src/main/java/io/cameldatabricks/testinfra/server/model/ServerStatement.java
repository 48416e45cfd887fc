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

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.StatementOutcome;

/**
 * One statement and its state machine: PENDING, RUNNING, then SUCCEEDED, FAILED or CANCELED; SUCCEEDED becomes CLOSED
 * when its client closes it or when its result is an hour old. A lost race returns false and changes nothing.
 *
 * <p>Thread-safe.
 */
public final class ServerStatement {

    /** A statement of the Statement Execution API that nobody asks after is canceled. */
    static final Duration KEEP_ALIVE = Duration.ofMinutes(15);
    /** How long a result can be read after success. */
    static final Duration RESULT_LIFE = Duration.ofHours(1);
    /** How long a statement is known after its end. */
    static final Duration STATEMENT_LIFE = Duration.ofHours(12);

    private final String id;
    private final StatementRequest request;
    private final StatementResult result;
    private final ResultFaults faults;
    private final Instant created;
    private final Duration keepAlive;
    private final CompletableFuture<ServerStatement> ended = new CompletableFuture<>();

    private StatementState state = StatementState.PENDING;
    private Instant polled;
    private Instant started;
    private Instant finished;
    private EngineException error;
    private StatementOutcome outcome = new StatementOutcome(false, "OTHER");
    private boolean purged;

    /**
     * @param faults what is to go wrong with the result
     * @param keepAlive how long it runs on when nobody asks after it
     */
    ServerStatement(
            String id,
            StatementRequest request,
            StatementResult result,
            ResultFaults faults,
            Instant now,
            Duration keepAlive) {
        this.id = id;
        this.request = request;
        this.result = result;
        this.faults = faults;
        this.created = now;
        this.polled = now;
        this.keepAlive = keepAlive;
    }

    /**
     * A consistent view of what changes.
     *
     * @param error why it failed, else null
     * @param started null before it runs
     * @param finished null before its end
     */
    public record Snapshot(
            StatementState state, EngineException error, StatementOutcome outcome, Instant started, Instant finished) {}

    public String id() {
        return id;
    }

    public StatementRequest request() {
        return request;
    }

    /** To be read only in state SUCCEEDED. */
    public StatementResult result() {
        return result;
    }

    /** What is to go wrong with the result. */
    public ResultFaults faults() {
        return faults;
    }

    long rowLimit() {
        return faults.limit(request.rowLimit());
    }

    public Instant created() {
        return created;
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(state, error, outcome, started, finished);
    }

    /** Completes at the end of the statement, never exceptionally. */
    public CompletionStage<ServerStatement> ended() {
        return ended;
    }

    /** Somebody asked after the statement. */
    public synchronized void touch(Instant now) {
        polled = now;
    }

    synchronized boolean begin(Instant now) {
        if (state != StatementState.PENDING) {
            return false;
        }
        state = StatementState.RUNNING;
        started = now;
        return true;
    }

    void succeed(StatementOutcome end, Instant now) {
        synchronized (this) {
            outcome = faults.truncated() ? new StatementOutcome(true, end.statementType()) : end;
            finish(StatementState.SUCCEEDED, now);
        }
        if (faults.closing() == ResultFaults.Closing.WITHOUT_RESULT) {
            close();
        }
        ended.complete(this);
    }

    void fail(EngineException failure, Instant now) {
        synchronized (this) {
            error = failure.canceled() ? null : failure;
            finish(failure.canceled() ? StatementState.CANCELED : StatementState.FAILED, now);
        }
        result.delete();
        ended.complete(this);
    }

    /** @return true when it had not begun and is canceled now; false when it runs or has ended */
    boolean cancelPending(Instant now) {
        synchronized (this) {
            if (state != StatementState.PENDING) {
                return false;
            }
            finish(StatementState.CANCELED, now);
        }
        ended.complete(this);
        return true;
    }

    private void finish(StatementState end, Instant now) {
        state = end;
        finished = now;
    }

    /** Gives up the result of a statement that succeeded. */
    boolean close() {
        synchronized (this) {
            if (state != StatementState.SUCCEEDED) {
                return false;
            }
            state = StatementState.CLOSED;
        }
        result.delete();
        return true;
    }

    /** Lets time do its work on an ended statement. */
    void age(Instant now) {
        boolean resultIsOld;
        synchronized (this) {
            resultIsOld = state == StatementState.SUCCEEDED && !now.isBefore(finished.plus(RESULT_LIFE));
            purged |= state.terminal() && !now.isBefore(finished.plus(STATEMENT_LIFE));
        }
        if (resultIsOld) {
            close();
        }
    }

    synchronized boolean abandoned(Instant now) {
        return !state.terminal() && !now.isBefore(polled.plus(keepAlive));
    }

    /** True when it is known to the history alone. */
    synchronized boolean purged() {
        return purged;
    }

    /** Names the statement only; its text may hold anything. */
    @Override
    public String toString() {
        return "ServerStatement[" + id + "]";
    }
}
