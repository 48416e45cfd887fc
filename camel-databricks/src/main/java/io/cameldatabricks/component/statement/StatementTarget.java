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
package io.cameldatabricks.component.statement;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a statement runs. Immutable.
 *
 * @param transport how it is reached
 * @param workspace host of the workspace, with the port where it is not 443; lower case
 * @param warehouse the warehouse
 */
public record StatementTarget(Transport transport, String workspace, WarehouseId warehouse) {

    private static final Pattern HOST = Pattern.compile("(?:[a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::[0-9]{1,5})?");

    public StatementTarget {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(warehouse, "warehouse");
        workspace = workspace == null ? "" : workspace.toLowerCase(Locale.ROOT);
        if (!HOST.matcher(workspace).matches()) {
            throw new IllegalArgumentException("The workspace must be a host name, with a port or without");
        }
    }
}
