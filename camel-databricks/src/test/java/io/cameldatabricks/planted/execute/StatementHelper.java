package io.cameldatabricks.planted.execute;

/** Its name says nothing. */
public class StatementHelper {}
