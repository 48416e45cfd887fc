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
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;

import io.cameldatabricks.component.error.FailureFacts.Kind;

/**
 * Gathers the facts of what the driver, its HTTP client or the pool threw, with all its causes. The driver reports most
 * failures with names in place of a SQLSTATE and some with unchecked exceptions, so every link of the chain is looked at.
 * Immutable.
 */
final class DriverFailure {

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

    private DriverFailure(Throwable failure, String sql) {
        this.chain = chain(failure);
        this.sql = sql;
        this.message = serverMessage();
    }

    /** @param sql the text that was sent, or null; its words say nothing about the failure */
    static FailureFacts facts(Throwable failure, String sql) {
        return new DriverFailure(failure, sql).facts();
    }

    private FailureFacts facts() {
        Kind kind = kind();
        String detail =
                switch (kind) {
                    case UNTRUSTED -> CertificateFailure.explain(chain).orElseThrow();
                    case NEVER_SENT, BROKEN -> network();
                    default -> null;
                };
        return new FailureFacts(
                kind,
                null,
                httpStatus(chain),
                sqlState(),
                message.errorClass(),
                errorCode(),
                message.toString(),
                detail);
    }

    /** The first that fits: what comes earlier says more about what has become of the statement. */
    private Kind kind() {
        if (SessionLoss.isIn(chain, sql)) {
            return Kind.SESSION_GONE;
        }
        if (httpStatus(chain) != null) {
            return Kind.HTTP_ANSWER;
        }
        if (any(InterruptedException.class)) {
            return Kind.INTERRUPTED;
        }
        if (CertificateFailure.explain(chain).isPresent()) {
            return Kind.UNTRUSTED;
        }
        if (neverSent()) {
            return Kind.NEVER_SENT;
        }
        if (any(IOException.class) || ThriftAnswer.networkFailure(chain).isPresent()) {
            return Kind.BROKEN;
        }
        return ofSqlState(sqlState());
    }

    private Kind ofSqlState(String sqlState) {
        if (any(SQLTimeoutException.class) || "57KD0".equals(sqlState)) {
            return Kind.TIMED_OUT;
        }
        if ("HY008".equals(sqlState)) {
            return Kind.CANCELED;
        }
        if (message.errorClass() == null && (sqlState == null || sqlState.startsWith("08"))) {
            return sqlState == null ? ofNothing() : Kind.BROKEN;
        }
        return Kind.STATEMENT;
    }

    private Kind ofNothing() {
        if (resultMissing()) {
            return Kind.RESULT_MISSING;
        }
        // the driver's downloads of several chunks cancel each other when their links have expired
        return any(CancellationException.class) ? Kind.GIVEN_UP : Kind.NOTHING;
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
        // the driver makes up a status where the network failed
        boolean answered = chain.stream().noneMatch(IOException.class::isInstance);
        return chain.stream()
                .filter(DriverFailure::isOfSdk)
                .map(link -> httpStatus(link, answered))
                .filter(status -> status != null)
                .findFirst()
                .orElseGet(() -> ThriftAnswer.httpStatus(chain));
    }

    /** The error class of the statement, or else the error code of the API, or null. */
    private String errorCode() {
        if (message.errorClass() != null || httpStatus(chain) == null) {
            // without an answer the code is one that the driver has made up
            return message.errorClass();
        }
        return chain.stream()
                .filter(DriverFailure::isOfSdk)
                .map(link -> answered(link, "getErrorCode"))
                .map(code -> code == null ? null : code.toString())
                .filter(code -> code != null && ERROR_CODE.matcher(code).matches())
                .findFirst()
                .orElse(null);
    }

    /** The five characters of the SQL standard, or null. */
    private String sqlState() {
        return chain.stream()
                .filter(SQLException.class::isInstance)
                .map(link -> ((SQLException) link).getSQLState())
                .filter(state -> state != null && SQL_STATE.matcher(state).matches())
                .findFirst()
                .orElse(message.sqlState());
    }

    /** No connection could be opened. */
    private boolean neverSent() {
        return chain.stream()
                        .anyMatch(link -> NEVER_SENT.contains(link.getClass().getSimpleName()))
                || ThriftAnswer.networkFailure(chain)
                        .filter(NEVER_SENT::contains)
                        .isPresent();
    }

    /** The driver stumbles over a statement that succeeded and has no result, since somebody has closed it. */
    private boolean resultMissing() {
        return chain.stream()
                .anyMatch(link -> link instanceof NullPointerException
                        && link.getStackTrace().length > 0
                        && link.getStackTrace()[0].getClassName().endsWith(".DatabricksResultSet"));
    }

    private boolean any(Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    /** The kind of network failure that came first. */
    private String network() {
        Throwable last = null;
        for (Throwable link : chain) {
            if (link instanceof IOException) {
                last = link;
            }
        }
        return last == null
                ? ThriftAnswer.networkFailure(chain).orElse(null)
                : last.getClass().getSimpleName();
    }

    private static boolean isOfSdk(Throwable link) {
        return link.getClass().getName().contains(".sdk.core.");
    }

    private static Integer httpStatus(Throwable link, boolean answered) {
        Integer known = HTTP_STATUS.get(link.getClass().getSimpleName());
        if (known != null || !answered) {
            return known;
        }
        return answered(link, "getStatusCode") instanceof Integer status && status >= 300 && status < 600
                ? status
                : null;
    }

    /** By the name of the method, as the classes are repackaged in the driver's jar. */
    private static Object answered(Throwable link, String method) {
        try {
            return link.getClass().getMethod(method).invoke(link);
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
