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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.cameldatabricks.component.sql.Lookup;
import io.cameldatabricks.component.sql.ParameterSource;
import io.cameldatabricks.component.sql.ParsedScript;

/**
 * The parameters of one message: those of the header CamelDatabricksParameters first, then those of a body that is a Map
 * or a List, then message headers by name, but never Camel's own. Holds what {@link ExchangeReader} read.
 */
final class MessageParameters implements ParameterSource {

    private final Object declared;
    private final Object body;
    private final Map<String, Object> headers;
    private final Function<String, Object> expressions;

    /**
     * @param declared the value of the header: a Map, a List, or null
     * @param body the body of the message
     * @param headers the headers of the message
     * @param expressions evaluates an expression of the text; fails where the text may not hold any
     */
    MessageParameters(Object declared, Object body, Map<String, Object> headers, Function<String, Object> expressions) {
        this.declared = declared;
        this.body = body;
        this.headers = headers;
        this.expressions = expressions;
    }

    /** One set of a batch: its own values first, then message headers. */
    static MessageParameters ofSet(Object set, Map<String, Object> headers, Function<String, Object> expressions) {
        // as a body, so that a row may hold more than the statement needs
        return new MessageParameters(null, set, headers, expressions);
    }

    /**
     * @param header the value of the header, or null
     * @return the same
     * @throws IllegalArgumentException when it is neither a Map nor a List, or a List that the query does not ask for
     */
    static Object declared(Object header, ParsedScript script) {
        if (header == null || header instanceof Map<?, ?>) {
            return header;
        }
        String what = "The header " + DatabricksConstants.PARAMETERS;
        if (!(header instanceof List<?>)) {
            throw new IllegalArgumentException(what
                    + " is neither a Map nor a List: set it to a Map for :name markers or to a List for ? markers.");
        }
        requireMarkers(header, script, what);
        return header;
    }

    /**
     * @param what holds the values, for people
     * @throws IllegalArgumentException when there is a List of values, and the query has no marker for any of them
     */
    static void requireMarkers(Object values, ParsedScript script, String what) {
        if (values instanceof List<?> list && script.positionalCount() == 0 && !list.isEmpty()) {
            throw new IllegalArgumentException(what + " is a List of " + list.size()
                    + " values, but the query has no ? marker: remove it or add the markers.");
        }
    }

    @Override
    public Lookup named(String name) {
        if (declared instanceof Map<?, ?> map && map.containsKey(name)) {
            return Lookup.found(map.get(name));
        }
        if (body instanceof Map<?, ?> map && map.containsKey(name)) {
            return Lookup.found(map.get(name));
        }
        boolean ours = name.toLowerCase(Locale.ROOT).startsWith("camel");
        return !ours && headers.containsKey(name) ? Lookup.found(headers.get(name)) : Lookup.absent();
    }

    @Override
    public Lookup expression(String text) {
        return Lookup.found(expressions.apply(text));
    }

    @Override
    public List<?> positional() {
        if (declared instanceof List<?> list) {
            return list;
        }
        return body instanceof List<?> list ? list : List.of();
    }

    @Override
    public Set<String> declaredNames() {
        return declared instanceof Map<?, ?> map
                ? map.keySet().stream().map(String::valueOf).collect(Collectors.toSet())
                : Set.of();
    }
}
