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
package io.cameldatabricks.component.client.jdbc;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;

import com.databricks.jdbc.api.internal.IDatabricksConnectionContext;
import com.databricks.jdbc.common.AllPurposeCluster;
import com.databricks.jdbc.common.IDatabricksComputeResource;
import com.databricks.jdbc.common.Warehouse;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.WarehouseId;

/** Where a connection leads that somebody else has opened, in the words of a handle. Sends nothing. */
public final class ConnectionTarget {

    private ConnectionTarget() {}

    /**
     * @param lent of a pool or a data source
     * @return the same as for an endpoint that names the workspace itself
     * @throws PermanentDatabricksException when the connection is not one of the Databricks driver, or leads to a compute
     *     resource that has no id
     * @throws io.cameldatabricks.component.error.DatabricksException when it cannot be used
     */
    public static StatementTarget of(Connection lent) {
        try {
            DriverSession session = DriverSession.of(lent, InstantSource.system());
            IDatabricksConnectionContext context = session.context();
            URI host = URI.create(context.getHostUrl());
            boolean standard = host.getPort() == -1 ? host.getScheme().equals("https") : host.getPort() == 443;
            int port = host.getPort() == -1 ? 80 : host.getPort();
            return new StatementTarget(
                    session.transport(),
                    standard ? host.getHost() : host.getHost() + ":" + port,
                    new WarehouseId(id(context.getComputeResource())));
        } catch (SQLException | IllegalArgumentException e) {
            throw FailureTranslator.translate(e, CallPhase.CONNECT, null, null);
        } catch (LinkageError e) {
            throw new PermanentDatabricksException(
                    "Async statements over JDBC need com.databricks:databricks-jdbc 3.4.5; another version is on the"
                            + " class path",
                    ErrorDetails.none(),
                    null);
        }
    }

    private static String id(IDatabricksComputeResource resource) {
        if (resource instanceof Warehouse warehouse) {
            return warehouse.getWarehouseId();
        }
        if (resource instanceof AllPurposeCluster cluster) {
            return cluster.getClusterId();
        }
        throw new PermanentDatabricksException(
                "The connections of the data source lead to no SQL warehouse and no cluster: correct httpPath in its URL",
                ErrorDetails.none(),
                null);
    }
}
