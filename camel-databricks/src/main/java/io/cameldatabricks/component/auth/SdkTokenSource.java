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

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.databricks.sdk.core.AzureEnvironment;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksEnvironment;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.HeaderFactory;
import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.oauth.OAuthHeaderFactory;
import com.databricks.sdk.core.oauth.Token;
import com.databricks.sdk.core.utils.Cloud;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;

/**
 * Logs in as databricks-sdk-java does: with the method that {@code authType} names, else with the first one of the SDK's
 * chain that has what it needs. Each call logs in anew, since when to renew a token is for {@link CachingTokenSource} to
 * say: the SDK's own cache gives up a token 40 s before its end, whatever its life. Safe for many threads.
 */
public final class SdkTokenSource implements TokenSource {

    /** How long to believe in a token of which nobody says how long it lives. */
    private static final Duration UNKNOWN_LIFE = Duration.ofMinutes(5);

    private static final String BEARER = "Bearer ";

    private final AuthSettings settings;
    private final HttpClient http;
    private final InstantSource clock;

    /** Asks nobody yet. */
    public SdkTokenSource(AuthSettings settings, TokenTransport transport, InstantSource clock) {
        this.settings = Objects.requireNonNull(settings);
        this.http = transport.open();
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * @throws DatabricksException transient when the same call may succeed later, else permanent; the message holds what
     *     the SDK said without any secret
     */
    @Override
    public AccessToken token() {
        DatabricksConfig config = config();
        try {
            config.resolve();
            HeaderFactory headers = config.getCredentialsProvider().configure(config);
            if (headers instanceof OAuthHeaderFactory oauth) {
                Token token = oauth.getToken();
                return AccessToken.of(token.getAccessToken(), token.getExpiry());
            }
            return bearer(headers.headers(), config.getCredentialsProvider().authType());
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    private DatabricksConfig config() {
        DatabricksConfig config = new DatabricksConfig()
                .setHost(settings.host())
                .setProfile(settings.profile())
                .setConfigFile(settings.configFile())
                .setHttpClient(http)
                .setDisableAsyncTokenRefresh(true);
        settings.attributes().forEach((attribute, value) -> attribute.set(config, value));
        azureBehindAnotherName().or(this::googleBehindAnotherName).ifPresent(config::setDatabricksEnvironment);
        return config;
    }

    /**
     * The SDK tells the cloud by the name of the host. A workspace of Azure that is called by another name, such as one of a
     * private network, is told by its resource id; the SDK then looks for Azure's addresses in vain.
     */
    private Optional<DatabricksEnvironment> azureBehindAnotherName() {
        boolean isAzure = settings.attributes().containsKey(AuthAttribute.AZURE_WORKSPACE_RESOURCE_ID);
        if (!isAzure
                || DatabricksEnvironment.getEnvironmentFromHostname(settings.host())
                                .getCloud()
                        == Cloud.AZURE) {
            return Optional.empty();
        }
        String name = settings.attributes().getOrDefault(AuthAttribute.AZURE_ENVIRONMENT, "PUBLIC");
        return DatabricksEnvironment.ALL_ENVIRONMENTS.stream()
                .filter(environment -> environment.getCloud() == Cloud.AZURE
                        // the others are Databricks' own, for development and staging
                        && AzureEnvironment.ARM_DATABRICKS_RESOURCE_ID.equals(environment.getAzureApplicationId())
                        && environment.getAzureEnvironment().getName().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Likewise for Google Cloud, which is told by its way to log in. */
    private Optional<DatabricksEnvironment> googleBehindAnotherName() {
        Map<AuthAttribute, String> given = settings.attributes();
        boolean isGoogle = (given.containsKey(AuthAttribute.GOOGLE_CREDENTIALS)
                        || given.containsKey(AuthAttribute.GOOGLE_SERVICE_ACCOUNT))
                && given.getOrDefault(AuthAttribute.AUTH_TYPE, "google").startsWith("google");
        if (!isGoogle) {
            return Optional.empty();
        }
        DatabricksEnvironment named = DatabricksEnvironment.getEnvironmentFromHostname(settings.host());
        return named.getCloud() == Cloud.GCP
                ? Optional.empty()
                : Optional.of(DatabricksEnvironment.getEnvironmentFromHostname("workspace.gcp.databricks.com"));
    }

    private AccessToken bearer(Map<String, String> headers, String method) {
        String authorization = headers.get("Authorization");
        if (authorization == null || !authorization.startsWith(BEARER)) {
            throw new IllegalStateException("the method " + method + " gives no bearer token");
        }
        String token = authorization.substring(BEARER.length());
        if (method.equals("pat")) {
            return AccessToken.of(token);
        }
        Instant end = JwtExpiry.of(token).orElseGet(() -> clock.instant().plus(UNKNOWN_LIFE));
        return AccessToken.of(token, end);
    }

    private DatabricksException failure(RuntimeException e) {
        Integer status = null;
        for (Throwable link = e; link != null && status == null; link = link.getCause()) {
            status = link instanceof DatabricksError error ? error.getStatusCode() : null;
        }
        String text =
                "No token could be had: " + withoutSecrets(e.getMessage() == null ? e.toString() : e.getMessage());
        // the SDK's number for a call that got no answer at all
        boolean noAnswer = status != null && status == 523;
        ErrorDetails details = new ErrorDetails(null, null, null, null, noAnswer ? null : status);
        // no cause: its message may repeat what the token service said of the secret
        return status != null && (status == 429 || status >= 500)
                ? new TransientDatabricksException(text, details, null)
                : new PermanentDatabricksException(text, details, null);
    }

    private String withoutSecrets(String text) {
        String clean = text;
        for (Map.Entry<AuthAttribute, String> entry : settings.attributes().entrySet()) {
            if (entry.getKey().isSecret()) {
                clean = clean.replace(entry.getValue(), "xxxxxx");
            }
        }
        return clean;
    }

    @Override
    public String toString() {
        return "SdkTokenSource[" + settings + "]";
    }
}
