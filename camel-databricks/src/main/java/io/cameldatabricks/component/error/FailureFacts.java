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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an exception of the driver, its HTTP client or the pool says, with all its causes. The driver reports most failures
 * with names in place of a SQLSTATE and some with unchecked exceptions, so every link of the chain is looked at. Immutable.
 */
final class FailureFacts {

    private static final Pattern SQL_STATE = Pattern.compile("[0-9A-Z]{5}");
    private static final Pattern ERROR_CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,79}");

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

    private final Set<Throwable> chain;
    private final String sql;
    private final ServerMessage message;

    /** @param sql the text that was sent, or null; its words say nothing about the failure */
    FailureFacts(Throwable failure, String sql) {
        this.chain = chain(failure);
        this.sql = sql;
        this.message = serverMessage();
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
                .filter(FailureFacts::isOfSdk)
                .map(link -> HTTP_STATUS.get(link.getClass().getSimpleName()))
                .filter(status -> status != null)
                .findFirst()
                .orElseGet(() -> ThriftAnswer.httpStatus(chain));
    }

    Integer httpStatus() {
        return httpStatus(chain);
    }

    /** What of the server's words can be shown. */
    ServerMessage message() {
        return message;
    }

    /** The error class of the statement, or else the error code of the API, or null. */
    String errorCode() {
        if (message.errorClass() != null || httpStatus() == null) {
            // without an answer the code is one that the driver has made up
            return message.errorClass();
        }
        return chain.stream()
                .filter(FailureFacts::isOfSdk)
                .map(FailureFacts::apiErrorCode)
                .filter(code -> code != null && ERROR_CODE.matcher(code).matches())
                .findFirst()
                .orElse(null);
    }

    /** The five characters of the SQL standard, or null. */
    String sqlState() {
        return chain.stream()
                .filter(SQLException.class::isInstance)
                .map(link -> ((SQLException) link).getSQLState())
                .filter(state -> state != null && SQL_STATE.matcher(state).matches())
                .findFirst()
                .orElse(message.sqlState());
    }

    boolean sessionGone() {
        return SessionLoss.isIn(chain, sql);
    }

    /** No connection could be opened. */
    boolean neverSent() {
        return chain.stream()
                .anyMatch(link -> NEVER_SENT.contains(link.getClass().getSimpleName()));
    }

    /** What to do about a certificate, if that is what it is about. */
    Optional<String> certificate() {
        return CertificateFailure.explain(chain);
    }

    /** The driver stumbles over a statement that succeeded and has no result, since somebody has closed it. */
    boolean resultMissing() {
        return chain.stream()
                .anyMatch(link -> link instanceof NullPointerException
                        && link.getStackTrace().length > 0
                        && link.getStackTrace()[0].getClassName().endsWith(".DatabricksResultSet"));
    }

    boolean any(Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    /** The kind of network failure that came first. */
    String network() {
        Throwable last = null;
        for (Throwable link : chain) {
            if (link instanceof IOException) {
                last = link;
            }
        }
        return last == null ? "no answer" : last.getClass().getSimpleName();
    }

    private static boolean isOfSdk(Throwable link) {
        return link.getClass().getName().contains(".sdk.core.");
    }

    /** By the name of the method, as the classes are repackaged in the driver's jar. */
    private static String apiErrorCode(Throwable link) {
        try {
            Object code = link.getClass().getMethod("getErrorCode").invoke(link);
            return code == null ? null : code.toString();
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private ServerMessage serverMessage() {
        ServerMessage first = null;
        for (Throwable link : chain) {
            ServerMessage said = ServerMessage.parse(link.getMessage(), sql);
            if (said.errorClass() != null) {
                return said;
            }
            first = first == null ? said : first;
        }
        return first;
    }
}
