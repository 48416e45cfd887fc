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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.support.ExchangeHelper;

import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.StatementRequest;
import io.cameldatabricks.component.execute.StatementSequence;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.sql.ParsedScript;
import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementLimits;
import io.cameldatabricks.component.statement.StatementParameter;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.track.Submission;

/**
 * Reads which statement a message asks for, and with which parameters; {@link IngestReader} reads what it brings for a table or
 * a Volume. No other class reads headers and bodies. Everything is checked here, before anything is sent. Safe for many threads.
 */
final class ExchangeReader {

    private final MessageSql sql;
    private final MessageTags tags;
    private final DatabricksOperation endpointOperation;
    private final StatementRequest.Limits limits;
    private final ResultSettings result;
    private final boolean batch;
    private final boolean allowDynamicOperation;

    /**
     * @param endpointQuery null when every message brings its own
     */
    ExchangeReader(
            ParsedScript endpointQuery,
            StatementRequest.Limits limits,
            ResultSettings result,
            DatabricksStatementOptions options) {
        this.sql = new MessageSql(endpointQuery, options.isAllowDynamicQuery());
        this.tags = new MessageTags(TagSettings.of(options), options);
        this.batch = options.isBatch();
        this.limits = limits;
        this.result = result;
        this.endpointOperation = options.getOperation();
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
     * The statements that the message asks for, with their parameters bound.
     *
     * @throws IllegalArgumentException when there is none, or when its parameters do not fit
     */
    StatementSequence statements(Exchange exchange) {
        Message message = exchange.getMessage();
        MessageSql.Choice chosen = sql(message);
        StatementRequest.Limits messageLimits = limits(message);
        List<BoundSql> bound = batch ? batch(exchange, chosen) : chosen.script().bind(parameters(exchange, chosen));
        return new StatementSequence(
                batch ? StatementSequence.Kind.BATCH : StatementSequence.Kind.SCRIPT,
                bound.stream()
                        .map(each -> new StatementRequest(each, messageLimits, result))
                        .toList(),
                tags(exchange));
    }

    private List<BoundSql> batch(Exchange exchange, MessageSql.Choice chosen) {
        if (chosen.isBody()) {
            throw new IllegalArgumentException(
                    "A batch takes its parameters from the body: set the option query, or the header "
                            + DatabricksConstants.QUERY + ".");
        }
        List<BoundSql> bound = new ArrayList<>();
        // expressions of the query are evaluated for each set, as if it were the body
        Exchange row = ExchangeHelper.createCopy(exchange, false);
        for (Object set : sets(exchange.getMessage())) {
            try {
                row.getMessage().setBody(set);
                boolean single = !(set instanceof Map<?, ?>) && !(set instanceof List<?>);
                Object values = single && chosen.script().positionalCount() > 0 ? Collections.singletonList(set) : set;
                MessageParameters.requireMarkers(values, chosen.script(), "The set");
                bound.addAll(chosen.script()
                        .bind(MessageParameters.ofSet(
                                values, row.getMessage().getHeaders(), expressions(row, chosen))));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "In set of parameters " + (bound.size() + 1) + ", before any has run: " + e.getMessage(), e);
            }
        }
        return bound;
    }

    private MessageSql.Choice sql(Message message) {
        return sql.of(
                message.getHeader(DatabricksConstants.QUERY), message.getBody(), () -> message.getBody(String.class));
    }

    /** The tags of every statement that is run for the message. */
    QueryTags tags(Exchange exchange) {
        Message message = exchange.getMessage();
        return tags.of(
                message.getHeader(DatabricksConstants.QUERY_TAGS),
                message.getHeader(MessageTags.TRACEPARENT),
                exchange);
    }

    private static List<Object> sets(Message message) {
        return ParameterSets.of(message.getHeader(DatabricksConstants.PARAMETERS), message.getBody());
    }

    private MessageParameters parameters(Exchange exchange, MessageSql.Choice chosen) {
        Message message = exchange.getMessage();
        return new MessageParameters(
                MessageParameters.declared(message.getHeader(DatabricksConstants.PARAMETERS), chosen.script()),
                chosen.isBody() ? null : message.getBody(),
                message.getHeaders(),
                expressions(exchange, chosen));
    }

    private static Function<String, Object> expressions(Exchange exchange, MessageSql.Choice chosen) {
        return chosen.isOurs() ? text -> evaluate(text, exchange) : ExchangeReader::refuseExpression;
    }

    private static Object evaluate(String expression, Exchange exchange) {
        return exchange.getContext()
                .resolveLanguage("simple")
                .createExpression(expression)
                .evaluate(exchange, Object.class);
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
        io.cameldatabricks.component.statement.StatementRequest request = submitted(exchange, settings);
        // what certainly only reads returns rows
        boolean read = isPlainRead(exchange);
        return new Submission(
                settings.name(),
                settings.target(),
                request,
                CarriedHeaders.of(carried),
                message.getHeader(DatabricksConstants.CORRELATION_ID, String.class),
                settings.guarantee(read),
                read);
    }

    private boolean isPlainRead(Exchange exchange) {
        return sql(exchange.getMessage()).script().statements().get(0).isPlainRead();
    }

    private io.cameldatabricks.component.statement.StatementRequest submitted(
            Exchange exchange, AsyncSettings settings) {
        MessageSql.Choice chosen = sql(exchange.getMessage());
        if (batch || chosen.script().statements().size() > 1) {
            throw new IllegalArgumentException("Only one statement at a time can be submitted: use BEGIN ... END to run"
                    + " several, or split the message.");
        }
        BoundSql bound = chosen.script().statements().get(0).bindByName(parameters(exchange, chosen));
        return io.cameldatabricks.component.statement.StatementRequest.of(
                        settings.target().warehouse(), bound.sql())
                .withParameters(bound.parameters().stream()
                        .map(each -> new StatementParameter(each.name(), each.type(), each.text()))
                        .toList())
                .withNamespace(settings.catalog(), settings.schema())
                .withLimits(new StatementLimits(limits(exchange.getMessage()).rowLimit(), result.byteLimit()))
                .withTags(tags(exchange))
                .withWaitPolicy(settings.waitPolicy());
    }

    /**
     * A statement of a consumer. Its parameters come from the declared ones, then from the row, then from message headers.
     *
     * @param script of an option
     * @param declared each of them must be used
     * @param row null for none
     * @throws IllegalArgumentException when its parameters do not fit
     */
    StatementSequence statement(
            Exchange exchange, ParsedScript script, Map<String, Object> declared, Object row, ResultSettings wanted) {
        MessageParameters parameters = new MessageParameters(
                declared, row, exchange.getMessage().getHeaders(), text -> evaluate(text, exchange));
        return new StatementSequence(
                StatementSequence.Kind.SCRIPT,
                script.bind(parameters).stream()
                        .map(each -> new StatementRequest(each, limits, wanted))
                        .toList(),
                tags(exchange));
    }

    /** Of a statement that writes: what may still be written when the message has failed could not be told. */
    StatementRequest.Limits limitsOfWrites() {
        return new StatementRequest.Limits(limits.queryTimeout(), 0);
    }

    /**
     * The handle that the message is about: its body, if that is one, else the header.
     *
     * @throws IllegalArgumentException when there is none, or when its text is none
     */
    StatementReference reference(Exchange exchange) {
        Message message = exchange.getMessage();
        return MessageReference.of(
                message.getBody(),
                message.getHeader(DatabricksConstants.HANDLE),
                () -> message.getHeader(DatabricksConstants.HANDLE, String.class),
                () -> message.getBody(String.class));
    }

    /** A query that came with a message must not make Camel evaluate what came with it. */
    private static Object refuseExpression(String text) {
        throw new IllegalArgumentException(
                "The query of a header may not hold expressions: use :name markers and the header "
                        + DatabricksConstants.PARAMETERS + ".");
    }

    /**
     * With which limit of rows the statement was submitted, as far as the message or the endpoint says: a handle does not.
     *
     * @throws IllegalArgumentException when that is no number
     */
    int rowLimit(Exchange exchange) {
        return limits(exchange.getMessage()).rowLimit();
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
        return limits.withRowLimit(rowLimit);
    }
}
