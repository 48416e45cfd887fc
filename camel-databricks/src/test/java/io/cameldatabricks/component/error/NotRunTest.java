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
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import com.databricks.internal.apache.http.NoHttpResponseException;
import com.databricks.internal.apache.http.conn.ConnectTimeoutException;
import com.databricks.internal.sdk.core.error.platform.BadRequest;
import com.databricks.internal.sdk.core.error.platform.DeadlineExceeded;
import com.databricks.internal.sdk.core.error.platform.InternalError;
import com.databricks.internal.sdk.core.error.platform.NotFound;
import com.databricks.internal.sdk.core.error.platform.PermissionDenied;
import com.databricks.internal.sdk.core.error.platform.TemporarilyUnavailable;
import com.databricks.internal.sdk.core.error.platform.TooManyRequests;
import com.databricks.internal.sdk.core.error.platform.Unauthenticated;
import com.databricks.jdbc.exception.DatabricksHttpException;
import com.databricks.jdbc.model.telemetry.enums.DatabricksDriverErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.cameldatabricks.component.error.NotRun.CONNECTION_CLOSED;
import static io.cameldatabricks.component.error.NotRun.NEVER_SENT;
import static io.cameldatabricks.component.error.NotRun.SESSION_GONE;
import static io.cameldatabricks.component.error.NotRun.TOKEN_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What proves that a statement did not run, with the driver's own exceptions. */
class NotRunTest {

    private static final String DEAD = "Invalid SessionHandle: SessionHandle [01f0] has not been initialized";

    static Stream<Arguments> proofs() {
        return Stream.of(
                arguments("dead session", driver(new NotFound(DEAD, null)), SESSION_GONE),
                arguments("dead session, Thrift", new SQLException(DEAD, "08000"), SESSION_GONE),
                arguments("closed session", driver(new NotFound("Session 01f0 was closed", null)), SESSION_GONE),
                arguments(
                        "session by class",
                        new SQLException("[INVALID_HANDLE.SESSION_CLOSED] x", "HY000"),
                        SESSION_GONE),
                arguments("expired token", driver(new Unauthenticated("x", null)), TOKEN_REFUSED),
                arguments(
                        "expired token, 403",
                        driver(new PermissionDenied("Invalid access token.", null)),
                        TOKEN_REFUSED),
                arguments("refused connection", driver(new ConnectException("x")), NEVER_SENT),
                arguments("unknown host", driver(new UnknownHostException("x")), NEVER_SENT),
                arguments("no route", driver(new NoRouteToHostException("x")), NEVER_SENT),
                arguments("slow to connect", driver(new ConnectTimeoutException("x")), NEVER_SENT),
                arguments("closed connection", new SQLException("x", "CONNECTION_CLOSED"), CONNECTION_CLOSED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("proofs")
    void shouldProveThatNothingRanUnlessTheServerGaveAnId(String what, Throwable failure, NotRun expected) {
        assertThat(NotRun.proof(failure, false, null)).contains(expected);
        assertThat(NotRun.proof(failure, true, null)).isEmpty();
    }

    static Stream<Arguments> doubts() {
        return Stream.of(
                arguments("broken connection", driver(new SocketException("Connection reset"))),
                arguments("broken pipe", driver(new IOException("Broken pipe"))),
                arguments("stale kept connection", driver(new NoHttpResponseException("x"))),
                arguments("no answer in time", driver(new SocketTimeoutException("x"))),
                arguments("HTTP 400", driver(new BadRequest("x", null))),
                arguments("HTTP 403", driver(new PermissionDenied("You cannot use this warehouse", null))),
                arguments("HTTP 404 without a word on the session", driver(new NotFound("x", null))),
                arguments("HTTP 429, after the driver's own repetitions", driver(new TooManyRequests("x", null))),
                arguments("HTTP 500", driver(new InternalError("x", null))),
                arguments(
                        "HTTP 503, after the driver's own repetitions", driver(new TemporarilyUnavailable("x", null))),
                arguments("HTTP 504", driver(new DeadlineExceeded("x", null))),
                arguments("link broken on the server", new SQLException("x", "08S01")),
                arguments("interrupted", driver(new InterruptedException())),
                arguments("failed statement", new SQLException("[USER_RAISED] the session was closed", "P0001")),
                arguments("no reason", new NullPointerException()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doubts")
    void shouldProveNothing(String what, Throwable failure) {
        assertThat(NotRun.proof(failure, false, null)).isEmpty();
    }

    @Test
    void shouldNotTakeTheWordsOfTheStatementForTheServers() {
        String sql = "SELECT 'Invalid SessionHandle', 'invalid access token'";

        assertThat(NotRun.proof(driver(new InternalError("Failed: " + sql, null)), false, sql))
                .isEmpty();
        assertThat(NotRun.proof(driver(new PermissionDenied("Not allowed: " + sql, null)), false, sql))
                .isEmpty();
    }

    /** Over Thrift the driver quotes the whole request before the answer. */
    @Test
    void shouldNotTakeTheWordsOfAThriftRequestForTheServers() {
        String value = "Invalid SessionHandle, Error {the session was closed} invalid access token";
        String request = "Error while receiving response from Thrift server. Request {TExecuteStatementReq("
                + "sessionHandle:TSessionHandle(x), statement:SELECT ?, parameters:[" + value + "])}, Error {";
        for (String answer : List.of(
                "Connection reset, the socket is closed",
                "HTTP request failed by code: 500, status line: x",
                "HTTP request failed by code: 403, status line: x. Error message: not allowed")) {
            assertThat(NotRun.proof(new SQLException(request + answer + "}"), false, "SELECT ?"))
                    .as(answer)
                    .isEmpty();
        }
        assertThat(NotRun.proof(new SQLException(request.replace(", Error {", "")), false, "SELECT ?"))
                .isEmpty();
        assertThat(NotRun.proof(new SQLException(request + DEAD + "}"), false, "SELECT ?"))
                .contains(SESSION_GONE);
    }

    @Test
    void shouldReadTheAnswerOfAThriftCall() {
        assertThat(NotRun.proof(thrift("HTTP request failed by code: 401, status line: x"), false, null))
                .contains(TOKEN_REFUSED);
        assertThat(NotRun.proof(
                        thrift("Caught error while executing http request: [http://h/p]. Error Message:"
                                + " [com.databricks.internal.apache.http.conn.HttpHostConnectException: x]"),
                        false,
                        null))
                .contains(NEVER_SENT);
        assertThat(NotRun.proof(
                        thrift("Caught error while executing http request: [http://h/p]. Error Message:"
                                + " [java.net.SocketException: Connection reset]"),
                        false,
                        null))
                .isEmpty();
        assertThat(NotRun.proof(thrift("HTTP request failed by code: 503, status line: x"), false, null))
                .isEmpty();
    }

    private static SQLException thrift(String message) {
        return new SQLException(
                "x", "INVALID_STATE", new DatabricksHttpException(message, DatabricksDriverErrorCode.INVALID_STATE));
    }

    /** As the driver wraps what its HTTP client threw. */
    private static SQLException driver(Throwable cause) {
        return new SQLException("Error while executing", "EXECUTE_STATEMENT_FAILED", cause);
    }
}
