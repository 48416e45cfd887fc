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
package io.cameldatabricks.component.client.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.client.Capabilities;
import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.client.jdbc.DriverSession.SessionEnding;
import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.NotRun;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.pool.ConnectionPool;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.ForeignHandleException;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WaitPolicy;

/**
 * {@link StatementClient} over pooled connections of the Databricks JDBC driver. A submitted statement hangs on no
 * connection: it survives that its connection goes back to the pool, is taken out of it or is closed, and that the pool is
 * closed. Any connection to the same warehouse in the same mode reaches it by its id.
 *
 * <p>The driver's calls block, so they run on the executor that is given; one that is full is a failure that passes. What
 * the driver cannot do is refused: a limit of bytes, another catalog or schema than that of the connection. Tags become a
 * comment at the end of the statement's text. A wait on the server is not there.
 */
public final class JdbcStatementClient implements StatementClient {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcStatementClient.class);
    private static final Capabilities CAPABILITIES = new Capabilities(0, false, true, true, false);

    private final ConnectionPool pool;
    private final Transport transport;
    private final Executor executor;
    private final InstantSource clock;
    private final SubmitConnections connections;
    private final SubmitSessions<SessionEnding> sessions;

    /**
     * @param pool lends connections; not closed here
     * @param transport which mode of the driver the pool's connections are in; a connection in the other is refused
     * @param executor runs blocking calls; should have a bounded queue
     * @param clock time of observations
     */
    public JdbcStatementClient(ConnectionPool pool, Transport transport, Executor executor, InstantSource clock) {
        this.pool = Objects.requireNonNull(pool, "pool");
        this.transport = Objects.requireNonNull(transport, "transport");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.connections = new SubmitConnections(pool, clock);
        this.sessions = new SubmitSessions<>(clock);
        if (transport == Transport.REST) {
            throw new IllegalArgumentException("REST is no mode of the JDBC driver");
        }
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public CompletionStage<StatementStatus> submit(StatementRequest request) {
        return async(() -> {
            int rowLimit = requirePossible(request);
            DriverSql sql = DriverSql.of(request);
            return twice(() -> submit(request, sql, rowLimit));
        });
    }

    private Attempt<StatementStatus> submit(StatementRequest request, DriverSql sql, int rowLimit) {
        SubmitConnections.Loan loan = connections.borrow();
        boolean usable = true;
        try {
            DriverSession session = session(loan.connection(), loan.isParted());
            session.requireSameNamespace(request);
            SubmitSessions<SessionEnding>.Tenancy tenancy = sessions.submitting(session.key(), session.ending());
            try {
                loan.runs(tenancy);
                StatementStatus status = session.submit(sql, rowLimit);
                tenancy.submitted(status);
                return new Attempt<>(status, null, false);
            } catch (SQLException | RuntimeException e) {
                // a submit that was accepted does not fail, so that the driver has no id here
                Optional<NotRun> proof = NotRun.proof(e, false, sql.text());
                RuntimeException translated = DriverErrors.of(e, CallPhase.EXECUTE, null, sql.text());
                tenancy.failed(proof.isEmpty() && translated instanceof SubmitOutcomeUnknownException);
                boolean again = proof.map(known -> loan.mayBeEvicted(known) && heal(loan.connection(), known))
                        .orElse(false);
                usable = !again;
                return new Attempt<>(null, translated, again);
            } catch (Error e) {
                tenancy.failed(true);
                throw e;
            }
        } catch (DatabricksException e) {
            return new Attempt<>(null, e, false);
        } finally {
            loan.end(usable);
        }
    }

    private static int requirePossible(StatementRequest request) {
        if (request.limits().bytes() > 0) {
            throw refused("The JDBC driver cannot limit a result to byteLimit="
                    + request.limits().bytes() + "; use rowLimit, or asyncTransport=REST");
        }
        if (request.limits().rows() > Integer.MAX_VALUE) {
            throw refused("The JDBC driver can limit a result to " + Integer.MAX_VALUE
                    + " rows at most, not to rowLimit=" + request.limits().rows());
        }
        WaitPolicy wait = request.waitPolicy();
        if (!wait.serverWait().isZero() && wait.then() == WaitPolicy.Then.CANCEL) {
            throw refused("The JDBC driver cannot have a statement cancelled when serverWait is over;"
                    + " use asyncTransport=REST");
        }
        return (int) request.limits().rows();
    }

    private static PermanentDatabricksException refused(String text) {
        return new PermanentDatabricksException(text, ErrorDetails.none(), null);
    }

    @Override
    public CompletionStage<Optional<StatementStatus>> status(StatementId id, Urgency urgency) {
        return ask(id, protocol -> {
            Optional<StatementStatus> status = protocol.status(id);
            status.ifPresentOrElse(sessions::seen, () -> sessions.over(id));
            return status;
        });
    }

    @Override
    public CompletionStage<Map<StatementId, StatementStatus>> statuses(Collection<StatementId> ids, Urgency urgency) {
        return ids.isEmpty()
                ? CompletableFuture.completedFuture(Map.of())
                : CompletableFuture.failedFuture(
                        new UnsupportedOperationException("The JDBC driver asks for one statement at a time"));
    }

    @Override
    public CompletionStage<Map<String, FoundStatement>> find(TagSearch search) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException("The JDBC driver cannot search for a tag"));
    }

    @Override
    public CompletionStage<ResultSummary> result(StatementId id) {
        return ask(id, protocol -> protocol.result(id));
    }

    @Override
    public CompletionStage<Boolean> cancel(StatementId id) {
        return ask(id, protocol -> protocol.cancel(id));
    }

    @Override
    public CompletionStage<Boolean> release(StatementId id) {
        return ask(id, protocol -> {
            boolean known = protocol.release(id);
            sessions.over(id);
            return known;
        });
    }

    /** A question about one statement. */
    private interface Question<T> {
        T put(Protocol protocol) throws Exception;
    }

    private <T> CompletionStage<T> ask(StatementId id, Question<T> question) {
        return async(() -> {
            requireOwn(id);
            return twice(() -> attempt(id, question));
        });
    }

    /** The driver takes an id of its other mode for one of its own, and fails with a null pointer at best. */
    private void requireOwn(StatementId id) {
        if (id.hasSecret() != (transport == Transport.JDBC_THRIFT)) {
            throw new ForeignHandleException("Statement " + id + " was submitted over another transport than "
                    + transport + " and can only be reached that way");
        }
    }

    /** Repeats once what the server has {@linkplain NotRun provably not done}. */
    private static <T> T twice(Supplier<Attempt<T>> call) {
        Attempt<T> attempt = call.get();
        if (attempt.failure() != null && attempt.mayGoBetter()) {
            LOG.debug("Another connection is tried: {}", attempt.failure().getMessage());
            attempt = call.get();
        }
        if (attempt.failure() != null) {
            throw attempt.failure();
        }
        return attempt.result();
    }

    /**
     * What came of a call.
     *
     * @param failure null when there is a result
     * @param mayGoBetter nothing was done on the server, and another connection or token may do
     */
    private record Attempt<T>(T result, RuntimeException failure, boolean mayGoBetter) {}

    private <T> Attempt<T> attempt(StatementId id, Question<T> question) {
        Connection connection = pool.borrow();
        try {
            DriverSession session = session(connection, false);
            T answer = question.put(session.protocol());
            endUnneeded(session);
            return new Attempt<>(answer, null, false);
        } catch (Exception e) {
            boolean again = NotRun.proof(e, false, null)
                    .map(proof -> heal(connection, proof))
                    .orElse(false);
            return new Attempt<>(null, DriverErrors.of(e, CallPhase.ASK, id, null), again);
        } finally {
            pool.giveBack(connection);
            connections.giveBackUnneeded();
        }
    }

    /** Their connections are closed, so that this one has to do it. */
    private void endUnneeded(DriverSession session) {
        for (SessionEnding ending : sessions.takeUnneeded()) {
            try {
                session.end(ending);
            } catch (SQLException | RuntimeException e) {
                LOG.debug("A session that is not needed any more is left to the server", e);
            }
        }
    }

    private boolean heal(Connection connection, NotRun proof) {
        return switch (proof) {
            case SESSION_GONE, NEVER_SENT, CONNECTION_CLOSED -> {
                pool.sessionLost(connection);
                yield true;
            }
            case TOKEN_REFUSED -> pool.tokenRefused(connection);
        };
    }

    /** Nothing has been sent yet, whatever fails here. */
    private DriverSession session(Connection connection, boolean parted) {
        try {
            DriverSession session = DriverSession.of(connection, clock);
            if (!parted) {
                session.requireOpen();
            }
            if (session.transport() != transport) {
                throw refused("The connections of this data source are in mode " + session.transport()
                        + " of the driver, but " + transport + " is configured; set UseThriftClient accordingly");
            }
            return session;
        } catch (SQLException e) {
            throw new TransientDatabricksException("The connection cannot be used", ErrorDetails.none(), null);
        } catch (LinkageError e) {
            LOG.debug("The driver lacks a class or a method", e);
            throw refused(
                    "Async statements over JDBC need com.databricks:databricks-jdbc 3.4.5; another version is on the"
                            + " class path");
        }
    }

    private <T> CompletionStage<T> async(Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    result.complete(call.get());
                } catch (RuntimeException | Error e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new TransientDatabricksException(
                    "All threads for JDBC calls are in use and their queue is full", ErrorDetails.none(), null));
        }
        return result;
    }

    /** The pool and the executor belong to others and stay as they are; statements are left alone. */
    @Override
    public void close() {
        connections.close();
    }
}
