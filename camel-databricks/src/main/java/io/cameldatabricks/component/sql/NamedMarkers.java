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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A {@code :name} for each value. Names that the service may not take (other letters than those of ASCII), or may take for
 * another one (the same name in other letter case), are replaced, as are {@code ?} and expressions.
 */
final class NamedMarkers implements BoundMarkers {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");

    private final List<SqlParameter> parameters = new ArrayList<>();
    /** Kind, name and index of a value to its name on the wire. */
    private final Map<List<Object>, String> wireNames = new HashMap<>();

    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> kept = new HashMap<>();

    /** @param names of the {@code :name} markers, in their first order */
    NamedMarkers(Set<String> names) {
        for (String name : names) {
            if (SAFE.matcher(name).matches() && taken.add(name.toLowerCase(Locale.ROOT))) {
                kept.put(name, name);
            }
        }
    }

    @Override
    public String add(Marker.Kind kind, String name, int index, ValueBinding binding) {
        String wireName = wireNames.get(List.of(kind, name, index));
        if (wireName == null) {
            wireName = kind == Marker.Kind.NAMED && kept.containsKey(name) ? name : unused();
            wireNames.put(List.of(kind, name, index), wireName);
            parameters.add(new SqlParameter(wireName, binding.type(), binding.value()));
        }
        return ":" + wireName;
    }

    private String unused() {
        String name;
        int number = parameters.size();
        do {
            name = "p" + ++number;
        } while (!taken.add(name));
        return name;
    }

    @Override
    public List<SqlParameter> parameters() {
        return parameters;
    }
}
