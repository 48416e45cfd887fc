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
import java.sql.SQLTimeoutException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure of the driver, of its HTTP client or of the pool becomes a {@link DatabricksException}; the
 * component's page shows the outcome as a table.
 *
 * <p>What the server says about the statement itself counts as it stands. Everything else, HTTP answers, lost sessions and
 * broken connections, is judged by how far the call had come: once the statement has an id, the server has accepted it, and
 * no such failure proves that it did not run. Stateless.
 */
public final class FailureTranslator {

    private static final Logger LOG = LoggerFactory.getLogger(FailureTranslator.class);

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
        return new Failure(new FailureFacts(failure, sql), phase, statementId, ScrubbedCause.of(failure)).translate();
    }

    private record Failure(FailureFacts facts, CallPhase phase, String statementId, ScrubbedCause cause) {

        DatabricksException translate() {
            if (facts.sessionGone()) {
                return accepted()
                        ? unknown("The session was closed while the statement was running")
                        : new RecoverableDatabricksException(
                                "The session was closed by the server; the next call opens a new one",
                                details(null),
                                cause);
            }
            Integer status = facts.httpStatus();
            if (status != null) {
                return accepted() ? unknown("Asking for its end failed (HTTP " + status + ")") : ofHttp(status);
            }
            if (facts.any(InterruptedException.class)) {
                return phase == CallPhase.EXECUTE
                        ? unknown("The thread was interrupted while the statement was running")
                        : passing("The thread was interrupted");
            }
            Optional<String> certificate = facts.certificate();
            if (certificate.isPresent()) {
                return accepted() ? unknown(certificate.get()) : permanent(certificate.get(), null);
            }
            if (facts.neverSent()) {
                String text = "The server could not be reached: " + facts.network();
                return accepted() ? unknown(text) : passing(text);
            }
            if (facts.any(IOException.class)) {
                String text = "The connection to the server broke: " + facts.network();
                return phase == CallPhase.EXECUTE ? unknown(text) : passing(text);
            }
            return ofSqlState();
        }

        /** The server has given the statement an id, and has not said how it ended. */
        private boolean accepted() {
            return phase == CallPhase.EXECUTE && statementId != null;
        }

        private DatabricksException ofHttp(int status) {
            return switch (status) {
                case 401 ->
                    new RecoverableDatabricksException(
                            "The server does not accept the token (HTTP 401); give a valid one with accessToken",
                            details(null),
                            cause);
                case 403 -> permanent("The token lacks a permission that this call needs (HTTP 403)", null);
                case 404 -> ofNotFound();
                case 429 ->
                    new RateLimitedException(
                            "The workspace refuses further calls for now (HTTP 429)", details(null), cause);
                case 503 -> passing("The service is not available now (HTTP 503)");
                case 500, 502, 504 -> {
                    String text = "The server answered HTTP " + status;
                    yield phase == CallPhase.EXECUTE ? unknown(text) : passing(text);
                }
                default -> permanent(with("The server refused the call (HTTP " + status + ")"), null);
            };
        }

        private DatabricksException ofNotFound() {
            return switch (phase) {
                case CONNECT ->
                    permanent(
                            "The server does not know this warehouse (HTTP 404); check warehouseId or httpPath", null);
                case EXECUTE ->
                    new RecoverableDatabricksException(
                            "The server does not know the session or the warehouse (HTTP 404)", details(null), cause);
                case FETCH ->
                    new ResultExpiredException(
                            "The statement succeeded, but its rows are no longer there (HTTP 404)",
                            details("CLOSED"),
                            cause);
            };
        }

        private DatabricksException ofSqlState() {
            String sqlState = facts.sqlState();
            if (facts.any(SQLTimeoutException.class) || "57KD0".equals(sqlState)) {
                return permanent(with("The statement ran longer than it may"), "CANCELED");
            }
            if ("HY008".equals(sqlState)) {
                return permanent("The statement was cancelled", "CANCELED");
            }
            boolean saidSo = facts.message().errorClass() != null;
            if (sqlState == null && !saidSo) {
                return ofNothing();
            }
            boolean link = sqlState != null && sqlState.startsWith("08");
            if (link && !saidSo) {
                String text = "The connection to the server broke";
                return phase == CallPhase.EXECUTE ? unknown(text) : passing(text);
            }
            if (link || WriteConflict.is(sqlState, facts.message().errorClass())) {
                return new TransientDatabricksException(with("The statement failed"), details("FAILED"), cause);
            }
            return permanent(with("The statement failed"), "FAILED");
        }

        private DatabricksException ofNothing() {
            return switch (phase) {
                case CONNECT -> passing("No connection could be opened");
                case EXECUTE -> unknown("The driver gave no reason");
                case FETCH -> ofUnreadable();
            };
        }

        private DatabricksException ofUnreadable() {
            if (facts.resultMissing()) {
                return new ResultExpiredException(
                        "The statement succeeded, but was closed before its rows were read", details("CLOSED"), cause);
            }
            // the driver's downloads of several chunks cancel each other when their links have expired
            return facts.any(CancellationException.class)
                    ? passing("The driver gave up reading the rows")
                    : permanent("The rows could not be read", null);
        }

        private DatabricksException unknown(String why) {
            return new SubmitOutcomeUnknownException(
                    why + "; the statement may or may not have run, so look before repeating it", details(null), cause);
        }

        private DatabricksException passing(String text) {
            return new TransientDatabricksException(text, details(null), cause);
        }

        private DatabricksException permanent(String text, String state) {
            return new PermanentDatabricksException(text, details(state), cause);
        }

        private ErrorDetails details(String state) {
            return new ErrorDetails(statementId, state, facts.sqlState(), facts.errorCode(), facts.httpStatus());
        }

        /** With what of the server's words can be shown. */
        private String with(String text) {
            StringBuilder full = new StringBuilder(text);
            String said = facts.message().toString();
            if (!said.isEmpty()) {
                full.append(": ").append(said);
            }
            if (facts.sqlState() != null) {
                full.append(" (SQLSTATE ").append(facts.sqlState()).append(')');
            }
            return full.toString();
        }
    }
}
