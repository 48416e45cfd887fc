package io.cameldatabricks.planted.stray;

/** A room that is not in the table. */
public class StrayRoom {}
