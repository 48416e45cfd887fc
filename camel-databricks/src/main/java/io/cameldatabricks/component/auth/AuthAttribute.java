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
package io.cameldatabricks.component.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import com.databricks.sdk.core.DatabricksConfig;

/**
 * What databricks-sdk-java wants to know to log in, with the names that it has in a profile and in the environment. These
 * are the SDK's names; the method is its group of attributes that belong to one way to log in.
 */
public enum AuthAttribute {
    TOKEN("token", "DATABRICKS_TOKEN", "accessToken", "pat", DatabricksConfig::setToken),
    CLIENT_ID("client_id", "DATABRICKS_CLIENT_ID", "clientId", "oauth", DatabricksConfig::setClientId),
    CLIENT_SECRET(
            "client_secret", "DATABRICKS_CLIENT_SECRET", "clientSecret", "oauth", DatabricksConfig::setClientSecret),
    SCOPES("scopes", null, null, "oauth", (config, value) -> config.setScopes(list(value))),
    REDIRECT_URL("redirect_url", "DATABRICKS_REDIRECT_URL", null, "oauth", DatabricksConfig::setOAuthRedirectUrl),
    USERNAME("username", "DATABRICKS_USERNAME", null, "basic", DatabricksConfig::setUsername),
    PASSWORD("password", "DATABRICKS_PASSWORD", null, "basic", DatabricksConfig::setPassword),
    AZURE_TENANT_ID("azure_tenant_id", "ARM_TENANT_ID", "azureTenantId", "azure", DatabricksConfig::setAzureTenantId),
    AZURE_CLIENT_ID("azure_client_id", "ARM_CLIENT_ID", "azureClientId", "azure", DatabricksConfig::setAzureClientId),
    AZURE_CLIENT_SECRET(
            "azure_client_secret",
            "ARM_CLIENT_SECRET",
            "azureClientSecret",
            "azure",
            DatabricksConfig::setAzureClientSecret),
    AZURE_USE_MSI(
            "azure_use_msi",
            "ARM_USE_MSI",
            null,
            "azure",
            (config, value) -> config.setAzureUseMsi(Boolean.parseBoolean(value))),
    AZURE_WORKSPACE_RESOURCE_ID(
            "azure_workspace_resource_id",
            "DATABRICKS_AZURE_RESOURCE_ID",
            null,
            "azure",
            DatabricksConfig::setAzureWorkspaceResourceId),
    AZURE_ENVIRONMENT("azure_environment", "ARM_ENVIRONMENT", null, null, DatabricksConfig::setAzureEnvironment),
    GOOGLE_SERVICE_ACCOUNT(
            "google_service_account",
            "DATABRICKS_GOOGLE_SERVICE_ACCOUNT",
            "googleServiceAccount",
            "google",
            DatabricksConfig::setGoogleServiceAccount),
    GOOGLE_CREDENTIALS(
            "google_credentials", "GOOGLE_CREDENTIALS", null, "google", DatabricksConfig::setGoogleCredentials),
    OIDC_TOKEN_FILEPATH(
            "oidc_token_filepath",
            "DATABRICKS_OIDC_TOKEN_FILEPATH",
            null,
            "file-oidc",
            DatabricksConfig::setOidcTokenFilepath),
    OIDC_TOKEN_ENV("oidc_token_env", "DATABRICKS_OIDC_TOKEN_ENV", null, "env-oidc", DatabricksConfig::setOidcTokenEnv),
    ACTIONS_ID_TOKEN_REQUEST_URL(
            "actions_id_token_request_url",
            "ACTIONS_ID_TOKEN_REQUEST_URL",
            null,
            null,
            DatabricksConfig::setActionsIdTokenRequestUrl),
    ACTIONS_ID_TOKEN_REQUEST_TOKEN(
            "actions_id_token_request_token",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            null,
            null,
            DatabricksConfig::setActionsIdTokenRequestToken),
    TOKEN_AUDIENCE("token_audience", "TOKEN_AUDIENCE", null, null, DatabricksConfig::setTokenAudience),
    DISCOVERY_URL("discovery_url", "DATABRICKS_DISCOVERY_URL", null, null, DatabricksConfig::setDiscoveryUrl),
    ACCOUNT_ID("account_id", "DATABRICKS_ACCOUNT_ID", null, null, DatabricksConfig::setAccountId),
    WORKSPACE_ID("workspace_id", "DATABRICKS_WORKSPACE_ID", null, null, DatabricksConfig::setWorkspaceId),
    DATABRICKS_CLI_PATH(
            "databricks_cli_path", "DATABRICKS_CLI_PATH", null, null, DatabricksConfig::setDatabricksCliPath),
    AUTH_TYPE("auth_type", "DATABRICKS_AUTH_TYPE", "authType", null, DatabricksConfig::setAuthType);

    private final String profileKey;
    private final String variable;
    private final String option;
    private final String method;
    private final BiConsumer<DatabricksConfig, String> setter;

    AuthAttribute(
            String profileKey,
            String variable,
            String option,
            String method,
            BiConsumer<DatabricksConfig, String> setter) {
        this.profileKey = profileKey;
        this.variable = variable;
        this.option = option;
        this.method = method;
        this.setter = setter;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Its name in a profile of {@code .databrickscfg}. */
    public String profileKey() {
        return profileKey;
    }

    /** The environment variable, where there is one. */
    public Optional<String> variable() {
        return Optional.ofNullable(variable);
    }

    /** The option of the endpoint, where there is one. */
    public Optional<String> option() {
        return Optional.ofNullable(option);
    }

    /** The way to log in that it belongs to; empty when it belongs to several. */
    public Optional<String> method() {
        return Optional.ofNullable(method);
    }

    /** Whether its value must never be shown. */
    public boolean isSecret() {
        return switch (this) {
            case TOKEN,
                    CLIENT_SECRET,
                    PASSWORD,
                    AZURE_CLIENT_SECRET,
                    GOOGLE_CREDENTIALS,
                    ACTIONS_ID_TOKEN_REQUEST_TOKEN -> true;
            default -> false;
        };
    }

    void set(DatabricksConfig config, String value) {
        setter.accept(config, value);
    }
}
