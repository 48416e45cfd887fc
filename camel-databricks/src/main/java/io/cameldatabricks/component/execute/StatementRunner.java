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
package io.cameldatabricks.component.execute;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.NotRun;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.sql.ParameterBinder;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementId;

/**
 * Runs a statement and waits for it, on a connection of the pool that is back in the pool when this returns, on every
 * path but one: rows that are still to be read keep it until they are closed. A connection whose session the server has forgotten is taken out of the pool, and a statement that provably did not
 * run is sent once more on another. Safe for many threads.
 */
public final class StatementRunner {

    private final ConnectionPool pool;
    private final RepeatedCall calls;
    private final SessionTags tags = new SessionTags();
    private final ScheduledExecutorService scheduler;
    private final RunningStatements all = new RunningStatements();
    private final String label;
    private final StatementListener listener;

    /** Of which nobody is told what it runs. */
    public StatementRunner(ConnectionPool pool, ScheduledExecutorService scheduler) {
        this(pool, scheduler, "", StatementListener.NONE);
    }

    /**
     * @param scheduler cancels statements whose time is over
     * @param label of the pool, for the listener
     */
    public StatementRunner(
            ConnectionPool pool, ScheduledExecutorService scheduler, String label, StatementListener listener) {
        this.label = Objects.requireNonNull(label);
        this.listener = Objects.requireNonNull(listener);
        this.pool = Objects.requireNonNull(pool);
        this.calls = new RepeatedCall(pool);
        this.scheduler = Objects.requireNonNull(scheduler);
    }

    /**
     * Blocks until all statements have ended and the rows of the last are read, or for a stream until they can be; the rows
     * of others are dropped.
     *
     * @param owner knows the statement that runs, and can end it
     * @return of the last statement, with the rows that all of them have written
     * @throws DatabricksException when one failed: those before it have run, those after it have not
     */
    public StatementResult run(StatementSequence sequence, RunningStatements owner) {
        return told(() -> calls.run(loan -> run(sequence, loan, owner)));
    }

    /**
     * Reads the result of a statement that has succeeded, whoever submitted it and over whichever connection, if it was
     * over the same protocol. Blocks until its rows are read, or for a stream until they can be. The statement stays on the
     * server as it is: neither this nor the end of a stream releases it there.
     *
     * @param id as the server gave it, with its secret if it has one
     * @param rowLimit that it was submitted with, as far as it is known, else 0; a result that has as many rows lacks none
     * @return what {@link #run} gives for the same statement
     * @throws io.cameldatabricks.component.error.ResultExpiredException when the server has no rows of it any more
     * @throws io.cameldatabricks.component.error.TransientDatabricksException when it has not ended yet, or the server
     *     cannot be asked at the moment
     * @throws DatabricksException when it failed, was cancelled, or the rows cannot be read
     */
    public StatementResult fetch(StatementId id, ResultSettings settings, int rowLimit) {
        return told(() -> calls.run(loan ->
                new SubmittedStatement(id, loan.connection()).read(settings, rowLimit, new LoanLease(loan, null))));
    }

    private StatementResult told(Supplier<StatementResult> work) {
        long begin = System.nanoTime();
        StatementResult result;
        try {
            result = work.get();
        } catch (RuntimeException e) {
            listener.executed(label, Duration.ofNanos(System.nanoTime() - begin), 0, e);
            throw e;
        }
        listener.executed(label, Duration.ofNanos(System.nanoTime() - begin), result.updateCount(), null);
        if (result.stream() != null) {
            result.stream().whenFreed(rows -> listener.rowsRead(label, rows));
        } else if (result.rows() != null) {
            listener.rowsRead(label, result.rows().size());
        }
        return result;
    }

    /** How many statements were sent a second time, since the first time provably did nothing. */
    public long repeats() {
        return calls.repeats();
    }

    /** Ends the statements of all owners, as {@link RunningStatements#stop()} does, and refuses new ones. */
    public void stop() {
        all.stop();
    }

    /** Whether the end of any statement is waited for. */
    public boolean isExecuting() {
        return !all.isEmpty();
    }

    private StatementResult run(StatementSequence sequence, RepeatedCall.Loan loan, RunningStatements owner) {
        List<StatementRequest> statements = sequence.statements();
        WriteReport written = WriteReport.of(0);
        StatementResult result = null;
        for (int i = 0; i < statements.size(); i++) {
            try {
                result = run(statements.get(i), sequence.tags(), loan, owner);
                written = written.plus(result.report());
            } catch (NotRunException e) {
                if (i > 0) {
                    // on another connection the session would not be the one in which the others have run
                    throw sequence.failure(e.failure(), i);
                }
                throw e;
            } catch (DatabricksException e) {
                throw sequence.failure(e, i);
            }
        }
        return result.with(written);
    }

    private StatementResult run(
            StatementRequest request, QueryTags queryTags, RepeatedCall.Loan loan, RunningStatements owner) {
        PreparedStatement statement;
        try {
            tags.apply(queryTags, loan.connection());
            statement = loan.connection().prepareStatement(request.sql().sql());
        } catch (SQLException | RuntimeException e) {
            DatabricksException failure = FailureTranslator.translate(
                    e, CallPhase.CONNECT, null, request.sql().sql());
            // the driver asks the server nothing before it executes
            throw NotRun.proof(e, false, request.sql().sql())
                    .<RuntimeException>map(proof -> new NotRunException(proof, failure))
                    .orElse(failure);
        }
        LoanLease lease = new LoanLease(loan, statement);
        try {
            prepare(request, statement);
            boolean hasRows = execute(request, statement, owner);
            return read(request, statement, hasRows, lease);
        } finally {
            if (!lease.isKept()) {
                lease.closeStatement();
            }
        }
    }

    private static void prepare(StatementRequest request, PreparedStatement statement) {
        try {
            if (request.limits().rowLimit() > 0) {
                statement.setMaxRows(request.limits().rowLimit());
            }
            ParameterBinder.bind(statement, request.sql().parameters());
        } catch (SQLException e) {
            throw FailureTranslator.translate(
                    e, CallPhase.CONNECT, null, request.sql().sql());
        }
    }

    private boolean execute(StatementRequest request, PreparedStatement statement, RunningStatements owner) {
        StatementRequest.Limits limits = request.limits();
        if (limits.onTimeout() == OnTimeout.DETACH && !DriverAnswer.canDetach(statement)) {
            throw new PermanentDatabricksException(
                    "The option onTimeout=DETACH needs a SQL warehouse and the Databricks driver without Thrift, since"
                            + " any other statement ends with its connection; use onTimeout=CANCEL or operation=SUBMIT",
                    ErrorDetails.none(),
                    null);
        }
        RunningStatement running = new RunningStatement(statement, limits.onTimeout(), scheduler);
        try {
            all.add(running);
            owner.add(running);
            return execute(request, statement, running);
        } finally {
            owner.remove(running);
            all.remove(running);
        }
    }

    private boolean execute(StatementRequest request, PreparedStatement statement, RunningStatement running) {
        QueryTimer timer = QueryTimer.start(running::stop, request.limits().queryTimeout(), pool, scheduler);
        try {
            return statement.execute();
        } catch (SQLException | RuntimeException e) {
            // from now on nobody sets a reason
            timer.close();
            running.close();
            throw ExecuteFailure.of(e, running, statement, request, pool.startTimeout());
        } finally {
            timer.close();
            running.close();
        }
    }

    private static StatementResult written(
            StatementRequest request, PreparedStatement statement, String id, WriteReport report) {
        if (request.result().noop()) {
            // half of the requests of many small writes
            DriverAnswer.leaveToServer(statement);
        }
        return StatementResult.ofUpdate(id, report);
    }

    private static StatementResult read(
            StatementRequest request, PreparedStatement statement, boolean hasRows, ResultReader.Lease lease) {
        String id = DriverAnswer.statementId(statement);
        String sql = request.sql().sql();
        try {
            if (!hasRows) {
                return written(request, statement, id, WriteReport.of(Math.max(0, statement.getLargeUpdateCount())));
            }
            ResultSet resultSet = statement.getResultSet();
            if (DriverAnswer.isUpdateReport(resultSet, sql)) {
                return written(request, statement, id, WriteReport.read(resultSet));
            }
            if (resultSet.getMetaData() == null || resultSet.getMetaData().getColumnCount() == 0) {
                return StatementResult.ofUpdate(id, WriteReport.of(0));
            }
            return ResultReader.read(
                    new ResultReader.Opened(resultSet, id, sql, () -> {}, lease),
                    request.result(),
                    request.limits().rowLimit());
        } catch (SQLException | RuntimeException e) {
            throw ReportedRows.failure(e, id, sql);
        }
    }
}
