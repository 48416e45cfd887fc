package io.cameldatabricks.planted.client.jdbc;

import io.cameldatabricks.planted.watch.WatchRoom;

/** Imports a room that it may not know. */
public class ClientJdbcRoom {

    WatchRoom other;
}
