package io.cameldatabricks.planted.connect;

/** Stands for the token. */
public class AccessToken {

    public String reveal() {
        return "";
    }
}
