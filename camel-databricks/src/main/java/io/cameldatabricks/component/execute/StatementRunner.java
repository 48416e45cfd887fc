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
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
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
        return calls.run(loan -> run(request, loan.connection()));
    }

    /** How many statements were sent a second time, since the first time provably did nothing. */
    public long repeats() {
        return calls.repeats();
    }

    private StatementResult run(StatementRequest request, Connection connection) {
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
            boolean hasRows = execute(request, statement);
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

    private boolean execute(StatementRequest request, PreparedStatement statement) {
        QueryTimer timer = QueryTimer.start(statement, request.limits().queryTimeout(), pool, scheduler);
        try {
            return statement.execute();
        } catch (SQLException | RuntimeException e) {
            timer.close();
            String id = DriverAnswer.statementId(statement);
            DatabricksException failure = FailureTranslator.translate(
                    e, CallPhase.EXECUTE, id, request.sql().sql());
            if (timer.over().isPresent()) {
                throw timedOut(timer.over().get(), request, failure);
            }
            throw notRun(e, statement, request, failure);
        } finally {
            timer.close();
        }
    }

    private static RuntimeException notRun(
            Exception e, PreparedStatement statement, StatementRequest request, DatabricksException failure) {
        boolean accepted = !DriverAnswer.hasNoId(statement);
        return NotRun.proof(e, accepted, request.sql().sql())
                .<RuntimeException>map(proof -> new NotRunException(proof, failure))
                .orElse(failure);
    }

    private DatabricksException timedOut(QueryTimer.Over over, StatementRequest request, DatabricksException failure) {
        boolean cancelled = "CANCELED".equals(failure.getState());
        String what = over == QueryTimer.Over.QUERY_TIMEOUT
                ? "The statement ran longer than queryTimeout="
                        + request.limits().queryTimeout().toMillis() + "ms"
                : "The warehouse did not start within startTimeout="
                        + pool.startTimeout().toMillis() + "ms";
        String text = what + " and "
                + (cancelled
                        ? over == QueryTimer.Over.QUERY_TIMEOUT ? "was cancelled" : "the statement was cancelled"
                        : "a cancel was sent, but its end was not seen");
        ErrorDetails details = new ErrorDetails(
                failure.getStatementId(),
                failure.getState(),
                failure.getSqlState(),
                failure.getErrorCode(),
                failure.getHttpStatus());
        if (over == QueryTimer.Over.QUERY_TIMEOUT) {
            return new PermanentDatabricksException(text, details, failure);
        }
        return cancelled
                ? new TransientDatabricksException(text, details, failure)
                : new SubmitOutcomeUnknownException(text, details, failure);
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
            return readRows(request, resultSet, id);
        } catch (SQLException | RuntimeException e) {
            throw FailureTranslator.translate(
                    e, CallPhase.FETCH, id, request.sql().sql());
        }
    }

    private static StatementResult readRows(StatementRequest request, ResultSet resultSet, String id)
            throws SQLException {
        boolean truncated = DriverAnswer.isTruncated(resultSet.getMetaData());
        try (Rows rows = new ResultSetRows(resultSet, () -> {})) {
            List<Row> list = new ArrayList<>();
            while (rows.hasNext()) {
                list.add(rows.next());
                if (request.outputType() == OutputType.SELECT_ONE && list.size() > 1) {
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
