package io.cameldatabricks.planted.repository.jdbc;

import io.cameldatabricks.planted.watch.WatchRoom;

/** Imports a room that it may not know. */
public class RepositoryJdbcRoom {

    WatchRoom other;
}
