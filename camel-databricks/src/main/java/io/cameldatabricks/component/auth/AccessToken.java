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

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A bearer token that does not print itself, and the time until which it is good. Immutable. */
public final class AccessToken {

    private final String value;
    private final Instant expiresAt;

    private AccessToken(String value, Instant expiresAt) {
        this.value = value;
        this.expiresAt = expiresAt;
    }

    /**
     * A token without a known end, such as a personal access token.
     *
     * @param value the token, not blank
     */
    public static AccessToken of(String value) {
        return of(value, null);
    }

    /**
     * @param value the token, not blank
     * @param expiresAt the first moment at which the server refuses it, or null when that is not known
     * @throws IllegalArgumentException when the value cannot be a token; the message does not repeat it
     */
    public static AccessToken of(String value, Instant expiresAt) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The access token is empty");
        }
        String trimmed = value.trim();
        if (trimmed.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new IllegalArgumentException("The access token holds a character that no token has");
        }
        return new AccessToken(trimmed, expiresAt);
    }

    /** The token itself; never log it and never put it into a URL. */
    public String reveal() {
        return value;
    }

    /** The first moment at which the server refuses it; empty when that is not known. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** Whether the server would refuse it at {@code now}, as far as that is known. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Whether the other one is the same token, whatever is known of its end. */
    public boolean isSame(AccessToken other) {
        return value.equals(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessToken token
                && value.equals(token.value)
                && Objects.equals(expiresAt, token.expiresAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, expiresAt);
    }

    @Override
    public String toString() {
        return "xxxxxx";
    }
}
