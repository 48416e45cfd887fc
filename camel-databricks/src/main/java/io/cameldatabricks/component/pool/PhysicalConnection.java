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
package io.cameldatabricks.component.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import com.databricks.jdbc.api.IDatabricksConnection;

/** The driver's own connection behind the one that a pool lends. Stateless. */
final class PhysicalConnection {

    private PhysicalConnection() {}

    /** The driver's connection; empty when another driver made it, or when the lent one is closed already. */
    static Optional<Connection> of(Connection lent) {
        try {
            return lent.isWrapperFor(IDatabricksConnection.class)
                    ? Optional.of(lent.unwrap(IDatabricksConnection.class))
                    : Optional.empty();
        } catch (SQLException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
