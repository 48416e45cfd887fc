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

import java.util.Set;

/** An endpoint that says where it connects, or who, does not mean the place or the login of the component's options too. */
final class OwnSource {

    /** Options that say who connects: an endpoint with one of them takes none from the component. */
    private static final Set<String> LOGINS =
            Set.of("accessToken", "clientId", "azureClientId", "googleServiceAccount", "authType", "tokenSource");

    private OwnSource() {}

    /** @param given names of the options that the URI sets */
    static void replaceDefaults(DatabricksEndpoint endpoint, Set<String> given) {
        DatabricksWorkspaceOptions options = endpoint.getWorkspace();
        if (given.contains("dataSource")) {
            endpoint.setWorkspace(new DatabricksWorkspaceOptions());
            endpoint.setSecurity(new DatabricksSecurityOptions());
        } else if (given.contains("connectionUrl") || given.contains("profile")) {
            endpoint.getPool().setDataSource(null);
            endpoint.setSecurity(new DatabricksSecurityOptions());
            options.setConnectionUrl(null);
            options.setProfile(null);
            options.setConfigFile(null);
            options.setHost(null);
            options.setHttpPath(null);
            options.setWarehouseId(null);
            options.setClusterId(null);
            options.setAccessToken(null);
            options.setCatalog(null);
            options.setSchema(null);
        } else if (given.contains("host")) {
            endpoint.getPool().setDataSource(null);
            options.setConnectionUrl(null);
            options.setProfile(null);
        }
        if (given.contains("httpPath")) {
            options.setWarehouseId(null);
            options.setClusterId(null);
        } else if (given.contains("warehouseId")) {
            options.setHttpPath(null);
            options.setClusterId(null);
        } else if (given.contains("clusterId")) {
            options.setHttpPath(null);
            options.setWarehouseId(null);
        }
        if (LOGINS.stream().anyMatch(given::contains)) {
            endpoint.setSecurity(new DatabricksSecurityOptions());
            options.setAccessToken(null);
        }
    }
}
