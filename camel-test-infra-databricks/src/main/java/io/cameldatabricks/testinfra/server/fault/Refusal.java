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
package io.cameldatabricks.testinfra.server.fault;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * An answer that refuses a call. Immutable.
 *
 * @param store true for the words of the results' store in place of the service's
 * @param retryAfter seconds, or -1 for no Retry-After
 * @param asDate true for a Retry-After as an HTTP date
 * @param executed true when the call is carried out all the same
 */
public record Refusal(
        int status,
        String errorCode,
        String message,
        boolean store,
        long retryAfter,
        boolean asDate,
        boolean executed) {

    private record Words(String errorCode, String message) {}

    private static final Map<Integer, Words> WORDS = Map.of(
            404, new Words("NOT_FOUND", "The statement was not found."),
            429, new Words("REQUEST_LIMIT_EXCEEDED", "The current request rate limit has been reached."),
            500, new Words("INTERNAL_ERROR", "There was an internal error; please try again later."),
            502, new Words("BAD_GATEWAY", "Bad Gateway"),
            503, new Words("TEMPORARILY_UNAVAILABLE", "The service at /api/2.0/sql is temporarily unavailable."),
            504, new Words("DEADLINE_EXCEEDED", "The operation did not complete before its deadline."));

    static Refusal parse(Map<String, List<String>> form, int usualStatus) {
        int status = Form.number(form, "status", usualStatus);
        Words words = WORDS.getOrDefault(status, new Words("UNKNOWN", "The service failed."));
        int seconds = Form.number(form, "retryAfter", -1);
        int date = Form.number(form, "retryAtDate", -1);
        return new Refusal(
                status,
                Form.first(form, "errorCode", words.errorCode()),
                Form.first(form, "message", words.message()),
                false,
                date >= 0 ? date : seconds,
                date >= 0,
                Boolean.parseBoolean(Form.first(form, "executed", "false")));
    }

    /** What the results' store says to a link that has expired. */
    static Refusal expiredLink() {
        return new Refusal(403, "AccessDenied", "Request has expired", true, -1, false, false);
    }

    /** @param seconds for Retry-After */
    static Refusal starting(long seconds) {
        Words words = WORDS.get(503);
        return new Refusal(503, words.errorCode(), words.message(), false, seconds, false, false);
    }

    public String contentType() {
        return store ? "application/xml" : "application/json";
    }

    public String body() {
        if (store) {
            return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + errorCode + "</Code><Message>"
                    + message + "</Message></Error>";
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("error_code", errorCode)
                .put("message", message)
                .toString();
    }

    /** @return the header Retry-After, or null */
    public String retryAfter(Instant now) {
        if (retryAfter < 0) {
            return null;
        }
        return asDate
                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        now.plusSeconds(retryAfter).atOffset(ZoneOffset.UTC))
                : String.valueOf(retryAfter);
    }
}
