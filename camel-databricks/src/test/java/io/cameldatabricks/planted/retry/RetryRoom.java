package io.cameldatabricks.planted.retry;

import io.cameldatabricks.planted.watch.WatchRoom;

/** Imports a room that it may not know. */
public class RetryRoom {

    WatchRoom other;
}
