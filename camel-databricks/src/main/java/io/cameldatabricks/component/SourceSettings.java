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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.auth.TokenTransport;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.ConnectionUrl;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.source.ConnectionSources;
import io.cameldatabricks.component.source.Environment;
import io.cameldatabricks.component.source.ExplicitOptions;
import io.cameldatabricks.component.source.ResolvedConnection;

/**
 * Turns the options that say where to connect and who connects into the source of connections. Stateless.
 */
final class SourceSettings {

    private static final Set<String> WHO = Set.of(
            "profile",
            "accessToken",
            "clientId",
            "clientSecret",
            "authType",
            "azureTenantId",
            "azureClientId",
            "azureClientSecret",
            "googleServiceAccount");

    private SourceSettings() {}

    /**
     * @param environment where to look for what the options do not say
     * @param cancelsPromptly see {@link ConnectionSettings}
     * @param streams see {@link ConnectionSettings}
     * @throws IllegalArgumentException when an option is missing, wrong, or contradicts another
     */
    static ConnectionSource source(
            DatabricksWorkspaceOptions workspace,
            DatabricksSecurityOptions security,
            DatabricksPoolOptions pool,
            Environment environment,
            boolean cancelsPromptly,
            boolean streams) {
        if (pool.getDataSource() != null) {
            rejectBesideDataSource(workspace, security);
            return new ConnectionSource.Bean(pool.getDataSource());
        }
        return new ConnectionSource.Warehouse(connection(workspace, security, environment, cancelsPromptly, streams));
    }

    /** The only data source of an application may be for another database. */
    static void rejectHostIn(Environment environment) {
        environment.host().ifPresent(place -> {
            throw new IllegalArgumentException("Both the only DataSource of the registry and " + place
                    + " say where to connect: choose with dataSource or host in the URI of the endpoint.");
        });
    }

    /** Whether an option says who connects. */
    static boolean saysWho(DatabricksWorkspaceOptions workspace, DatabricksSecurityOptions security) {
        Map<String, String> options = explicit(workspace, security);
        return options.entrySet().stream()
                        .filter(option -> WHO.contains(option.getKey()))
                        .anyMatch(option -> OptionText.blankToNull(option.getValue()) != null)
                || OptionText.blankToNull(workspace.getConnectionUrl()) != null;
    }

    /** Whether an option says where to connect or who connects, so that a bean is not needed for that. */
    static boolean saysWhere(DatabricksWorkspaceOptions workspace, DatabricksSecurityOptions security) {
        return explicit(workspace, security).values().stream().anyMatch(value -> OptionText.blankToNull(value) != null)
                || OptionText.blankToNull(workspace.getConnectionUrl()) != null;
    }

    private static void rejectBesideDataSource(
            DatabricksWorkspaceOptions workspace, DatabricksSecurityOptions security) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("connectionUrl", workspace.getConnectionUrl());
        given.putAll(explicit(workspace, security));
        given.put("tokenSource", security.getTokenSource());
        given.put("httpHeaders", emptyToNull(workspace.getHttpHeaders()));
        given.put("sessionConfiguration", emptyToNull(workspace.getSessionConfiguration()));
        given.put("driverProperties", emptyToNull(workspace.getDriverProperties()));
        given.forEach((option, value) -> {
            if (value != null) {
                throw new IllegalArgumentException("Both dataSource and " + option + " are given: remove " + option
                        + ", since the data source says where to connect.");
            }
        });
    }

    private static Map<String, String> explicit(
            DatabricksWorkspaceOptions workspace, DatabricksSecurityOptions security) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("host", workspace.getHost());
        options.put("httpPath", workspace.getHttpPath());
        options.put("warehouseId", workspace.getWarehouseId());
        options.put("clusterId", workspace.getClusterId());
        options.put("catalog", workspace.getCatalog());
        options.put("schema", workspace.getSchema());
        options.put("profile", workspace.getProfile());
        options.put("configFile", workspace.getConfigFile());
        options.put("accessToken", workspace.getAccessToken());
        options.put("clientId", security.getClientId());
        options.put("clientSecret", security.getClientSecret());
        options.put("authType", security.getAuthType());
        options.put("azureTenantId", security.getAzureTenantId());
        options.put("azureClientId", security.getAzureClientId());
        options.put("azureClientSecret", security.getAzureClientSecret());
        options.put("googleServiceAccount", security.getGoogleServiceAccount());
        return options;
    }

    private static Map<String, Object> emptyToNull(Map<String, Object> map) {
        return map.isEmpty() ? null : map;
    }

    private static ConnectionSettings connection(
            DatabricksWorkspaceOptions options,
            DatabricksSecurityOptions security,
            Environment environment,
            boolean cancelsPromptly,
            boolean streams) {
        ConnectionUrl url = options.getConnectionUrl() == null
                ? null
                : OptionText.explained(
                        "The option connectionUrl is malformed",
                        ", write databricks://token:<token>@<host>?http_path=<path> or"
                                + " jdbc:databricks://<host>:443;httpPath=<path>;PWD=<token>.",
                        () -> ConnectionUrl.parse(options.getConnectionUrl()));
        Map<String, String> driverProperties = ExtraSettings.driverProperties(options, url);
        boolean driverLogsIn =
                driverProperties.containsKey("AuthMech") && !"3".equals(driverProperties.get("AuthMech"));
        if (driverLogsIn && security.getTokenSource() != null) {
            throw new IllegalArgumentException(
                    "Both tokenSource and driverProperties.AuthMech are given: remove one of them.");
        }
        ResolvedConnection found = ConnectionSources.resolve(
                ExplicitOptions.of(explicit(options, security), url),
                environment,
                !driverLogsIn && security.getTokenSource() == null);
        // opened here once, so that a trust store that cannot be read is reported at the start
        new TokenTransport(driverProperties).check();
        return new ConnectionSettings(
                found.address(),
                found.httpPath(),
                security.getTokenSource() == null ? found.login() : new Login.WithBean(security.getTokenSource()),
                found.catalog(),
                found.schema(),
                new ConnectionSettings.Extras(
                        ExtraSettings.sessionConfiguration(options),
                        ExtraSettings.httpHeaders(options),
                        driverProperties),
                cancelsPromptly,
                streams);
    }
}
