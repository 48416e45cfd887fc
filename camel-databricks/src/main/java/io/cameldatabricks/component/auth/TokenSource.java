package io.cameldatabricks.component.auth;

/**
 * Where tokens come from. A bean of this type in the registry replaces every other way to log in, so that a route can
 * use a vault or a company's own token service.
 *
 * <p>The component keeps a token until shortly before its end and asks again then, from one thread at a time.
 */
@FunctionalInterface
public interface TokenSource {

    /**
     * Gives a token that the workspace accepts now. It may block for as long as a call over the network takes.
     *
     * @return never null; with its end when that is known, else it is taken to be good for ever
     * @throws RuntimeException when there is none now; the component reports its class but not its message, which may hold
     *     a secret, and asks again later
     */
    AccessToken token();
}
