package io.cameldatabricks.planted.repository;

import io.cameldatabricks.planted.event.EventRoom;

/** Imports a room that it may not know. */
public class RepositoryRoom {

    EventRoom other;
}
