package io.cameldatabricks.planted.execute;

import io.cameldatabricks.planted.connect.ConnectRoom;

/** Imports a room that it may not know. */
public class ExecuteRoom {

    ConnectRoom other;
}
