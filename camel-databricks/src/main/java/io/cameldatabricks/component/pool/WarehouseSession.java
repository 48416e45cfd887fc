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
import java.util.function.BooleanSupplier;

/**
 * The session that a physical connection has on the server. Statements that were started in it without waiting for their
 * end, end with it over Thrift, and may do so over the Statement Execution API. So it can be left open when the connection
 * closes: the server ends it by itself when nobody has used it for hours. Thread-safe.
 */
public interface WarehouseSession {

    /**
     * Has the session left open if it is needed when its connection closes, for whatever reason. May be called by several
     * users of the session, and again with the same question.
     *
     * @param needed asked when the connection closes; must not block
     */
    void keepWhile(BooleanSupplier needed);

    /** @return the session of a lent connection; empty when a data source of the user made it */
    static Optional<WarehouseSession> of(Connection lent) throws SQLException {
        return lent.isWrapperFor(WarehouseSession.class)
                ? Optional.of(lent.unwrap(WarehouseSession.class))
                : Optional.empty();
    }

    /**
     * Parts a connection of the Databricks driver from its session: whoever closes or aborts the connection from now on, the
     * session stays open. To everybody else the connection looks closed.
     *
     * @param physical the driver's own connection
     * @return false when this version of the driver cannot do it
     */
    static boolean part(Connection physical) {
        return SessionGuard.mark(physical, false);
    }

    /**
     * Undoes {@link #part}: the connection ends its session again when it closes.
     *
     * @param physical the driver's own connection
     */
    static void rejoin(Connection physical) {
        SessionGuard.mark(physical, true);
    }
}
