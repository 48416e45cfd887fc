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
package io.cameldatabricks.component;

import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.StatementRequest;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.pool.PoolSettings;

/**
 * What the options of an endpoint mean for each of its statements.
 *
 * @param source where its statements run
 * @param pool the connections to it
 * @param limits of its statements, where a message sets no others
 * @param result how results are read and handed over
 */
record EndpointSettings(
        ConnectionSource source, PoolSettings pool, StatementRequest.Limits limits, ResultSettings result) {

    /**
     * Checks every option but those of single operations; nothing is sent to the warehouse.
     *
     * @throws IllegalArgumentException names the option that is missing, malformed, or contradicts another
     */
    static EndpointSettings of(DatabricksEndpoint endpoint) {
        DatabricksStatementOptions statement = endpoint.getStatement();
        StatementRequest.Limits limits = SettingsFactory.limits(statement);
        TagSettings.check(statement, endpoint.getWorkspace());
        ResultSettings result = SettingsFactory.result(
                endpoint.getResult(), endpoint.getCamelContext().getClassResolver());
        ConnectionSource source = SourceSettings.source(
                endpoint.getWorkspace(),
                endpoint.getSecurity(),
                endpoint.getPool(),
                endpoint.getComponent().getEnvironment(),
                limits.needsIdAtOnce(),
                result.outputType().isStream());
        if (!statement.isAsync()) {
            SettingsFactory.rejectDetachOverThrift(source, limits);
        }
        PoolSettings pool = SettingsFactory.pool(endpoint.getPool(), statement);
        DatabricksWatchOptions watch = endpoint.getWatch();
        SettingsFactory.lease(watch);
        SettingsFactory.watch(watch);
        SettingsFactory.retention(watch);
        SettingsFactory.maxBacklogAge(endpoint.getObserve());
        return new EndpointSettings(source, pool, limits, result);
    }
}
