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
package io.cameldatabricks.component.client.sea;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RateLimitedException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.ServerMessage;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.retry.NotSentException;
import io.cameldatabricks.component.statement.StatementId;

/**
 * What went wrong with a call, in one table. The server's own words are shown only as far as {@link ServerMessage} finds
 * them harmless.
 */
public final class SeaErrors {

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,79}");
    private static final Set<String> GONE = Set.of("NOT_FOUND", "RESOURCE_DOES_NOT_EXIST");

    /** Who called, which decides what a doubtful answer means. */
    public enum Purpose {
        /** The answer decides whether a statement runs. */
        SUBMIT,
        /** May be asked again. */
        ANY_OTHER
    }

    private SeaErrors() {}

    /** Whether the API itself says that it does not know the statement: a gateway's 404 says nothing about it. */
    static boolean statementGone(HttpAnswer answer) {
        if (answer.status() != 404) {
            return false;
        }
        return statementGone(
                SeaJson.readOrMissing(answer.body()).path("error_code").asText(""));
    }

    /** @param errorCode of the API in an answer with status 404 */
    public static boolean statementGone(String errorCode) {
        return errorCode != null && GONE.contains(errorCode);
    }

    /**
     * @param answer of another status than success
     * @param id the statement, or null
     */
    static DatabricksException of(HttpAnswer answer, Purpose purpose, StatementId id) {
        JsonNode body = SeaJson.readOrMissing(answer.body());
        return of(
                answer.status(),
                body.path("error_code").asText(""),
                body.path("message").asText(null),
                purpose,
                id);
    }

    /**
     * @param status of the HTTP answer, none of success
     * @param errorCode as the API gave it, or anything
     * @param message of the API, or null; not shown
     * @param id the statement, or null
     */
    public static DatabricksException of(
            int status, String errorCode, String message, Purpose purpose, StatementId id) {
        ServerMessage said = ServerMessage.parse(message, null);
        String code = said.errorClass() != null ? said.errorClass() : code(errorCode);
        ErrorDetails details =
                new ErrorDetails(id == null ? null : id.publicPart(), null, said.sqlState(), code, status);
        String http = " (HTTP " + status + (code == null ? "" : " " + code) + ")";
        return switch (status) {
            case 401 ->
                new RecoverableDatabricksException("The workspace does not accept the token" + http, details, null);
            case 403 ->
                new PermanentDatabricksException(
                        "The token lacks a permission that this call needs" + http, details, null);
            case 404 ->
                purpose == Purpose.SUBMIT
                        ? new PermanentDatabricksException(
                                "The workspace does not know this warehouse" + http, details, null)
                        : new PermanentDatabricksException("The workspace does not know this" + http, details, null);
            case 429 -> new RateLimitedException("The workspace refuses further calls for now" + http, details, null);
            case 503 -> new TransientDatabricksException("The service is not available now" + http, details, null);
            default ->
                doubtful(status)
                        ? doubt(purpose, "The server answered" + http, details, null)
                        : new PermanentDatabricksException(
                                "The server refused the call" + http
                                        + (shown(said).isEmpty() ? "" : ": " + shown(said)),
                                details,
                                null);
        };
    }

    /** @param failure as {@link SeaHttp} throws it; an exception of ours is returned as it is */
    static RuntimeException of(Throwable failure, Purpose purpose, StatementId id) {
        ErrorDetails details = new ErrorDetails(id == null ? null : id.publicPart(), null, null, null, null);
        if (failure instanceof NotSentException) {
            return new TransientDatabricksException(
                    "The server could not be reached: " + kind(failure.getCause()), details, failure);
        }
        if (failure instanceof IOException) {
            return doubt(purpose, "The connection to the server broke: " + kind(failure), details, failure);
        }
        if (failure instanceof SeaHttp.NoTokenException) {
            return new RecoverableDatabricksException(failure.getMessage(), details, null);
        }
        if (failure instanceof SeaHttp.UntrustedServerException) {
            return new PermanentDatabricksException("The server's certificate is not trusted", details, failure);
        }
        if (failure instanceof RuntimeException known) {
            return known;
        }
        return doubt(purpose, "The call failed: " + kind(failure), details, failure);
    }

    /** An answer that is no answer. */
    static DatabricksException unreadable(String what, Purpose purpose, StatementId id) {
        ErrorDetails details = new ErrorDetails(id == null ? null : id.publicPart(), null, null, null, 200);
        return doubt(purpose, "The server's answer cannot be read: " + what, details, null);
    }

    private static DatabricksException doubt(Purpose purpose, String text, ErrorDetails details, Throwable cause) {
        return purpose == Purpose.SUBMIT
                ? new SubmitOutcomeUnknownException(
                        text + "; the statement may or may not have run, so look before repeating it", details, cause)
                : new TransientDatabricksException(text, details, cause);
    }

    /** 1xx and 3xx are nothing that this API gives; 408 and 5xx say that something went wrong on the way. */
    private static boolean doubtful(int status) {
        return status == 408 || status >= 500 || status < 400;
    }

    private static String code(String errorCode) {
        return errorCode != null && CODE.matcher(errorCode).matches() ? errorCode : null;
    }

    private static String shown(ServerMessage said) {
        return said.toString();
    }

    private static String kind(Throwable failure) {
        return failure == null ? "no answer" : failure.getClass().getSimpleName();
    }
}
