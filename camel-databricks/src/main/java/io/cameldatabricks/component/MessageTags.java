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
import java.util.Map;
import java.util.regex.Pattern;

import org.apache.camel.Exchange;

import io.cameldatabricks.component.statement.QueryTags;

/**
 * The query tags of a message: those of the endpoint, then those of the header, which win, then the route's and the
 * exchange's own. Immutable.
 */
final class MessageTags {

    static final String ROUTE = "camel_route";
    static final String EXCHANGE = "camel_exchange";

    private final QueryTags endpointTags;
    /** The header of W3C Trace Context, and the tag that it becomes. */
    static final String TRACEPARENT = "traceparent";

    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final boolean autoTags;
    private final boolean passTraceparent;

    MessageTags(QueryTags endpointTags, DatabricksStatementOptions options) {
        this.endpointTags = endpointTags;
        this.autoTags = options.isAutoTags();
        this.passTraceparent = options.isPassTraceparent();
    }

    /**
     * @param header the value of the header CamelDatabricksQueryTags, or null
     * @param trace the value of the header traceparent, or null; left out if it is not what W3C Trace Context says
     * @throws IllegalArgumentException when the header holds no tags, or too many
     */
    QueryTags of(Object header, Object trace, Exchange exchange) {
        boolean traced = passTraceparent
                && trace != null
                && TRACE.matcher(trace.toString()).matches();
        if (header == null && !autoTags && !traced) {
            return endpointTags;
        }
        Map<String, String> tags = new LinkedHashMap<>(endpointTags.asMap());
        if (header != null) {
            tags.putAll(parse(header));
        }
        if (autoTags) {
            if (exchange.getFromRouteId() != null) {
                tags.put(ROUTE, shortened(exchange.getFromRouteId()));
            }
            tags.put(EXCHANGE, shortened(exchange.getExchangeId()));
        }
        if (traced) {
            tags.put(TRACEPARENT, trace.toString());
        }
        return QueryTags.of(tags);
    }

    private static Map<String, String> parse(Object header) {
        if (header instanceof Map<?, ?> map) {
            Map<String, String> tags = new LinkedHashMap<>();
            map.forEach((key, value) -> tags.put(String.valueOf(key), value == null ? null : value.toString()));
            return tags;
        }
        if (header instanceof String text) {
            try {
                return TagSettings.parse(text).asMap();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "The header " + DatabricksConstants.QUERY_TAGS + " is malformed: " + e.getMessage(), e);
            }
        }
        throw new IllegalArgumentException("The header " + DatabricksConstants.QUERY_TAGS
                + " holds no tags: set it to a Map, or to text such as team=blue,cost=42.");
    }

    private static String shortened(String text) {
        return text.length() <= QueryTags.MAX_LENGTH ? text : text.substring(0, QueryTags.MAX_LENGTH);
    }
}
