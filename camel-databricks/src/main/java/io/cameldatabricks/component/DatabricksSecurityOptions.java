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

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

import io.cameldatabricks.component.auth.TokenSource;

/** Who connects, when it is not a personal access token. */
@UriParams
public class DatabricksSecurityOptions implements Cloneable {

    @UriParam(
            label = "security",
            description = "The client id (application id) of a Databricks service principal, for OAuth.")
    private String clientId;

    @UriParam(label = "security", security = "secret", description = "The OAuth secret of the service principal.")
    private String clientSecret;

    @UriParam(
            label = "security",
            description =
                    "The way to log in where several are possible, in the words of databricks-sdk-java: pat, oauth-m2m, env-oidc, file-oidc, github-oidc, azure-devops-oidc, github-oidc-azure, azure-msi, azure-client-secret, azure-cli, external-browser, databricks-cli, runtime, google-credentials, google-id.")
    private String authType;

    @UriParam(label = "security", description = "The tenant of a service principal of Microsoft Entra ID.")
    private String azureTenantId;

    @UriParam(
            label = "security",
            description = "The client id of a service principal of Microsoft Entra ID, or of a managed identity.")
    private String azureClientId;

    @UriParam(
            label = "security",
            security = "secret",
            description = "The secret of a service principal of Microsoft Entra ID.")
    private String azureClientSecret;

    @UriParam(label = "security", description = "The e-mail address of the Google service account to act as.")
    private String googleServiceAccount;

    @UriParam(
            label = "security",
            description =
                    "A bean that gives tokens, in place of every other way to log in. Tokens are kept until shortly before their end. Set on the component, or being the only bean of this type in the registry, it serves the endpoints whose options do not say who connects.")
    private TokenSource tokenSource;

    /** A copy that can be changed without changing this. */
    public DatabricksSecurityOptions copy() {
        try {
            return (DatabricksSecurityOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    public String getAuthType() {
        return authType;
    }

    public void setAuthType(String authType) {
        this.authType = authType;
    }

    public String getAzureTenantId() {
        return azureTenantId;
    }

    public void setAzureTenantId(String azureTenantId) {
        this.azureTenantId = azureTenantId;
    }

    public String getAzureClientId() {
        return azureClientId;
    }

    public void setAzureClientId(String azureClientId) {
        this.azureClientId = azureClientId;
    }

    public String getAzureClientSecret() {
        return azureClientSecret;
    }

    public void setAzureClientSecret(String azureClientSecret) {
        this.azureClientSecret = azureClientSecret;
    }

    public String getGoogleServiceAccount() {
        return googleServiceAccount;
    }

    public void setGoogleServiceAccount(String googleServiceAccount) {
        this.googleServiceAccount = googleServiceAccount;
    }

    public TokenSource getTokenSource() {
        return tokenSource;
    }

    public void setTokenSource(TokenSource tokenSource) {
        this.tokenSource = tokenSource;
    }
}
