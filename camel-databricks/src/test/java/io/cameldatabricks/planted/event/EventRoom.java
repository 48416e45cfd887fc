package io.cameldatabricks.planted.event;

import io.cameldatabricks.planted.repository.RepositoryRoom;

/** Imports a room that it may not know. */
public class EventRoom {

    RepositoryRoom other;
}
