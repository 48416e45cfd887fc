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
package io.cameldatabricks.component.error;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure of the driver, of its HTTP client or of the pool becomes a {@link DatabricksException}.
 *
 * <p>The driver reports most failures with names in place of a SQLSTATE and some with unchecked exceptions, so the order
 * is: the HTTP failure in the chain of causes; a session that the server forgot; a network failure, where the phase
 * decides whether the statement may have run; the SQLSTATE; and, for what is left, the phase again. Stateless.
 */
public final class FailureTranslator {

    private static final Logger LOG = LoggerFactory.getLogger(FailureTranslator.class);

    private static final Pattern SQL_STATE = Pattern.compile("[0-9A-Z]{5}");

    /** Exceptions of databricks-sdk-java by simple name, for they are repackaged in the driver's jar. */
    private static final Map<String, Integer> HTTP_STATUS = Map.ofEntries(
            Map.entry("BadRequest", 400),
            Map.entry("InvalidParameterValue", 400),
            Map.entry("InvalidState", 400),
            Map.entry("Unauthenticated", 401),
            Map.entry("PermissionDenied", 403),
            Map.entry("NotFound", 404),
            Map.entry("ResourceDoesNotExist", 404),
            Map.entry("ResourceConflict", 409),
            Map.entry("Aborted", 409),
            Map.entry("AlreadyExists", 409),
            Map.entry("ResourceAlreadyExists", 409),
            Map.entry("TooManyRequests", 429),
            Map.entry("RequestLimitExceeded", 429),
            Map.entry("ResourceExhausted", 429),
            Map.entry("InternalError", 500),
            Map.entry("DataLoss", 500),
            Map.entry("Unknown", 500),
            Map.entry("NotImplemented", 501),
            Map.entry("TemporarilyUnavailable", 503),
            Map.entry("DeadlineExceeded", 504));

    /** Nothing was sent when one of these is in the chain. */
    private static final Set<String> NEVER_SENT = Set.of(
            "ConnectException",
            "HttpHostConnectException",
            "UnknownHostException",
            "NoRouteToHostException",
            "PortUnreachableException",
            "ConnectTimeoutException",
            "ConnectionPoolTimeoutException");

    private FailureTranslator() {}

    /**
     * @param failure what was thrown
     * @param phase how far the call had come
     * @param statementId the id of the statement, or null
     * @param sql the text that was sent, or null; it is only used to keep it out of the message
     * @return an exception whose message holds no SQL text and no values; {@code failure} itself when it already is one
     */
    public static DatabricksException translate(Throwable failure, CallPhase phase, String statementId, String sql) {
        if (failure instanceof DatabricksException known) {
            return known;
        }
        LOG.debug("Failure of the driver while in phase {} of statement {}", phase, statementId, failure);
        return new Failure(chain(failure), phase, statementId, sql, ScrubbedCause.of(failure)).translate();
    }

    /** The exception and its causes, from the outermost on. */
    static Set<Throwable> chain(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Throwable> chain = new LinkedHashSet<>();
        for (Throwable next = failure; next != null && seen.add(next); next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    /** The status of the HTTP answer that one of these exceptions tells of, or null. */
    static Integer httpStatus(Set<Throwable> chain) {
        return chain.stream()
                .filter(link -> link.getClass().getName().contains(".sdk.core."))
                .map(link -> HTTP_STATUS.get(link.getClass().getSimpleName()))
                .filter(status -> status != null)
                .findFirst()
                .orElseGet(() -> ThriftAnswer.httpStatus(chain));
    }

    private record Failure(Set<Throwable> chain, CallPhase phase, String statementId, String sql, ScrubbedCause cause) {

        DatabricksException translate() {
            Integer status = httpStatus(chain);
            ServerMessage message = serverMessage();
            String sqlState = sqlState(message);
            if (status != null && !sessionGone()) {
                return ofHttp(status, message, sqlState);
            }
            if (sessionGone()) {
                return new RecoverableDatabricksException(
                        "The session was closed by the server; the next call opens a new one",
                        details(null, sqlState, message, status),
                        cause);
            }
            if (any(InterruptedException.class)) {
                return phase == CallPhase.EXECUTE
                        ? unknown("The thread was interrupted while the statement was running", sqlState, message, null)
                        : new TransientDatabricksException(
                                "The thread was interrupted", details(null, sqlState, message, null), cause);
            }
            Optional<String> certificate = CertificateFailure.explain(chain);
            if (certificate.isPresent()) {
                return new PermanentDatabricksException(
                        certificate.get(), details(null, sqlState, message, null), cause);
            }
            if (named(NEVER_SENT)) {
                return new TransientDatabricksException(
                        "The server could not be reached: " + network(), details(null, null, message, null), cause);
            }
            return any(IOException.class) ? ofBrokenLink(message) : ofSqlState(sqlState, message);
        }

        private DatabricksException ofHttp(int status, ServerMessage message, String sqlState) {
            String answer = "HTTP " + status;
            return switch (status) {
                case 401 ->
                    new RecoverableDatabricksException(
                            "The server does not accept the token (HTTP 401); give a valid one with accessToken",
                            details(null, sqlState, message, status),
                            cause);
                case 403 ->
                    new PermanentDatabricksException(
                            "The token lacks a permission that this call needs (HTTP 403)",
                            details(null, sqlState, message, status),
                            cause);
                case 429 ->
                    new RateLimitedException(
                            "The workspace refuses further calls for now (HTTP 429)",
                            details(null, sqlState, message, status),
                            cause);
                case 503 ->
                    new TransientDatabricksException(
                            "The service is not available now (HTTP 503)",
                            details(null, sqlState, message, status),
                            cause);
                case 404 ->
                    phase == CallPhase.CONNECT
                            ? new PermanentDatabricksException(
                                    "The server does not know this warehouse (HTTP 404); check warehouseId or httpPath",
                                    details(null, sqlState, message, status),
                                    cause)
                            : new RecoverableDatabricksException(
                                    "The session or the statement is gone on the server (HTTP 404)",
                                    details("CLOSED", sqlState, message, status),
                                    cause);
                case 500, 502, 504 ->
                    phase == CallPhase.EXECUTE
                            ? unknown("The server answered " + answer, sqlState, message, status)
                            : new TransientDatabricksException(
                                    "The server answered " + answer, details(null, sqlState, message, status), cause);
                default ->
                    new PermanentDatabricksException(
                            with("The server refused the call (" + answer + ")", message, sqlState),
                            details(null, sqlState, message, status),
                            cause);
            };
        }

        private DatabricksException ofBrokenLink(ServerMessage message) {
            String text = "The connection to the server broke: " + network();
            return phase == CallPhase.EXECUTE
                    ? unknown(text, null, message, null)
                    : new TransientDatabricksException(text, details(null, null, message, null), cause);
        }

        private DatabricksException ofSqlState(String sqlState, ServerMessage message) {
            if (any(SQLTimeoutException.class) || "57KD0".equals(sqlState)) {
                return new PermanentDatabricksException(
                        with("The statement ran longer than it may", message, sqlState),
                        details("CANCELED", sqlState, message, null),
                        cause);
            }
            if ("HY008".equals(sqlState)) {
                return new PermanentDatabricksException(
                        "The statement was cancelled", details("CANCELED", sqlState, message, null), cause);
            }
            boolean saidSo = message.errorClass() != null;
            if (sqlState == null && !saidSo) {
                return ofNothing(message);
            }
            if (sqlState != null && sqlState.startsWith("08") && !saidSo && phase == CallPhase.EXECUTE) {
                return unknown("The connection to the server broke", sqlState, message, null);
            }
            String text = with("The statement failed", message, sqlState);
            ErrorDetails details = details("FAILED", sqlState, message, null);
            boolean passes = sqlState != null && (sqlState.startsWith("08") || sqlState.startsWith("40"));
            return passes
                    ? new TransientDatabricksException(text, details, cause)
                    : new PermanentDatabricksException(text, details, cause);
        }

        private DatabricksException ofNothing(ServerMessage message) {
            ErrorDetails details = details(null, null, message, null);
            return switch (phase) {
                case CONNECT -> new TransientDatabricksException("No connection could be opened", details, cause);
                case EXECUTE -> unknown("The driver gave no reason", null, message, null);
                case FETCH -> new PermanentDatabricksException("The rows could not be read", details, cause);
            };
        }

        private DatabricksException unknown(String why, String sqlState, ServerMessage message, Integer status) {
            return new SubmitOutcomeUnknownException(
                    why + "; the statement may or may not have run, so look before repeating it",
                    details(null, sqlState, message, status),
                    cause);
        }

        private ErrorDetails details(String state, String sqlState, ServerMessage message, Integer status) {
            return new ErrorDetails(statementId, state, sqlState, message.errorClass(), status);
        }

        private String with(String text, ServerMessage message, String sqlState) {
            StringBuilder full = new StringBuilder(text);
            String said = message.toString();
            if (!said.isEmpty()) {
                full.append(": ").append(said);
            }
            if (sqlState != null) {
                full.append(" (SQLSTATE ").append(sqlState).append(')');
            }
            return full.toString();
        }

        private ServerMessage serverMessage() {
            ServerMessage first = null;
            for (Throwable link : chain) {
                ServerMessage message = ServerMessage.parse(link.getMessage(), sql);
                if (message.errorClass() != null) {
                    return message;
                }
                first = first == null ? message : first;
            }
            return first;
        }

        private String sqlState(ServerMessage message) {
            return chain.stream()
                    .filter(SQLException.class::isInstance)
                    .map(link -> ((SQLException) link).getSQLState())
                    .filter(state -> state != null && SQL_STATE.matcher(state).matches())
                    .findFirst()
                    .orElse(message.sqlState());
        }

        private boolean sessionGone() {
            return SessionLoss.isIn(chain, sql);
        }

        private String network() {
            Throwable last = null;
            for (Throwable link : chain) {
                if (link instanceof IOException) {
                    last = link;
                }
            }
            return last == null ? "no answer" : last.getClass().getSimpleName();
        }

        private boolean named(Set<String> names) {
            return chain.stream()
                    .anyMatch(link -> names.contains(link.getClass().getSimpleName()));
        }

        private boolean any(Class<? extends Throwable> type) {
            return chain.stream().anyMatch(type::isInstance);
        }
    }
}
