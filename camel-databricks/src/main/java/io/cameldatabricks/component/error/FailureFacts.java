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

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What one transport saw of a failure, in words that all of them share; what follows from it is decided in
 * {@link FailureTranslator} only. Nothing in it quotes SQL text or values. Immutable.
 *
 * @param kind what was seen
 * @param state the state of the statement that the server told, or null
 * @param httpStatus of the answer, or null when there was none
 * @param sqlState the five characters of the SQL standard, or null
 * @param errorClass that the server gave a statement which failed, such as TABLE_OR_VIEW_NOT_FOUND, or null
 * @param errorCode the error class, or else the error code of the API, or null
 * @param said what of the server's words can be shown; empty for nothing
 * @param detail of the kind, see there; null for none
 */
public record FailureFacts(
        Kind kind,
        String state,
        Integer httpStatus,
        String sqlState,
        String errorClass,
        String errorCode,
        String said,
        String detail) {

    private static final Pattern ERROR_CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,79}");

    /** What was seen. */
    public enum Kind {
        /** The server does not know the session. */
        SESSION_GONE,
        /** The server answered, with another status than success. */
        HTTP_ANSWER,
        /** The server answered with success, and with what cannot be understood; the detail says why. */
        UNREADABLE_ANSWER,
        /** There is no token to call with; the detail says why. */
        NO_TOKEN,
        /** The thread that waited was interrupted. */
        INTERRUPTED,
        /** The certificate of one side is not accepted; the detail says what to do. */
        UNTRUSTED,
        /** No connection could be opened, or nothing was written to it; the detail has the kind of exception. */
        NEVER_SENT,
        /** The connection broke, or nothing was answered in time; the detail has the kind of exception, or is null. */
        BROKEN,
        /** The statement ran longer than it may. */
        TIMED_OUT,
        /** The statement was cancelled. */
        CANCELED,
        /** The server says that the statement failed. */
        STATEMENT,
        /** The statement succeeded, and its result is not there. */
        RESULT_MISSING,
        /** The driver gave up reading rows. */
        GIVEN_UP,
        /** No reason was given; the detail may have the kind of exception. */
        NOTHING
    }

    public FailureFacts {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(said);
    }

    /** Where there was no answer that says anything. */
    public static FailureFacts of(Kind kind, String detail) {
        return new FailureFacts(kind, null, null, null, null, null, "", detail);
    }

    /** @param failure of the TLS handshake */
    public static FailureFacts untrusted(Throwable failure) {
        return of(
                Kind.UNTRUSTED,
                CertificateFailure.explain(DriverFailure.chain(failure)).orElse("The TLS handshake failed"));
    }

    /** An answer of success, and what is wrong with it. */
    public static FailureFacts unreadable(String why) {
        return new FailureFacts(Kind.UNREADABLE_ANSWER, null, 200, null, null, null, "", why);
    }

    /**
     * An answer of the API.
     *
     * @param status none of success
     * @param errorCode as the API gave it, or anything
     * @param message as the API gave it, or null; only what is harmless of it is kept
     */
    public static FailureFacts ofHttp(int status, String errorCode, String message) {
        ServerMessage said = ServerMessage.parse(message, null);
        String api = errorCode != null && ERROR_CODE.matcher(errorCode).matches() ? errorCode : null;
        return new FailureFacts(
                Kind.HTTP_ANSWER,
                null,
                status,
                said.sqlState(),
                said.errorClass(),
                said.errorClass() == null ? api : said.errorClass(),
                said.toString(),
                null);
    }

    /**
     * The end of a statement, as the server told it.
     *
     * @param state FAILED or CANCELED
     * @param said what of the server's words can be shown, or null
     */
    public static FailureFacts ofStatement(String state, String sqlState, String errorCode, String said) {
        String shown = said == null ? errorCode : said;
        return new FailureFacts(
                "CANCELED".equals(state) ? Kind.CANCELED : Kind.STATEMENT,
                state,
                null,
                sqlState,
                errorCode,
                errorCode,
                shown == null ? "" : shown,
                null);
    }
}
