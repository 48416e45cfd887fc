package io.cameldatabricks.planted.pool;

import io.cameldatabricks.planted.connect.AccessToken;

/** Takes the token out of its wrapping. */
public class RoomThatRevealsATokenItself {

    public String leak(AccessToken token) {
        return token.reveal();
    }
}
