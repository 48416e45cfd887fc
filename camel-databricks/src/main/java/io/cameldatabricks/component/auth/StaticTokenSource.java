package io.cameldatabricks.component.auth;

import java.util.Objects;

/**
 * Always the same token, such as a personal access token. Immutable.
 *
 * @param token the token
 */
public record StaticTokenSource(AccessToken token) implements TokenSource {

    public StaticTokenSource {
        Objects.requireNonNull(token);
    }
}
