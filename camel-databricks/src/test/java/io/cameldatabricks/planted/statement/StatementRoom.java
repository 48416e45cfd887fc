package io.cameldatabricks.planted.statement;

import io.cameldatabricks.planted.event.EventRoom;

/** Imports a room that it may not know. */
public class StatementRoom {

    EventRoom other;
}
