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
package io.cameldatabricks.component.sql;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parameters from a map, or from a list. */
final class FixedParameters implements ParameterSource {

    private final Map<String, Object> named;
    private final List<?> positional;
    private final Set<String> declared;

    private FixedParameters(Map<String, Object> named, List<?> positional, Set<String> declared) {
        this.named = named;
        this.positional = positional;
        this.declared = declared;
    }

    static FixedParameters of(String name, Object value) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put(name, value);
        return new FixedParameters(named, List.of(), Set.of());
    }

    static FixedParameters of(Map<String, Object> named) {
        return new FixedParameters(named, List.of(), Set.of());
    }

    static FixedParameters list(Object... values) {
        return new FixedParameters(Map.of(), Arrays.asList(values), Set.of());
    }

    FixedParameters declaring(String... names) {
        return new FixedParameters(named, positional, Set.of(names));
    }

    @Override
    public Lookup named(String name) {
        return named.containsKey(name) ? Lookup.found(named.get(name)) : Lookup.absent();
    }

    @Override
    public Lookup expression(String text) {
        return named(text);
    }

    @Override
    public List<?> positional() {
        return positional;
    }

    @Override
    public Set<String> declaredNames() {
        return declared;
    }
}
