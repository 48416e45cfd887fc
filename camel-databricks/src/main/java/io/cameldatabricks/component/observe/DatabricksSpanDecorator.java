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
package io.cameldatabricks.component.observe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;
import org.apache.camel.util.URISupport;

/**
 * Describes statements in spans with the attributes of databases. Found by camel-telemetry through the service loader, if that
 * is on the class path. The text of the statement is that of the option {@code query}, as the route has it: with markers, not
 * with values. Stateless.
 */
public class DatabricksSpanDecorator extends AbstractSpanDecorator {

    /** The id of the statement, which the query history shows. */
    public static final String STATEMENT_ID = "databricks.statement_id";

    /** What the operation is called. */
    public static final String OPERATION = "db.operation";

    static final String STATEMENT_ID_HEADER = "CamelDatabricksStatementId";

    private static final String DEFAULT_OPERATION = "EXECUTE";

    @Override
    public String getComponent() {
        return "databricks";
    }

    @Override
    public String getComponentClassName() {
        return "io.cameldatabricks.component.DatabricksComponent";
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        super.beforeTracingEvent(span, exchange, endpoint);
        span.setTag(TagConstants.DB_SYSTEM, "databricks");
        Map<String, Object> options = options(endpoint);
        span.setTag(OPERATION, String.valueOf(options.getOrDefault("operation", DEFAULT_OPERATION)));
        if (options.get("query") instanceof String query) {
            span.setTag(TagConstants.DB_STATEMENT, raw(query));
        }
        if (endpoint instanceof EndpointServiceLocation location && location.getServiceMetadata() != null) {
            String catalog = location.getServiceMetadata().get("catalog");
            String schema = location.getServiceMetadata().get("schema");
            if (catalog != null || schema != null) {
                span.setTag(TagConstants.DB_NAME, name(catalog, schema));
            }
        }
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        super.afterTracingEvent(span, exchange);
        String id = exchange.getMessage().getHeader(STATEMENT_ID_HEADER, String.class);
        if (id != null) {
            span.setTag(STATEMENT_ID, id);
        }
    }

    private static Map<String, Object> options(Endpoint endpoint) {
        try {
            String query = URISupport.extractQuery(endpoint.getEndpointUri());
            return query == null ? Map.of() : URISupport.parseQuery(query);
        } catch (URISyntaxException e) {
            // Camel has made an endpoint of it, so there is more than one opinion; the span does without
            return Map.of();
        }
    }

    private static String raw(String query) {
        boolean isRaw =
                (query.startsWith("RAW(") && query.endsWith(")")) || (query.startsWith("RAW{") && query.endsWith("}"));
        // Camel leaves raw values as they stand in the URI
        return isRaw ? decoded(query.substring(4, query.length() - 1)) : query;
    }

    /** Unlike the decoder for forms, which makes a space of a plus. */
    private static String decoded(String text) {
        try {
            return new URI("x:" + text).getSchemeSpecificPart();
        } catch (URISyntaxException e) {
            return text;
        }
    }

    private static String name(String catalog, String schema) {
        if (catalog == null) {
            return schema;
        }
        return schema == null ? catalog : catalog + "." + schema;
    }
}
