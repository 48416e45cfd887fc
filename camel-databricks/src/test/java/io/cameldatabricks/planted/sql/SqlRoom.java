package io.cameldatabricks.planted.sql;

import io.cameldatabricks.planted.result.ResultRoom;

/** Imports a room that it may not know. */
public class SqlRoom {

    ResultRoom other;
}
