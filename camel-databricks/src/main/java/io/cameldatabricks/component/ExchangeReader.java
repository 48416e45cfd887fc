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
package io.cameldatabricks.component;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.support.LRUCacheFactory;

import io.cameldatabricks.component.execute.OutputType;
import io.cameldatabricks.component.execute.StatementRequest;
import io.cameldatabricks.component.sql.ParsedSql;
import io.cameldatabricks.component.sql.SqlParameter;
import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementLimits;
import io.cameldatabricks.component.statement.StatementParameter;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.track.Submission;

/**
 * Reads what a message asks for; the only class that reads headers and bodies. Everything is checked here, before
 * anything is sent. Safe for many threads.
 */
final class ExchangeReader {

    private static final int PARSED_QUERIES = 100;

    private final ParsedSql endpointQuery;
    private final DatabricksOperation endpointOperation;
    private final StatementRequest.Limits limits;
    private final OutputType outputType;
    private final boolean allowDynamicQuery;
    private final boolean allowDynamicOperation;
    private final Map<String, ParsedSql> dynamicQueries = LRUCacheFactory.newLRUSoftCache(PARSED_QUERIES);

    /**
     * @param endpointQuery null when every message brings its own
     */
    ExchangeReader(
            ParsedSql endpointQuery,
            StatementRequest.Limits limits,
            OutputType outputType,
            DatabricksStatementOptions options) {
        this.endpointQuery = endpointQuery;
        this.limits = limits;
        this.outputType = outputType;
        this.endpointOperation = options.getOperation();
        this.allowDynamicQuery = options.isAllowDynamicQuery();
        this.allowDynamicOperation = options.isAllowDynamicOperation();
    }

    /**
     * The operation that the message asks for.
     *
     * @throws IllegalArgumentException when the message may not choose, or chooses what does not exist
     */
    DatabricksOperation operation(Exchange exchange) {
        Object header = exchange.getMessage().getHeader(DatabricksConstants.OPERATION);
        if (header == null) {
            return endpointOperation;
        }
        if (!allowDynamicOperation) {
            throw new IllegalArgumentException("The header " + DatabricksConstants.OPERATION
                    + " is not allowed here: remove it, or set allowDynamicOperation=true.");
        }
        try {
            return exchange.getContext()
                    .getTypeConverter()
                    .mandatoryConvertTo(DatabricksOperation.class, exchange, header);
        } catch (NoTypeConversionAvailableException | RuntimeException e) {
            throw new IllegalArgumentException("The header " + DatabricksConstants.OPERATION
                    + " names no operation: use one of " + List.of(DatabricksOperation.values()) + ".");
        }
    }

    /**
     * The statement that the message asks for, with its parameters bound.
     *
     * @throws IllegalArgumentException when there is none, or when its parameters do not fit
     */
    StatementRequest statement(Exchange exchange) {
        Message message = exchange.getMessage();
        Object dynamicQuery = message.getHeader(DatabricksConstants.QUERY);
        ParsedSql sql = dynamicQuery == null ? endpointQuery() : dynamicQuery(dynamicQuery);
        Object declared = declaredParameters(message, sql);
        Function<String, Object> expressions = dynamicQuery == null
                ? text -> exchange.getContext()
                        .resolveLanguage("simple")
                        .createExpression(text)
                        .evaluate(exchange, Object.class)
                : ExchangeReader::refuseExpression;
        MessageParameters parameters =
                new MessageParameters(declared, message.getBody(), message.getHeaders(), expressions);
        return new StatementRequest(sql.bind(parameters), limits(message), outputType);
    }

    /**
     * The statement that the message asks to submit.
     *
     * @throws IllegalArgumentException when there is none, or when its parameters or carried headers do not fit
     */
    Submission submission(Exchange exchange, AsyncSettings settings) {
        Message message = exchange.getMessage();
        Map<String, Object> carried = new TreeMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (value != null && settings.carries(name)) {
                carried.put(name, value);
            }
        });
        return new Submission(
                settings.name(),
                settings.target(),
                submitted(exchange, settings),
                CarriedHeaders.of(carried),
                message.getHeader(DatabricksConstants.CORRELATION_ID, String.class),
                settings.guarantee());
    }

    private io.cameldatabricks.component.statement.StatementRequest submitted(
            Exchange exchange, AsyncSettings settings) {
        StatementRequest statement = statement(exchange);
        Message message = exchange.getMessage();
        Object dynamicQuery = message.getHeader(DatabricksConstants.QUERY);
        ParsedSql sql = dynamicQuery == null ? endpointQuery() : dynamicQuery(dynamicQuery);
        Map<String, StatementParameter> parameters = new LinkedHashMap<>();
        for (SqlParameter parameter : statement.sql().parameters()) {
            String value = parameter.value() == null ? null : String.valueOf(parameter.value());
            parameters.put(parameter.name(), new StatementParameter(parameter.name(), parameter.type(), value));
        }
        return io.cameldatabricks.component.statement.StatementRequest.of(
                        settings.target().warehouse(), sql.text())
                .withParameters(List.copyOf(parameters.values()))
                .withNamespace(settings.catalog(), settings.schema())
                .withLimits(new StatementLimits(statement.limits().rowLimit(), 0))
                .withWaitPolicy(settings.waitPolicy());
    }

    /**
     * The handle that the message is about: its body, if that is one, else the header.
     *
     * @throws IllegalArgumentException when there is none, or when its text is none
     */
    StatementReference reference(Exchange exchange) {
        Message message = exchange.getMessage();
        Optional<StatementReference> ofBody = asReference(message.getBody());
        return ofBody.or(() -> asReference(message.getHeader(DatabricksConstants.HANDLE)))
                .or(() -> Optional.ofNullable(
                                message.getHeader(DatabricksConstants.HANDLE) == null
                                        ? message.getBody(String.class)
                                        : message.getHeader(DatabricksConstants.HANDLE, String.class))
                        .map(text -> StatementReference.parse(text.strip())))
                .orElseThrow(() -> new IllegalArgumentException("The handle is missing: set the body or the header "
                        + DatabricksConstants.HANDLE + " to what SUBMIT gave, or to its text."));
    }

    private static Optional<StatementReference> asReference(Object value) {
        if (value instanceof StatementReference reference) {
            return Optional.of(reference);
        }
        if (value instanceof StatementHandle handle) {
            return handle.reference();
        }
        return value instanceof String text && text.startsWith(StatementReference.PREFIX)
                ? Optional.of(StatementReference.parse(text.strip()))
                : Optional.empty();
    }

    private ParsedSql endpointQuery() {
        if (endpointQuery == null) {
            throw new IllegalArgumentException("The query is missing: set the option query, or the header "
                    + DatabricksConstants.QUERY + " together with allowDynamicQuery=true.");
        }
        return endpointQuery;
    }

    private ParsedSql dynamicQuery(Object header) {
        if (!allowDynamicQuery) {
            throw new IllegalArgumentException("The header " + DatabricksConstants.QUERY
                    + " is not allowed here: remove it, or set allowDynamicQuery=true.");
        }
        if (!(header instanceof String text) || text.isBlank()) {
            throw new IllegalArgumentException(
                    "The header " + DatabricksConstants.QUERY + " is not SQL text: set it to a String.");
        }
        return dynamicQueries.computeIfAbsent(text, ParsedSql::parse);
    }

    private static Object declaredParameters(Message message, ParsedSql sql) {
        Object declared = message.getHeader(DatabricksConstants.PARAMETERS);
        if (declared == null || declared instanceof Map<?, ?>) {
            return declared;
        }
        if (!(declared instanceof List<?> list)) {
            throw new IllegalArgumentException("The header " + DatabricksConstants.PARAMETERS
                    + " is neither a Map nor a List: set it to a Map for :name markers or to a List for ? markers.");
        }
        if (sql.positionalCount() == 0 && !list.isEmpty()) {
            throw new IllegalArgumentException("The header " + DatabricksConstants.PARAMETERS + " is a List of "
                    + list.size() + " values, but the query has no ? marker: remove it or add the markers.");
        }
        return declared;
    }

    /** A query that came with a message must not make Camel evaluate what came with it. */
    private static Object refuseExpression(String text) {
        throw new IllegalArgumentException(
                "The query of a header may not hold expressions: use :name markers and the header "
                        + DatabricksConstants.PARAMETERS + ".");
    }

    private StatementRequest.Limits limits(Message message) {
        Object header = message.getHeader(DatabricksConstants.ROW_LIMIT);
        if (header == null) {
            return limits;
        }
        Integer rowLimit = message.getHeader(DatabricksConstants.ROW_LIMIT, Integer.class);
        if (rowLimit == null || rowLimit < 0) {
            throw new IllegalArgumentException("The header " + DatabricksConstants.ROW_LIMIT
                    + " is not a number of rows: set it to 0 (all rows) or more.");
        }
        return new StatementRequest.Limits(limits.queryTimeout(), rowLimit);
    }
}
