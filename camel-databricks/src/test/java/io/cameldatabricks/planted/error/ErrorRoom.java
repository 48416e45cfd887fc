package io.cameldatabricks.planted.error;

import io.cameldatabricks.planted.sql.SqlRoom;

/** Imports a room that it may not know. */
public class ErrorRoom {

    SqlRoom other;
}
