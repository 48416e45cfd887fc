package io.cameldatabricks.planted.pool;

import org.apache.camel.CamelContext;

/** Knows Camel. */
public class RoomThatKnowsCamel {

    CamelContext context;
}
