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

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who logs in, and how, after all places to look were looked at. Immutable; prints no value but the host and the method.
 *
 * @param host the URL of the workspace
 * @param profile the profile that was read, for the methods that hand it to the Databricks CLI; null when there is none
 * @param configFile the file of that profile, or null for the usual one
 * @param attributes what is known
 */
public record AuthSettings(String host, String profile, String configFile, Map<AuthAttribute, String> attributes) {

    /** The names that databricks-sdk-java knows for {@code authType}, without those that give no bearer token. */
    public static final Set<String> METHODS = Collections.unmodifiableSet(new TreeSet<>(Set.of(
            "pat",
            "oauth-m2m",
            "env-oidc",
            "file-oidc",
            "github-oidc",
            "azure-devops-oidc",
            "github-oidc-azure",
            "azure-msi",
            "azure-client-secret",
            "azure-cli",
            "external-browser",
            "databricks-cli",
            "runtime",
            "google-credentials",
            "google-id")));

    public AuthSettings {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("the host is missing");
        }
        EnumMap<AuthAttribute, String> copy = new EnumMap<>(AuthAttribute.class);
        copy.putAll(attributes);
        attributes = Collections.unmodifiableMap(copy);
        String authType = attributes.get(AuthAttribute.AUTH_TYPE);
        if (authType != null && !METHODS.contains(authType)) {
            throw new IllegalArgumentException("authType is none of " + METHODS);
        }
        if (authType == null && attributes.containsKey(AuthAttribute.USERNAME)) {
            throw new IllegalArgumentException("user name and password are no longer accepted by Databricks");
        }
    }

    /** The token, when that is all there is to say and nothing has to be asked for it. */
    public Optional<AccessToken> staticToken() {
        String authType = attributes.get(AuthAttribute.AUTH_TYPE);
        String token = attributes.get(AuthAttribute.TOKEN);
        return token != null && (authType == null || authType.equals("pat"))
                ? Optional.of(AccessToken.of(token))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "AuthSettings[host=" + host + ", profile=" + profile + ", authType="
                + attributes.get(AuthAttribute.AUTH_TYPE) + ", attributes=" + attributes.keySet() + "]";
    }
}
