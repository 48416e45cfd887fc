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
package io.cameldatabricks.testinfra.server.thrift;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementReq;
import com.databricks.jdbc.model.client.thrift.generated.TSparkParameter;
import com.databricks.jdbc.model.client.thrift.generated.TSparkParameterValue;

import io.cameldatabricks.testinfra.server.engine.BoundParameter;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.model.Disposition;
import io.cameldatabricks.testinfra.server.model.ServerSession;
import io.cameldatabricks.testinfra.server.model.SessionStore;
import io.cameldatabricks.testinfra.server.model.StatementRequest;

/** Turns what a Thrift client asks for into a statement's request. */
final class StatementSpec {

    private static final int TEXT_LIMIT = 16 << 20;

    private StatementSpec() {}

    /** @throws ThriftFailure when the service would not take it */
    static StatementRequest of(TExecuteStatementReq request, ServerSession session, Caller caller)
            throws ThriftFailure {
        String sql = request.getStatement();
        if (sql == null || sql.isBlank()) {
            throw new ThriftFailure(
                    "42601", "[PARSE_EMPTY_STATEMENT] Syntax error, unexpected empty statement. SQLSTATE: 42617");
        }
        if (sql.length() > TEXT_LIMIT) {
            throw ThriftFailure.invalid("The statement must not be longer than 16 MiB.");
        }
        boolean arrow = request.isCanReadArrowResult();
        return new StatementRequest(
                sql,
                parameters(request.getParameters()),
                caller.compute(),
                session.id(),
                null,
                null,
                Disposition.INLINE_OR_EXTERNAL_LINKS,
                arrow ? ResultFormat.ARROW_STREAM : ResultFormat.JSON_ARRAY,
                arrow && request.isCanDecompressLZ4Result(),
                Math.max(0, request.getResultRowLimit()),
                0,
                timeout(request.getQueryTimeout(), session.statementTimeout()),
                tags(request, session),
                caller.client(),
                rowsPerChunk(request));
    }

    /** Those of the session, and over them those of the statement's own configuration. */
    private static Map<String, String> tags(TExecuteStatementReq request, ServerSession session) {
        Map<String, String> tags = new LinkedHashMap<>(session.tags());
        if (request.getConfOverlay() != null) {
            request.getConfOverlay().forEach((key, value) -> {
                if (key.equalsIgnoreCase("QUERY_TAGS") && value != null) {
                    tags.putAll(SessionStore.tags(value));
                }
            });
        }
        return tags;
    }

    /** A page is made of whole batches, so they must not be larger than what the client takes at a time. */
    private static int rowsPerChunk(TExecuteStatementReq request) {
        long rows =
                request.isSetGetDirectResults() ? request.getGetDirectResults().getMaxRows() : 0;
        return (int) Math.max(0, Math.min(rows, Integer.MAX_VALUE));
    }

    private static Duration timeout(long seconds, Duration ofSession) {
        if (seconds <= 0) {
            return ofSession;
        }
        Duration own = Duration.ofSeconds(seconds);
        return ofSession == null || own.compareTo(ofSession) < 0 ? own : ofSession;
    }

    private static List<BoundParameter> parameters(List<TSparkParameter> given) throws ThriftFailure {
        List<BoundParameter> parameters = new ArrayList<>();
        if (given == null) {
            return parameters;
        }
        int named = 0;
        for (TSparkParameter parameter : given) {
            boolean hasName =
                    parameter.getName() != null && !parameter.getName().isEmpty();
            named += hasName ? 1 : 0;
            int ordinal = parameter.isSetOrdinal() ? parameter.getOrdinal() : parameters.size() + 1;
            parameters.add(new BoundParameter(
                    hasName ? parameter.getName() : null,
                    hasName ? 0 : ordinal,
                    parameter.getType() == null ? "STRING" : parameter.getType(),
                    value(parameter.getValue())));
        }
        if (named != 0 && named != parameters.size()) {
            throw ThriftFailure.invalid("Named and positional parameters cannot be mixed.");
        }
        if (named == 0) {
            parameters.sort(Comparator.comparingInt(BoundParameter::ordinal));
            for (int i = 0; i < parameters.size(); i++) {
                if (parameters.get(i).ordinal() != i + 1) {
                    throw ThriftFailure.invalid("The ordinals of positional parameters must be 1 to n without gaps.");
                }
            }
        }
        return parameters;
    }

    private static String value(TSparkParameterValue value) {
        return value == null || value.getFieldValue() == null ? null : String.valueOf(value.getFieldValue());
    }
}
