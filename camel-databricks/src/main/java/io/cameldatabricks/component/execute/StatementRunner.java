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

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.NotRun;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.result.ResultSetRows;
import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.result.Rows;
import io.cameldatabricks.component.sql.ParameterBinder;

/**
 * Runs a statement and waits for it, on a connection of the pool that is back in the pool when this returns, on every
 * path. A connection whose session the server has forgotten is taken out of the pool, and a statement that provably did not
 * run is sent once more on another. Safe for many threads.
 */
public final class StatementRunner {

    private static final Logger LOG = LoggerFactory.getLogger(StatementRunner.class);

    private final ConnectionPool pool;
    private final RepeatedCall calls;
    private final ScheduledExecutorService scheduler;
    private final RunningStatements all = new RunningStatements();

    /**
     * @param scheduler cancels statements whose time is over
     */
    public StatementRunner(ConnectionPool pool, ScheduledExecutorService scheduler) {
        this.pool = Objects.requireNonNull(pool);
        this.calls = new RepeatedCall(pool);
        this.scheduler = Objects.requireNonNull(scheduler);
    }

    /**
     * Blocks until the statement has ended and its rows are read.
     *
     * @throws DatabricksException when it failed, with the statement id as far as it is known
     */
    public StatementResult run(StatementRequest request) {
        return run(request, new RunningStatements());
    }

    /**
     * The same for an owner that can end its statements.
     *
     * @param owner knows the statement while it runs
     */
    public StatementResult run(StatementRequest request, RunningStatements owner) {
        return calls.run(loan -> run(request, loan.connection(), owner));
    }

    /**
     * Reads the result of a statement that has succeeded, submitted by whomever, and leaves the statement as it is on the
     * server. Blocks until the rows are read.
     *
     * @param statementId as the driver takes it
     * @throws DatabricksException when it cannot be read
     */
    public StatementResult fetch(String statementId, OutputType outputType) {
        return calls.run(loan -> SubmittedStatement.read(loan.connection(), statementId, outputType));
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

    private StatementResult run(StatementRequest request, Connection connection, RunningStatements owner) {
        PreparedStatement statement;
        try {
            statement = connection.prepareStatement(request.sql().sql());
        } catch (SQLException | RuntimeException e) {
            DatabricksException failure = FailureTranslator.translate(
                    e, CallPhase.CONNECT, null, request.sql().sql());
            // the driver asks the server nothing before it executes
            throw NotRun.proof(e, false, request.sql().sql())
                    .<RuntimeException>map(proof -> new NotRunException(proof, failure))
                    .orElse(failure);
        }
        try {
            prepare(request, statement);
            boolean hasRows = execute(request, statement, owner);
            return read(request, statement, hasRows);
        } finally {
            // before its connection: HikariCP would close it too, but would lose the connection for ever when that
            // fails
            // with one of the driver's unchecked exceptions
            close("statement", statement);
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
        QueryTimer timer = QueryTimer.start(running, request.limits().queryTimeout(), pool, scheduler);
        try {
            return statement.execute();
        } catch (SQLException | RuntimeException e) {
            // from now on nobody sets a reason
            timer.close();
            running.close();
            throw failed(e, running, statement, request);
        } finally {
            timer.close();
            running.close();
        }
    }

    private RuntimeException failed(
            Exception e, RunningStatement running, PreparedStatement statement, StatementRequest request) {
        String id = DriverAnswer.statementId(statement);
        DatabricksException failure = FailureTranslator.translate(
                e, CallPhase.EXECUTE, id, request.sql().sql());
        RunningStatement.StopReason reason = running.stopped().orElse(null);
        boolean interrupted = reason == null && StopFailure.isInterruption(e);
        boolean endedByItself = "FAILED".equals(failure.getState());
        if (DriverAnswer.hasNoId(statement) || endedByItself || reason == null && !interrupted) {
            return notRun(e, statement, request, failure);
        }
        StatementRequest.Limits limits = request.limits();
        boolean brokenOff = interrupted || running.isBrokenOff();
        if (brokenOff && limits.onTimeout() == OnTimeout.DETACH) {
            DriverAnswer.detach(statement);
            return StopFailure.detached(
                    interrupted ? RunningStatement.StopReason.INTERRUPTED : reason, limits, pool.startTimeout(), id);
        }
        if (interrupted) {
            // the flag would make the cancel fail, and the driver may have cleared it
            Thread.interrupted();
            RunningStatement.cancel(statement);
            Thread.currentThread().interrupt();
            return StopFailure.cancelled(
                    RunningStatement.StopReason.INTERRUPTED, limits, pool.startTimeout(), failure, false);
        }
        boolean seen = !brokenOff && "CANCELED".equals(failure.getState());
        return StopFailure.cancelled(reason, limits, pool.startTimeout(), failure, seen);
    }

    private static RuntimeException notRun(
            Exception e, PreparedStatement statement, StatementRequest request, DatabricksException failure) {
        boolean accepted = !DriverAnswer.hasNoId(statement);
        return NotRun.proof(e, accepted, request.sql().sql())
                .<RuntimeException>map(proof -> new NotRunException(proof, failure))
                .orElse(failure);
    }

    private static StatementResult read(StatementRequest request, PreparedStatement statement, boolean hasRows) {
        String id = DriverAnswer.statementId(statement);
        try {
            if (!hasRows) {
                return StatementResult.ofUpdate(id, Math.max(0, statement.getLargeUpdateCount()));
            }
            ResultSet resultSet = statement.getResultSet();
            if (DriverAnswer.isUpdateReport(resultSet, request.sql().sql())) {
                return StatementResult.ofUpdate(id, DriverAnswer.updateCount(resultSet));
            }
            if (resultSet.getMetaData() == null || resultSet.getMetaData().getColumnCount() == 0) {
                return StatementResult.ofUpdate(id, 0);
            }
            return readRows(request.outputType(), resultSet, id);
        } catch (SQLException | RuntimeException e) {
            throw FailureTranslator.translate(
                    e, CallPhase.FETCH, id, request.sql().sql());
        }
    }

    static StatementResult readRows(OutputType outputType, ResultSet resultSet, String id) throws SQLException {
        boolean truncated = DriverAnswer.isTruncated(resultSet.getMetaData());
        try (Rows rows = new ResultSetRows(resultSet, () -> {})) {
            List<Row> list = new ArrayList<>();
            while (rows.hasNext()) {
                list.add(rows.next());
                if (outputType == OutputType.SELECT_ONE && list.size() > 1) {
                    throw new PermanentDatabricksException(
                            "The statement gave more than one row; use outputType=SELECT_LIST or add LIMIT 1 to it",
                            new ErrorDetails(id, "SUCCEEDED", null, null, null),
                            null);
                }
            }
            return StatementResult.ofRows(id, rows.schema().names(), list, truncated);
        }
    }

    private static void close(String what, AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("The {} could not be closed", what, e);
        }
    }
}
