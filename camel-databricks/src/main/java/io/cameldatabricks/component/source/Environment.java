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
package io.cameldatabricks.component.source;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables of the process and the home folder of its user. Immutable; prints nothing.
 *
 * @param variables by name
 * @param home where {@code .databrickscfg} is
 */
public record Environment(Map<String, String> variables, Path home) {

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** That of this process. */
    public static Environment ofProcess() {
        Map<String, String> variables = System.getenv();
        String home = variables.getOrDefault("HOME", "");
        return new Environment(variables, Path.of(home.isBlank() ? System.getProperty("user.home") : home));
    }

    /** The place that gives a host, if any. */
    public Optional<String> host() {
        return find(Key.HOST).map(Found::place);
    }

    /**
     * @throws IllegalArgumentException when two variables that mean the same differ
     */
    Optional<Found> find(Key key) {
        Found first = null;
        for (String name : key.variables()) {
            String value = variables.getOrDefault(name, "").trim();
            if (value.isEmpty()) {
                continue;
            }
            Found found = new Found(value, "the environment variable " + name);
            if (first != null && !Comparison.same(key, first.value(), value)) {
                throw new IllegalArgumentException(
                        "Both " + first + " and " + found + " are set and differ: unset one of them.");
            }
            first = first == null ? found : first;
        }
        return Optional.ofNullable(first);
    }

    @Override
    public String toString() {
        return "Environment";
    }
}
