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

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.cameldatabricks.component.connect.ConnectionUrl;

/**
 * What the options of an endpoint say about the connection, the parts of {@code connectionUrl} among them. Immutable;
 * prints no value.
 */
public final class ExplicitOptions {

    private final Map<String, Found> values;

    private ExplicitOptions(Map<String, Found> values) {
        this.values = values;
    }

    /**
     * @param options by the name of the option; null and blank values are as if not given
     * @param url the connection string taken apart, or null
     * @throws IllegalArgumentException when the string and another option give the same
     */
    public static ExplicitOptions of(Map<String, String> options, ConnectionUrl url) {
        Map<String, Found> values = new HashMap<>();
        options.forEach((name, value) -> {
            if (value != null && !value.isBlank()) {
                values.put(name, new Found(value.trim(), "the option " + name));
            }
        });
        if (url != null) {
            fromUrl(values, "host", url.address().url());
            fromUrl(values, "httpPath", url.httpPath());
            fromUrl(values, "catalog", url.catalog());
            fromUrl(values, "schema", url.schema());
            fromUrl(
                    values,
                    "accessToken",
                    url.token() == null ? null : url.token().reveal());
        }
        return new ExplicitOptions(values);
    }

    private static void fromUrl(Map<String, Found> values, String name, String value) {
        if (value != null && values.put(name, new Found(value, "the option connectionUrl")) != null) {
            throw new IllegalArgumentException("Both connectionUrl and " + name + " are given: remove " + name
                    + ", since the connectionUrl already says it.");
        }
    }

    Optional<Found> find(Key key) {
        return key.option() == null ? Optional.empty() : Optional.ofNullable(values.get(key.option()));
    }

    @Override
    public String toString() {
        return "ExplicitOptions" + values.keySet();
    }
}
