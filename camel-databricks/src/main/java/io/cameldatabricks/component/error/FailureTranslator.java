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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure becomes a {@link DatabricksException}, whatever the call went over: the driver, its HTTP
 * client, the pool, or the REST API. Each transport gathers its {@link FailureFacts}, and here it is decided what they mean;
 * the component's page shows the outcome as a table.
 *
 * <p>What the server says about the statement itself counts as it stands. Everything else, HTTP answers, lost sessions and
 * broken connections, is judged by how far the call had come: once the statement has an id, the server has accepted it, and
 * no such failure proves that it did not run. Stateless.
 */
public final class FailureTranslator {

    private static final Logger LOG = LoggerFactory.getLogger(FailureTranslator.class);

    private FailureTranslator() {}

    /**
     * Decides about what the driver or the pool threw.
     *
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
        return decide(DriverFailure.facts(failure, sql), phase, statementId, ScrubbedCause.of(failure));
    }

    /**
     * Decides about what any transport saw.
     *
     * @param phase how far the call had come
     * @param statementId the id of the statement, or null
     * @param cause for the stack; its message must hold no SQL text and no values; null for none
     */
    public static DatabricksException decide(FailureFacts facts, CallPhase phase, String statementId, Throwable cause) {
        return new Decision(facts, phase, statementId, cause).make();
    }

    private record Decision(FailureFacts facts, CallPhase phase, String statementId, Throwable cause) {

        DatabricksException make() {
            return switch (facts.kind()) {
                case SESSION_GONE ->
                    accepted()
                            ? unknown("The session was closed while the statement was running")
                            : recoverable("The session was closed by the server; the next call opens a new one");
                case HTTP_ANSWER -> accepted() ? unknown("Asking for its end failed" + http()) : ofHttp();
                case UNREADABLE_ANSWER -> doubt("The server's answer cannot be read: " + facts.detail());
                case NO_TOKEN -> accepted() ? unknown(facts.detail()) : recoverable(facts.detail());
                case INTERRUPTED ->
                    decidesAboutARun()
                            ? unknown("The thread was interrupted while the statement was running")
                            : passing("The thread was interrupted");
                case UNTRUSTED -> accepted() ? unknown(facts.detail()) : permanent(facts.detail(), null);
                case NEVER_SENT -> {
                    String text = "The server could not be reached" + detail();
                    yield accepted() ? unknown(text) : passing(text);
                }
                case BROKEN -> doubt("The connection to the server broke" + detail());
                case TIMED_OUT ->
                    phase == CallPhase.ASK && facts.sqlState() == null
                            ? ofNothing()
                            : permanent(withReason("The statement ran longer than it may"), "CANCELED");
                case CANCELED -> permanent("The statement was cancelled", "CANCELED");
                case STATEMENT -> ofStatement();
                case RESULT_MISSING -> phase.hasResult() ? missing() : ofNothing();
                case GIVEN_UP -> phase.hasResult() ? passing("The driver gave up reading the rows") : ofNothing();
                case NOTHING -> ofNothing();
            };
        }

        /** The server has given the statement an id, and has not said how it ended. */
        private boolean accepted() {
            return phase == CallPhase.EXECUTE && statementId != null;
        }

        private boolean decidesAboutARun() {
            return phase == CallPhase.EXECUTE || phase == CallPhase.SUBMIT;
        }

        private DatabricksException ofHttp() {
            int status = facts.httpStatus();
            return switch (status) {
                case 401 ->
                    recoverable("The server does not accept the token" + http() + "; give a valid one with"
                            + " accessToken");
                case 403 -> permanent("The token lacks a permission that this call needs" + http(), null);
                case 404 -> ofNotFound();
                case 429 ->
                    new RateLimitedException(
                            "The workspace refuses further calls for now" + http(), details(null), cause);
                case 503 -> passing("The service is not available now" + http());
                default ->
                    saysNothing(status)
                            ? doubt("The server answered" + http())
                            : permanent(withReason("The server refused the call" + http()), null);
            };
        }

        /** 1xx and 3xx are nothing that a warehouse gives; 408 and 5xx say that something went wrong on the way. */
        private static boolean saysNothing(int status) {
            return status == 408 || status >= 500 || status < 400;
        }

        private DatabricksException ofNotFound() {
            return switch (phase) {
                case CONNECT ->
                    permanent(
                            "The server does not know this warehouse" + http() + "; check warehouseId or httpPath",
                            null);
                case SUBMIT -> permanent("The workspace does not know this warehouse" + http(), null);
                case EXECUTE -> recoverable("The server does not know the session or the warehouse" + http());
                case FETCH ->
                    new ResultExpiredException(
                            "The statement succeeded, but its rows are no longer there" + http(),
                            details("CLOSED"),
                            cause);
                case ASK -> permanent("The workspace does not know this" + http(), null);
            };
        }

        private DatabricksException ofStatement() {
            String text = withReason("The statement failed");
            boolean link = facts.sqlState() != null && facts.sqlState().startsWith("08");
            return link || WriteConflict.is(facts.sqlState(), facts.errorClass())
                    ? new TransientDatabricksException(text, details("FAILED"), cause)
                    : permanent(text, "FAILED");
        }

        private DatabricksException missing() {
            return new ResultExpiredException(
                    "The statement succeeded, but was closed before its rows were read", details("CLOSED"), cause);
        }

        private DatabricksException ofNothing() {
            return switch (phase) {
                case CONNECT -> passing("No connection could be opened" + detail());
                case EXECUTE, SUBMIT -> unknown("The call failed without a reason" + detail());
                case FETCH -> permanent("The rows could not be read" + detail(), null);
                case ASK -> passing("The call failed without a reason" + detail());
            };
        }

        /** What was asked for may have been done or not. */
        private DatabricksException doubt(String text) {
            return decidesAboutARun() ? unknown(text) : passing(text);
        }

        private DatabricksException unknown(String why) {
            return new SubmitOutcomeUnknownException(
                    why + "; the statement may or may not have run, so look before repeating it", details(null), cause);
        }

        private DatabricksException passing(String text) {
            return new TransientDatabricksException(text, details(null), cause);
        }

        private DatabricksException recoverable(String text) {
            return new RecoverableDatabricksException(text, details(null), cause);
        }

        private DatabricksException permanent(String text, String state) {
            return new PermanentDatabricksException(text, details(state), cause);
        }

        private ErrorDetails details(String state) {
            return new ErrorDetails(
                    statementId,
                    facts.state() == null ? state : facts.state(),
                    facts.sqlState(),
                    facts.errorCode(),
                    facts.httpStatus());
        }

        private String http() {
            return " (HTTP " + facts.httpStatus() + (facts.errorCode() == null ? "" : " " + facts.errorCode()) + ")";
        }

        private String detail() {
            return facts.detail() == null ? "" : ": " + facts.detail();
        }

        /** With what of the server's words can be shown. */
        private String withReason(String text) {
            return text
                    + (facts.said().isEmpty() ? "" : ": " + facts.said())
                    + (facts.sqlState() == null ? "" : " (SQLSTATE " + facts.sqlState() + ")");
        }
    }
}
