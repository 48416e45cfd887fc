package io.cameldatabricks.planted.pool;

import io.cameldatabricks.planted.execute.ExecuteRoom;

/** Imports a room that it may not know. */
public class PoolRoom {

    ExecuteRoom other;
}
