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
package io.cameldatabricks.testinfra.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.server.model.OAuthTokens;

/**
 * How service principals log in: the discovery of the endpoints, and the client credentials grant. Errors are those of
 * RFC 6749. {@code /local/oauth} makes a principal known.
 */
final class OAuthRoutes {

    private static final String ISSUER = "/oidc";
    private static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:jwt";

    private final OAuthTokens tokens;
    private final boolean tls;

    OAuthRoutes(OAuthTokens tokens, boolean tls) {
        this.tokens = tokens;
        this.tls = tls;
    }

    void addTo(Router router) {
        router.add("GET", "/.well-known/databricks-config", Router.Access.OPEN, this::config);
        router.add("GET", "/oidc/.well-known/oauth-authorization-server", Router.Access.OPEN, this::endpoints);
        router.add("POST", "/oidc/v1/token", Router.Access.OPEN, CallKind.LOGIN, this::token);
        router.add("POST", "/local/oauth", this::allow);
    }

    private String base(ApiCall call) {
        return (tls ? "https://" : "http://") + call.header("Host");
    }

    private void config(ApiCall call) {
        call.json(200, Map.of("oidc_endpoint", base(call) + ISSUER, "workspace_id", "0", "cloud", "local"));
    }

    private void endpoints(ApiCall call) {
        String issuer = base(call) + ISSUER;
        call.json(
                200,
                Map.of(
                        "issuer",
                        issuer,
                        "authorization_endpoint",
                        issuer + "/v1/authorize",
                        "token_endpoint",
                        issuer + "/v1/token",
                        "grant_types_supported",
                        List.of("client_credentials", TOKEN_EXCHANGE)));
    }

    private void token(ApiCall call) throws IOException {
        Map<String, List<String>> form = call.form();
        Optional<OAuthTokens.Issued> issued;
        switch (first(form, "grant_type")) {
            case "client_credentials" -> {
                String[] client = basic(call.header("Authorization"));
                String id = client == null ? first(form, "client_id") : client[0];
                String secret = client == null ? first(form, "client_secret") : client[1];
                issued = tokens.issue(id, secret, base(call) + ISSUER);
            }
            case TOKEN_EXCHANGE -> {
                if (!first(form, "subject_token_type").equals(ID_TOKEN)) {
                    error(call, 400, "invalid_request", "The subject_token_type must be " + ID_TOKEN + ".");
                    return;
                }
                issued = tokens.exchange(first(form, "client_id"), first(form, "subject_token"), base(call) + ISSUER);
            }
            default -> {
                error(
                        call,
                        400,
                        "unsupported_grant_type",
                        "The local warehouse knows client_credentials and token exchange only.");
                return;
            }
        }
        if (issued.isEmpty()) {
            error(call, 401, "invalid_client", "Client authentication failed");
            return;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", issued.get().token());
        answer.put("scope", "all-apis");
        answer.put("token_type", "Bearer");
        answer.put("expires_in", issued.get().seconds());
        call.json(200, answer);
    }

    private static void error(ApiCall call, int status, String error, String description) {
        call.json(status, Map.of("error", error, "error_description", description));
    }

    private static String[] basic(String header) {
        if (header == null || !header.startsWith("Basic ")) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()));
            String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 ? parts : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void allow(ApiCall call) throws IOException {
        Map<String, List<String>> form = call.form();
        try {
            Duration life = Duration.parse(first(form, "life"));
            if (form.containsKey("idToken")) {
                tokens.trust(first(form, "client"), first(form, "idToken"), life);
            } else {
                tokens.allow(first(form, "client"), first(form, "secret"), life);
            }
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw ApiException.invalid("Fields 'client', 'secret' or 'idToken', and 'life', such as PT3S, are needed.");
        }
        call.text(200, "");
    }

    private static String first(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of("")).get(0);
    }
}
