package io.cameldatabricks.planted.observe;

import io.cameldatabricks.planted.watch.WatchRoom;

/** Imports a room that it may not know. */
public class ObserveRoom {

    WatchRoom other;
}
