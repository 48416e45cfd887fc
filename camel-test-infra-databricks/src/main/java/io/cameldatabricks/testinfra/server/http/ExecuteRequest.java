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
package io.cameldatabricks.testinfra.server.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.cameldatabricks.testinfra.server.engine.BoundParameter;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.model.Disposition;
import io.cameldatabricks.testinfra.server.model.ServerSession;
import io.cameldatabricks.testinfra.server.model.StatementRequest;

/**
 * The body of an execute request, checked.
 *
 * @param waitTimeout how long the answer may wait for the statement
 * @param cancelAfterWait true to cancel a statement that is not done by then
 */
record ExecuteRequest(StatementRequest statement, Duration waitTimeout, boolean cancelAfterWait) {

    private static final int TEXT_LIMIT = 16 << 20;
    private static final int TAG_LIMIT = 20;
    private static final int TAG_LENGTH = 128;
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,4})s");
    private static final Pattern TAG_KEY = Pattern.compile("[^,:\\-/=.]+");

    private enum OnWaitTimeout {
        CONTINUE,
        CANCEL
    }

    private enum Compression {
        NONE,
        LZ4_FRAME
    }

    /**
     * @param session the session that the request names, or null
     * @throws ApiException when the request is not one that the service would take
     */
    static ExecuteRequest parse(JsonNode body, ServerSession session, String client) {
        String sql = Json.text(body, "statement")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> ApiException.invalid("Field 'statement' is required and was not set."));
        if (sql.length() > TEXT_LIMIT) {
            throw ApiException.invalid("Field 'statement' must not be longer than 16 MiB.");
        }
        Disposition disposition = Json.choice(body, "disposition", Disposition.INLINE);
        ResultFormat format = Json.choice(body, "format", ResultFormat.JSON_ARRAY);
        if (disposition == Disposition.INLINE && format != ResultFormat.JSON_ARRAY) {
            throw ApiException.invalid("The format " + format + " is not supported with the disposition INLINE. "
                    + "Please use the format JSON_ARRAY or the disposition EXTERNAL_LINKS.");
        }
        boolean compressed = Json.choice(body, "result_compression", Compression.NONE) == Compression.LZ4_FRAME;
        OnWaitTimeout onWaitTimeout = Json.choice(body, "on_wait_timeout", OnWaitTimeout.CONTINUE);
        Duration waitTimeout = waitTimeout(Json.text(body, "wait_timeout").orElse("10s"));
        if (waitTimeout.isZero() && onWaitTimeout == OnWaitTimeout.CANCEL) {
            throw ApiException.invalid("on_wait_timeout must not be CANCEL when wait_timeout is 0s.");
        }
        Map<String, String> tags = new LinkedHashMap<>(session == null ? Map.of() : session.tags());
        tags.putAll(tags(body.path("query_tags")));
        return new ExecuteRequest(
                new StatementRequest(
                        sql,
                        parameters(body.path("parameters")),
                        Json.text(body, "warehouse_id").orElse(null),
                        session == null ? null : session.id(),
                        Json.text(body, "catalog").orElse(null),
                        Json.text(body, "schema").orElse(null),
                        disposition,
                        format,
                        compressed
                                && (format == ResultFormat.ARROW_STREAM || disposition == Disposition.EXTERNAL_LINKS),
                        Json.number(body, "row_limit"),
                        Json.number(body, "byte_limit"),
                        session == null ? null : session.statementTimeout(),
                        tags,
                        client,
                        0),
                waitTimeout,
                onWaitTimeout == OnWaitTimeout.CANCEL);
    }

    private static Duration waitTimeout(String text) {
        Matcher seconds = SECONDS.matcher(text);
        long value = seconds.matches() ? Long.parseLong(seconds.group(1)) : -1;
        if (value != 0 && (value < 5 || value > 50)) {
            throw ApiException.invalid(
                    "wait_timeout must be 0 seconds (0s), or between 5 seconds (5s) and 50 seconds (50s); was '" + text
                            + "'.");
        }
        return Duration.ofSeconds(value);
    }

    private static List<BoundParameter> parameters(JsonNode array) {
        if (!array.isMissingNode() && !array.isNull() && !array.isArray()) {
            throw ApiException.invalid("Field 'parameters' must be a list.");
        }
        List<BoundParameter> parameters = new ArrayList<>();
        int named = 0;
        for (JsonNode item : array) {
            String name = Json.text(item, "name").orElse(null);
            int ordinal = (int) Json.number(item, "ordinal");
            if ((name == null) == (ordinal == 0)) {
                throw ApiException.invalid("Each parameter needs either a name or an ordinal.");
            }
            named += name == null ? 0 : 1;
            JsonNode value = item.path("value");
            if (value.isContainerNode()) {
                throw ApiException.invalid("The value of a parameter must be a string.");
            }
            parameters.add(new BoundParameter(
                    name,
                    ordinal,
                    Json.text(item, "type").orElse("STRING"),
                    value.isMissingNode() || value.isNull() ? null : value.asText()));
        }
        if (named != 0 && named != parameters.size()) {
            throw ApiException.invalid("Named and positional parameters cannot be mixed.");
        }
        parameters.sort(Comparator.comparingInt(BoundParameter::ordinal));
        for (int i = 0; named == 0 && i < parameters.size(); i++) {
            if (parameters.get(i).ordinal() != i + 1) {
                throw ApiException.invalid("The ordinals of positional parameters must be 1 to n without gaps.");
            }
        }
        return parameters;
    }

    private static Map<String, String> tags(JsonNode array) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (JsonNode item : array) {
            String key = Json.text(item, "key")
                    .filter(text ->
                            text.length() <= TAG_LENGTH && TAG_KEY.matcher(text).matches())
                    .orElseThrow(() -> ApiException.invalid(
                            "A query tag needs a key of at most 128 characters without any of , : - / = ."));
            String value = Json.text(item, "value").orElse("");
            if (value.length() > TAG_LENGTH) {
                throw ApiException.invalid("The value of a query tag must not have more than 128 characters.");
            }
            tags.put(key, value);
        }
        if (tags.size() > TAG_LIMIT) {
            throw ApiException.invalid("A statement must not have more than 20 query tags.");
        }
        return tags;
    }
}
