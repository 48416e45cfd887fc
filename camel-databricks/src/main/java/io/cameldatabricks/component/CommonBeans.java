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

import javax.sql.DataSource;

import io.cameldatabricks.component.auth.TokenSource;

/**
 * The beans of the component, or the only ones of the registry, which serve the endpoints that say nothing else.
 * Immutable.
 *
 * @param dataSource of the component, or null
 * @param tokenSource of the component, or null
 */
record CommonBeans(DataSource dataSource, TokenSource tokenSource) {

    /** Takes the beans out of the options, which then say only what the endpoint says itself. */
    static CommonBeans takeFrom(DatabricksSecurityOptions security, DatabricksPoolOptions pool) {
        CommonBeans beans = new CommonBeans(pool.getDataSource(), security.getTokenSource());
        pool.setDataSource(null);
        security.setTokenSource(null);
        return beans;
    }

    /**
     * Puts a bean into the options if they need one.
     *
     * @throws IllegalArgumentException when the environment says where to connect as well
     */
    void complete(
            DatabricksWorkspaceOptions workspace,
            DatabricksSecurityOptions security,
            DatabricksPoolOptions pool,
            DatabricksComponent component) {
        if (pool.getDataSource() != null || security.getTokenSource() != null) {
            return;
        }
        if (!SourceSettings.saysWho(workspace, security)) {
            security.setTokenSource(
                    tokenSource == null ? RegistryBeans.of(component).only(TokenSource.class) : tokenSource);
        }
        if (security.getTokenSource() == null && !SourceSettings.saysWhere(workspace, security)) {
            pool.setDataSource(dataSource);
            DataSource found = dataSource == null ? RegistryBeans.of(component).forStatements() : null;
            if (found != null) {
                SourceSettings.rejectHostIn(component.getEnvironment());
                pool.setDataSource(found);
            }
        }
    }
}
