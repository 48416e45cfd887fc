package io.cameldatabricks.planted.pool;

import com.databricks.jdbc.api.IDatabricksStatement;

/** Handles the driver's statements beside their door. */
public class RoomThatKnowsTheDriver {

    IDatabricksStatement statement;
}
