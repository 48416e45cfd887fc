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
package io.cameldatabricks.testinfra.server.engine;

import java.util.Map;

/**
 * How a session starts.
 *
 * @param catalog current catalog, or null for the default one
 * @param schema current schema, or null for {@code default}
 * @param configuration session configuration such as {@code TIMEZONE} or {@code ANSI_MODE}, by upper-case key
 */
public record SessionSettings(String catalog, String schema, Map<String, String> configuration) {

    public SessionSettings {
        configuration = Map.copyOf(configuration);
    }

    public static SessionSettings defaults() {
        return new SessionSettings(null, null, Map.of());
    }
}
