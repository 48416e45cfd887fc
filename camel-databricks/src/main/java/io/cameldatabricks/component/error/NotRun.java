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

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why it is certain that a statement did not run, although it was handed to the driver. Only then may it be sent again
 * without the user's word; every other failure leaves open whether it ran, and is not repeated.
 *
 * <p>First of all, the driver must have no id of the statement. It gets the id with the answer to the one request that
 * submits the statement, so that a failure with an id belongs to a later request: the statement was accepted, and may have
 * run. Then the failure itself must say that the submit was turned down, or never left this machine:
 *
 * <ul>
 *   <li>{@link #SESSION_GONE}: the server looks the session up before it reads the statement.
 *   <li>{@link #TOKEN_REFUSED}: HTTP 401, or 403 with the word that the token is invalid: the caller is known before
 *       anything is done for it.
 *   <li>{@link #NEVER_SENT}: there was no connection to send it over. The host has no address, or no route leads to it, or
 *       it refused the connection, or did not answer in time to the attempt to open one.
 *   <li>{@link #CONNECTION_CLOSED}: the driver's own connection object was closed before, and nothing was tried.
 * </ul>
 *
 * <p>What proves nothing: a connection that broke or timed out while it was written to or read from, HTTP 500, 502 and 504,
 * and a kept connection that the server had closed meanwhile; in each case the request may have arrived. HTTP 429 and 503
 * do mean that nothing was run, and the driver repeats them by itself with pauses; what it gives up on after that would not
 * be mended by one repetition more.
 */
public enum NotRun {
    /** The server does not know the session (any more). */
    SESSION_GONE,
    /** The server did not accept the token. */
    TOKEN_REFUSED,
    /** No connection to the server could be opened. */
    NEVER_SENT,
    /** The driver's connection was closed before the statement was handed to it. */
    CONNECTION_CLOSED;

    /** Thrown when a connection could not be opened, and at no other time. */
    private static final Set<String> BEFORE_SENDING = Set.of(
            "ConnectException",
            "HttpHostConnectException",
            "UnknownHostException",
            "NoRouteToHostException",
            "ConnectTimeoutException",
            "ConnectionPoolTimeoutException");

    private static final Pattern TOKEN_IS_INVALID =
            Pattern.compile("(?i)\\b(invalid|expired|malformed)\\b[^.\\n]{0,40}\\btoken\\b|\\btoken\\b[^.\\n]{0,40}"
                    + "\\b(invalid|expired|malformed)\\b");

    /** What the driver writes in place of a SQLSTATE. */
    private static final String CLOSED = "CONNECTION_CLOSED";

    /**
     * @param failure what the driver threw when the statement was executed
     * @param accepted whether the driver has an id of the statement, or may have
     * @param sql the text of the statement: its words in a message prove nothing
     * @return empty when the statement may have run
     */
    public static Optional<NotRun> proof(Throwable failure, boolean accepted, String sql) {
        if (accepted) {
            return Optional.empty();
        }
        Set<Throwable> chain = DriverFailure.chain(failure);
        if (SessionLoss.isIn(chain, sql)) {
            return Optional.of(SESSION_GONE);
        }
        Integer status = DriverFailure.httpStatus(chain);
        if (status != null) {
            return isAboutTheToken(status, chain, sql) ? Optional.of(TOKEN_REFUSED) : Optional.empty();
        }
        if (chain.stream()
                        .anyMatch(
                                link -> BEFORE_SENDING.contains(link.getClass().getSimpleName()))
                || ThriftAnswer.networkFailure(chain)
                        .filter(BEFORE_SENDING::contains)
                        .isPresent()) {
            return Optional.of(NEVER_SENT);
        }
        boolean closed =
                chain.stream().anyMatch(link -> link instanceof SQLException e && CLOSED.equals(e.getSQLState()));
        return closed ? Optional.of(CONNECTION_CLOSED) : Optional.empty();
    }

    private static boolean isAboutTheToken(int status, Set<Throwable> chain, String sql) {
        return status == 401
                || status == 403
                        && chain.stream()
                                .map(Throwable::getMessage)
                                .filter(message -> message != null)
                                .map(ThriftAnswer::withoutRequest)
                                .anyMatch(message -> TOKEN_IS_INVALID
                                        .matcher(sql == null ? message : message.replace(sql, ""))
                                        .find());
    }
}
