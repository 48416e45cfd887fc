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
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import com.databricks.internal.sdk.core.DatabricksError;
import com.databricks.internal.sdk.core.error.platform.BadRequest;
import com.databricks.internal.sdk.core.error.platform.DeadlineExceeded;
import com.databricks.internal.sdk.core.error.platform.InternalError;
import com.databricks.internal.sdk.core.error.platform.NotFound;
import com.databricks.internal.sdk.core.error.platform.PermissionDenied;
import com.databricks.internal.sdk.core.error.platform.TemporarilyUnavailable;
import com.databricks.internal.sdk.core.error.platform.TooManyRequests;
import com.databricks.internal.sdk.core.error.platform.Unauthenticated;
import com.databricks.jdbc.exception.DatabricksHttpException;
import com.databricks.jdbc.exception.DatabricksRetryHandlerException;
import com.databricks.jdbc.model.telemetry.enums.DatabricksDriverErrorCode;
import org.apache.camel.spi.HttpResponseAware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.cameldatabricks.component.error.CallPhase.ASK;
import static io.cameldatabricks.component.error.CallPhase.CONNECT;
import static io.cameldatabricks.component.error.CallPhase.EXECUTE;
import static io.cameldatabricks.component.error.CallPhase.FETCH;
import static io.cameldatabricks.component.error.CallPhase.SUBMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The table of failures, with the driver's own exceptions. */
class FailureTranslatorTest {

    static Stream<Arguments> failures() {
        Class<?> recoverable = RecoverableDatabricksException.class;
        Class<?> permanent = PermanentDatabricksException.class;
        Class<?> passing = TransientDatabricksException.class;
        Class<?> limited = RateLimitedException.class;
        Class<?> unknown = SubmitOutcomeUnknownException.class;
        return Stream.of(
                arguments("wrong token", driver(new Unauthenticated("x", null)), CONNECT, recoverable),
                arguments("expired token", new Unauthenticated("x", null), EXECUTE, recoverable),
                arguments("no permission", driver(new PermissionDenied("x", null)), EXECUTE, permanent),
                arguments("no such warehouse", driver(new NotFound("x", null)), CONNECT, permanent),
                arguments("rows gone", new NotFound("x", null), FETCH, ResultExpiredException.class),
                arguments("refused call", driver(new BadRequest("x", null)), EXECUTE, permanent),
                arguments("rate limit", driver(new TooManyRequests("x", null)), EXECUTE, limited),
                arguments("not available", driver(new TemporarilyUnavailable("x", null)), EXECUTE, passing),
                arguments("server error at submit", driver(new InternalError("x", null)), EXECUTE, unknown),
                arguments("server error at connect", driver(new InternalError("x", null)), CONNECT, passing),
                arguments("gateway timeout at submit", driver(new DeadlineExceeded("x", null)), EXECUTE, unknown),
                arguments("refused connection", driver(new ConnectException("x")), EXECUTE, passing),
                arguments("unknown host", driver(new UnknownHostException("x")), CONNECT, passing),
                arguments("no answer to a submit", driver(new SocketTimeoutException("x")), EXECUTE, unknown),
                arguments("no answer to a connect", driver(new SocketTimeoutException("x")), CONNECT, passing),
                arguments("broken while reading", driver(new IOException("x")), FETCH, passing),
                arguments("untrusted certificate", driver(new SSLHandshakeException("x")), CONNECT, permanent),
                arguments("interrupted", driver(new InterruptedException()), EXECUTE, unknown),
                arguments("interrupted before", driver(new InterruptedException()), CONNECT, passing),
                arguments("session lost", new SQLException("Invalid SessionHandle: x", "08000"), EXECUTE, recoverable),
                arguments("cancelled", new SQLException("Statement was cancelled", "HY008"), EXECUTE, permanent),
                arguments("client time-out", new SQLTimeoutException("x"), EXECUTE, permanent),
                arguments("server time-out", new SQLException("[X_Y] x", "57KD0"), EXECUTE, permanent),
                arguments("syntax", new SQLException("[PARSE_SYNTAX_ERROR] x", "42601"), EXECUTE, permanent),
                arguments("write conflict", new SQLException("[DELTA_CONCURRENT] x", "40001"), EXECUTE, passing),
                arguments("broken link", new SQLException("x", "08S01"), EXECUTE, unknown),
                arguments("server's own link", new SQLException("[UC_CLIENT] x", "08S01"), EXECUTE, passing),
                arguments("no reason at connect", new SQLException("x", "CONNECTION_ERROR"), CONNECT, passing),
                arguments("no reason at submit", new NullPointerException(), EXECUTE, unknown),
                arguments("link while reading", new SQLException("x", "08000"), FETCH, passing),
                arguments("cancelled download", new IllegalStateException(new CancellationException()), FETCH, passing),
                arguments("conflict", new SQLException("[DELTA_CONCURRENT_WRITE] x", "2D521"), EXECUTE, passing),
                arguments("changed", new SQLException("[DELTA_METADATA_CHANGED] x", "2D521"), EXECUTE, passing),
                arguments("no conflict", new SQLException("[DELTA_DUPLICATE] x", "2D521"), EXECUTE, permanent),
                arguments("no reason while reading", new IllegalStateException(), FETCH, permanent));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void shouldSayWhatToDoNext(String what, Throwable failure, CallPhase phase, Class<?> expected) {
        DatabricksException translated = FailureTranslator.translate(failure, phase, null, null);

        assertThat(translated).isExactlyInstanceOf(expected);
        assertThat(translated.getMessage()).isNotBlank();
    }

    static Stream<Arguments> answers() {
        Class<?> recoverable = RecoverableDatabricksException.class;
        Class<?> permanent = PermanentDatabricksException.class;
        Class<?> passing = TransientDatabricksException.class;
        Class<?> unknown = SubmitOutcomeUnknownException.class;
        return Stream.of(
                arguments(302, unknown, passing),
                arguments(400, permanent, permanent),
                arguments(401, recoverable, recoverable),
                arguments(403, permanent, permanent),
                arguments(404, permanent, permanent),
                arguments(408, unknown, passing),
                arguments(429, RateLimitedException.class, RateLimitedException.class),
                arguments(500, unknown, passing),
                arguments(501, unknown, passing),
                arguments(502, unknown, passing),
                arguments(503, passing, passing),
                arguments(504, unknown, passing));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void shouldSayTheSameOfAnAnswerWhateverItCameOver(int status, Class<?> toSubmit, Class<?> toQuestion) {
        FailureFacts rest = FailureFacts.ofHttp(status, "SOME_CODE", "about 'hunter2'");
        DatabricksError driver = new DatabricksError("SOME_CODE", "about 'hunter2'", status);

        DatabricksException submit = FailureTranslator.decide(rest, SUBMIT, null, null);
        DatabricksException question = FailureTranslator.decide(rest, ASK, "01f0", null);

        assertThat(submit).isExactlyInstanceOf(toSubmit);
        assertThat(question).isExactlyInstanceOf(toQuestion);
        assertThat(FailureTranslator.translate(driver(driver), ASK, "01f0", null))
                .isExactlyInstanceOf(toQuestion)
                .hasMessage(question.getMessage())
                .hasMessageContaining("HTTP " + status + " SOME_CODE")
                .hasMessageNotContaining("hunter2")
                .returns(status, DatabricksException::getHttpStatus);
        assertThat(FailureTranslator.translate(driver(driver), SUBMIT, null, null))
                .isExactlyInstanceOf(toSubmit)
                .hasMessage(submit.getMessage());
    }

    @Test
    void shouldNotTakeAStatusForAnAnswerThatTheDriverHasMadeUp() {
        DatabricksError madeUp = new DatabricksError("IO_ERROR", 523, new ConnectException("refused"));

        assertThat(FailureTranslator.translate(driver(madeUp), EXECUTE, null, null))
                .isExactlyInstanceOf(TransientDatabricksException.class)
                .hasMessage("The server could not be reached: ConnectException");
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, 42601, PARSE_SYNTAX_ERROR, false",
        "FAILED, 2D521, DELTA_CONCURRENT_APPEND, true",
        "FAILED, 40001, , true",
        "FAILED, 08S01, UC_CLIENT, true",
        "FAILED, , , false",
        "CANCELED, 57KD0, STATEMENT_TIMEOUT, false"
    })
    void shouldSayTheSameOfAFailedStatementWhateverItRanOver(
            String state, String sqlState, String errorClass, boolean mayBeRepeated) {
        FailureFacts told = FailureFacts.ofStatement(state, sqlState, errorClass, null);

        DatabricksException failure = FailureTranslator.decide(told, ASK, "01f0", null);

        assertThat(failure)
                .isExactlyInstanceOf(
                        mayBeRepeated ? TransientDatabricksException.class : PermanentDatabricksException.class);
        assertThat(failure.getState()).isEqualTo(state);
        assertThat(failure.getSqlState()).isEqualTo(sqlState);
        assertThat(failure.getErrorCode()).isEqualTo(errorClass);
        if (sqlState != null && errorClass != null && state.equals("FAILED")) {
            assertThat(FailureTranslator.translate(
                            new SQLException("[" + errorClass + "] x", sqlState), EXECUTE, "01f0", null))
                    .isExactlyInstanceOf(failure.getClass())
                    .hasMessage(failure.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(CallPhase.class)
    void shouldDecideAboutEveryKindInEveryPhase(CallPhase phase) {
        for (FailureFacts.Kind kind : FailureFacts.Kind.values()) {
            if (kind != FailureFacts.Kind.HTTP_ANSWER) {
                assertThat(FailureTranslator.decide(FailureFacts.of(kind, "because"), phase, null, null))
                        .as("%s", kind)
                        .hasMessageMatching("[A-Zb].+");
            }
        }
    }

    @Test
    void shouldTellOfAConnectionThatWasNeverOpenedOverThrift() {
        SQLException refused = driver(new DatabricksHttpException(
                "Caught error while executing http request: [http://h]. Error Message: [java.net.ConnectException: no]",
                DatabricksDriverErrorCode.INVALID_STATE));
        SQLException broken = driver(new DatabricksHttpException(
                "Caught error while executing http request: [http://h]. Error Message: [java.net.SocketException: no]",
                DatabricksDriverErrorCode.INVALID_STATE));

        assertThat(FailureTranslator.translate(refused, EXECUTE, null, null))
                .isExactlyInstanceOf(TransientDatabricksException.class)
                .hasMessage("The server could not be reached: ConnectException");
        assertThat(FailureTranslator.translate(broken, EXECUTE, null, null))
                .isExactlyInstanceOf(SubmitOutcomeUnknownException.class)
                .hasMessageStartingWith("The connection to the server broke: SocketException");
    }

    @Test
    void shouldFindTheAnswerAfterWhichTheDriverGaveUp() {
        String words = "Retry failure. HTTP response code: 429, Error Message: x";
        SQLException hidden = driver(new DatabricksHttpException(
                "Caught error while executing http request: [http://h]. Error Message: [com.databricks.jdbc.exception."
                        + "DatabricksRetryHandlerException: " + words + "]",
                DatabricksDriverErrorCode.INVALID_STATE));

        assertThat(FailureTranslator.translate(hidden, EXECUTE, null, null))
                .isExactlyInstanceOf(RateLimitedException.class)
                .returns(429, DatabricksException::getHttpStatus);
        assertThat(FailureTranslator.translate(
                        driver(new DatabricksRetryHandlerException(words, 429)), EXECUTE, null, null))
                .isExactlyInstanceOf(RateLimitedException.class);
        // a value of the statement may say the same
        assertThat(FailureTranslator.translate(new SQLException(words), EXECUTE, null, null))
                .isExactlyInstanceOf(SubmitOutcomeUnknownException.class);
    }

    static Stream<Throwable> doubtful() {
        return Stream.of(
                new Unauthenticated("x", null),
                new PermissionDenied("x", null),
                new NotFound("x", null),
                new BadRequest("x", null),
                new TooManyRequests("x", null),
                new TemporarilyUnavailable("x", null),
                new InternalError("x", null),
                new ConnectException("x"),
                new SSLHandshakeException("x"),
                new IOException("x"),
                new InterruptedException(),
                new SQLException("Invalid SessionHandle: x", "08000"));
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void shouldNotSayThatAnAcceptedStatementDidNotRun(Throwable failure) {
        DatabricksException translated = FailureTranslator.translate(driver(failure), EXECUTE, "01f0", null);

        assertThat(translated).isExactlyInstanceOf(SubmitOutcomeUnknownException.class);
        assertThat(translated.getStatementId()).isEqualTo("01f0");
    }

    @Test
    void shouldTakeTheServersWordForTheEndOfAnAcceptedStatement() {
        SQLException failure = new SQLException("[PARSE_SYNTAX_ERROR] x", "42601");

        assertThat(FailureTranslator.translate(failure, EXECUTE, "01f0", null))
                .isExactlyInstanceOf(PermanentDatabricksException.class);
    }

    @Test
    void shouldShowHealthChecksTheHttpStatus() {
        DatabricksException limited = FailureTranslator.translate(new TooManyRequests("x", null), CONNECT, null, null);
        DatabricksException broken = FailureTranslator.translate(new ConnectException("x"), CONNECT, null, null);

        assertThat(limited).isInstanceOf(HttpResponseAware.class);
        assertThat(limited.getHttpResponseCode()).isEqualTo(429);
        assertThat(broken.getHttpResponseCode()).isZero();
        assertThatThrownBy(() -> limited.setHttpResponseCode(200)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldKeepSqlAndValuesOutOfMessagesAndCauses() {
        String sql = "SELECT * FROM t WHERE password = 'hunter2'";
        SQLException cause = new SQLException("... -> " + sql, "22018");
        SQLException failure = new SQLException(
                "[CAST_INVALID_INPUT] The value 'hunter2' cannot be cast. SQLSTATE: 22018 == SQL == " + sql,
                "22018",
                cause);

        DatabricksException translated = FailureTranslator.translate(failure, EXECUTE, "01f0", sql);

        for (Throwable link = translated; link != null; link = link.getCause()) {
            assertThat(link.toString()).doesNotContain("hunter2", "password");
        }
        assertThat(translated).hasMessage("The statement failed: CAST_INVALID_INPUT (SQLSTATE 22018)");
        assertThat(translated.getCause().getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(translated.getCause().getCause()).isNotNull();
    }

    @Test
    void shouldNotTakeTheWordsOfAStatementForAnExpiredSession() {
        SQLException failure = new SQLException("[USER_RAISED_EXCEPTION] the session was closed", "P0001");

        assertThat(FailureTranslator.translate(failure, EXECUTE, null, null))
                .isInstanceOf(PermanentDatabricksException.class);
    }

    @Test
    void shouldEndOnAChainThatBitesItsTail() {
        SQLException head = new SQLException("x", "42000");
        SQLException tail = new SQLException("y");
        head.initCause(tail);
        tail.initCause(head);

        assertThat(FailureTranslator.translate(head, EXECUTE, null, null))
                .isInstanceOf(PermanentDatabricksException.class);
    }

    @Test
    void shouldLeaveItsOwnExceptionsAlone() {
        DatabricksException known = new TransientDatabricksException("x", ErrorDetails.none(), null);

        assertThat(FailureTranslator.translate(known, EXECUTE, null, null)).isSameAs(known);
    }

    /** As the driver wraps what its HTTP client threw. */
    private static SQLException driver(Throwable cause) {
        return new SQLException("Error while executing", "EXECUTE_STATEMENT_FAILED", cause);
    }
}
