package io.cameldatabricks.planted.connect;

import io.cameldatabricks.planted.pool.PoolRoom;

/** Imports a room that it may not know. */
public class ConnectRoom {

    PoolRoom other;
}
