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

import java.util.Objects;

import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.connect.WarehouseAddress;

/**
 * What was found. Immutable.
 *
 * @param address the workspace
 * @param httpPath the warehouse or cluster
 * @param catalog the catalog of names without one, or null
 * @param schema the schema of names without one, or null
 * @param login how to log in, or null when something else says so
 */
public record ResolvedConnection(
        WarehouseAddress address, HttpPath httpPath, String catalog, String schema, Login login) {

    public ResolvedConnection {
        Objects.requireNonNull(address);
        Objects.requireNonNull(httpPath);
    }
}
