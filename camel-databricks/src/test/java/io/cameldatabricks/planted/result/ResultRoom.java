package io.cameldatabricks.planted.result;

import io.cameldatabricks.planted.sql.SqlRoom;

/** Imports a room that it may not know. */
public class ResultRoom {

    SqlRoom other;
}
