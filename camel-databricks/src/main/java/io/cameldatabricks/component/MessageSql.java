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

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.camel.support.LRUCacheFactory;

import io.cameldatabricks.component.sql.ParsedScript;

/**
 * Which SQL a message runs: that of its header, of the endpoint, or of its body, in this order. Header and body only
 * where the endpoint says that a message may choose. Safe for many threads.
 */
final class MessageSql {

    private static final int PARSED_QUERIES = 100;

    private final ParsedScript endpointQuery;
    private final boolean allowDynamicQuery;
    private final Map<Object, ParsedScript> parsed = LRUCacheFactory.newLRUSoftCache(PARSED_QUERIES);

    /**
     * @param endpointQuery null when every message brings its own
     */
    MessageSql(ParsedScript endpointQuery, boolean allowDynamicQuery) {
        this.endpointQuery = endpointQuery;
        this.allowDynamicQuery = allowDynamicQuery;
    }

    /**
     * The SQL of one message.
     *
     * @param script the statements
     * @param isOurs whether the author of the route wrote it, who may let Camel evaluate expressions
     * @param isBody whether it was the body, which then gives no parameters
     */
    record Choice(ParsedScript script, boolean isOurs, boolean isBody) {}

    /**
     * @param header the value of the header CamelDatabricksQuery, or null
     * @param bodyText the body as text
     * @throws IllegalArgumentException when there is no SQL, or the message may not bring its own
     */
    Choice of(Object header, Object body, Supplier<String> bodyText) {
        if (header != null) {
            if (!allowDynamicQuery) {
                throw new IllegalArgumentException("The header " + DatabricksConstants.QUERY
                        + " is not allowed here: remove it, or set allowDynamicQuery=true.");
            }
            return new Choice(parse(header, "The header " + DatabricksConstants.QUERY), false, false);
        }
        if (endpointQuery != null) {
            return new Choice(endpointQuery, true, false);
        }
        if (!allowDynamicQuery || body == null) {
            throw new IllegalArgumentException("The query is missing: set the option query, or the header "
                    + DatabricksConstants.QUERY + " or the body together with allowDynamicQuery=true.");
        }
        boolean text = body instanceof String || body instanceof List<?>;
        return new Choice(parse(text ? body : bodyText.get(), "The body"), false, true);
    }

    private ParsedScript parse(Object sql, String where) {
        if (sql instanceof String text && !text.isBlank()) {
            return parsed.computeIfAbsent(text, key -> ParsedScript.parse(text));
        }
        if (sql instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(each -> each instanceof String text && !text.isBlank())) {
            List<String> texts = list.stream().map(String.class::cast).toList();
            return parsed.computeIfAbsent(texts, key -> ParsedScript.of(texts));
        }
        throw new IllegalArgumentException(
                where + " is not SQL text: set it to a String, or to a List of one String for each statement.");
    }
}
