package io.cameldatabricks.planted.watch;

import io.cameldatabricks.planted.delivery.DeliveryRoom;

/** Imports a room that it may not know. */
public class WatchRoom {

    DeliveryRoom other;
}
