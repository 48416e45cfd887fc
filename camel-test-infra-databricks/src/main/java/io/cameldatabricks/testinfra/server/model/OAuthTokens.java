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
package io.cameldatabricks.testinfra.server.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Service principals and the tokens that they get: JSON web tokens as those of Databricks, signed with a key of this
 * warehouse, good for as long as the principal's tokens live by the clock of this warehouse. Safe for many threads.
 */
public final class OAuthTokens {

    private static final Pattern EXP = Pattern.compile("\"exp\":(\\d+)");

    /**
     * A token that was issued.
     *
     * @param token the bearer token
     * @param seconds how long it is good
     */
    public record Issued(String token, long seconds) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Issued[" + seconds + " s]";
        }
    }

    private record Principal(String secret, Duration life) {}

    private record Federated(String clientId, Duration life) {}

    private final InstantSource clock;
    private final byte[] key = new byte[32];
    private final Map<String, Principal> principals = new ConcurrentHashMap<>();
    private final Map<String, Federated> federated = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();

    public OAuthTokens(InstantSource clock) {
        this.clock = clock;
        new SecureRandom().nextBytes(key);
    }

    /**
     * Lets a service principal log in; a known one gets the new secret.
     *
     * @param life how long its tokens are good, whole seconds, at least one
     */
    public void allow(String clientId, String secret, Duration life) {
        if (clientId.isBlank() || secret.isBlank() || life.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "A principal needs a client id, a secret and a life of a second or more.");
        }
        principals.put(clientId, new Principal(secret, life));
    }

    /**
     * Takes an id token of another issuer for a service principal, as a federation policy does. The token is compared, not
     * verified.
     *
     * @param life how long the tokens are good that are given for it, whole seconds, at least one
     */
    public void trust(String clientId, String idToken, Duration life) {
        if (clientId.isBlank() || idToken.isBlank() || life.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "A federated principal needs a client id, an id token and a life of a second or more.");
        }
        federated.put(idToken, new Federated(clientId, life));
    }

    /** Empty when the client is unknown or its secret is wrong. */
    public Optional<Issued> issue(String clientId, String secret, String issuer) {
        Principal principal = principals.get(clientId);
        if (principal == null || !MessageDigest.isEqual(bytes(principal.secret()), bytes(secret))) {
            return Optional.empty();
        }
        return Optional.of(issue(clientId, principal.life(), issuer));
    }

    /** Empty when the id token is not one that this client may bring. */
    public Optional<Issued> exchange(String clientId, String idToken, String issuer) {
        Federated known = federated.get(idToken);
        return known == null || !known.clientId().equals(clientId)
                ? Optional.empty()
                : Optional.of(issue(clientId, known.life(), issuer));
    }

    private Issued issue(String clientId, Duration life, String issuer) {
        // the next whole second, so that a token is never good for a shorter time than the client is told
        Instant end = clock.instant().plus(life).plusNanos(999_999_999);
        String claims = "{\"iss\":\"" + issuer + "\",\"sub\":\"" + clientId.replaceAll("[^A-Za-z0-9_.@-]", "_")
                + "\",\"jti\":\"" + sequence.incrementAndGet() + "\",\"exp\":" + end.getEpochSecond() + "}";
        String body = encode(bytes("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")) + "." + encode(bytes(claims));
        return new Issued(body + "." + sign(body), life.toSeconds());
    }

    /** Whether the token is one of ours and still good. */
    public boolean isGood(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 0 || !MessageDigest.isEqual(bytes(sign(token.substring(0, dot))), bytes(token.substring(dot + 1)))) {
            return false;
        }
        String claims = token.substring(token.indexOf('.') + 1, dot);
        Matcher exp = EXP.matcher(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8));
        return exp.find() && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(exp.group(1))));
    }

    private String sign(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return encode(mac.doFinal(bytes(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
