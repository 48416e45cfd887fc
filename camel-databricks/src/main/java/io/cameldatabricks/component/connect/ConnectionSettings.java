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
package io.cameldatabricks.component.connect;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.cameldatabricks.component.auth.Login;

/**
 * Everything that makes one connection differ from another; two endpoints with equal settings share a pool. Immutable.
 *
 * @param address the workspace
 * @param httpPath the warehouse or cluster
 * @param login how to log in; null when the driver properties say it
 * @param catalog the catalog of names without one, or null
 * @param schema the schema of names without one, or null
 * @param extras session configuration, HTTP headers and driver properties
 * @param cancelsPromptly whether a statement must be cancellable from its first moment. The driver knows the id of a
 *     statement only when the server has answered, which it normally does after up to 10 s; with this the server answers
 *     at once, at the price of a second request per statement
 * @param streams whether rows are read one after the other, so that the driver must not hold more of them than it needs to
 *     go on reading
 */
public record ConnectionSettings(
        WarehouseAddress address,
        HttpPath httpPath,
        Login login,
        String catalog,
        String schema,
        Extras extras,
        boolean cancelsPromptly,
        boolean streams) {

    public ConnectionSettings {
        Objects.requireNonNull(address);
        Objects.requireNonNull(httpPath);
        Objects.requireNonNull(extras);
    }

    /** For results that are read into memory. */
    public ConnectionSettings(
            WarehouseAddress address,
            HttpPath httpPath,
            Login login,
            String catalog,
            String schema,
            Extras extras,
            boolean cancelsPromptly) {
        this(address, httpPath, login, catalog, schema, extras, cancelsPromptly, false);
    }

    /**
     * The maps of a connection, printed without their values.
     *
     * @param sessionConfiguration the server's session parameters
     * @param httpHeaders added to every request
     * @param driverProperties handed to the driver as they are
     */
    public record Extras(
            Map<String, String> sessionConfiguration,
            Map<String, String> httpHeaders,
            Map<String, String> driverProperties) {

        public Extras {
            sessionConfiguration = sorted(sessionConfiguration);
            httpHeaders = sorted(httpHeaders);
            driverProperties = sorted(driverProperties);
        }

        /** No entries at all. */
        public static Extras none() {
            return new Extras(Map.of(), Map.of(), Map.of());
        }

        private static Map<String, String> sorted(Map<String, String> map) {
            Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            copy.putAll(map);
            return Collections.unmodifiableMap(copy);
        }

        @Override
        public String toString() {
            return "Extras[sessionConfiguration=" + sessionConfiguration.keySet() + ", httpHeaders="
                    + httpHeaders.keySet() + ", driverProperties=" + driverProperties.keySet() + "]";
        }
    }
}
