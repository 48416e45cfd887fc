package io.cameldatabricks.planted.repository.memory;

import io.cameldatabricks.planted.watch.WatchRoom;

/** Imports a room that it may not know. */
public class RepositoryMemoryRoom {

    WatchRoom other;
}
