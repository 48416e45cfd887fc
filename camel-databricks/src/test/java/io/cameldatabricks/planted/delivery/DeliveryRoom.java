package io.cameldatabricks.planted.delivery;

import io.cameldatabricks.planted.observe.ObserveRoom;

/** Imports a room that it may not know. */
public class DeliveryRoom {

    ObserveRoom other;
}
