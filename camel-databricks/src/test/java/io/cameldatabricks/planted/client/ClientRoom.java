package io.cameldatabricks.planted.client;

import io.cameldatabricks.planted.watch.WatchRoom;

/** Imports a room that it may not know. */
public class ClientRoom {

    WatchRoom other;
}
