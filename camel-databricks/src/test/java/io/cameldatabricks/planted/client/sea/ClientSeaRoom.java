package io.cameldatabricks.planted.client.sea;

import io.cameldatabricks.planted.watch.WatchRoom;

/** Imports a room that it may not know. */
public class ClientSeaRoom {

    WatchRoom other;
}
