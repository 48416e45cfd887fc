package io.cameldatabricks.planted.auth;

import io.cameldatabricks.planted.pool.PoolRoom;

/** Imports a room that it may not know. */
public class AuthRoom {

    PoolRoom other;
}
