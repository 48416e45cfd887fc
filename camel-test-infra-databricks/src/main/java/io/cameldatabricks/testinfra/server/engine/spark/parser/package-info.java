/** Statements that neither Spark nor Delta can parse. */
package io.cameldatabricks.testinfra.server.engine.spark.parser;
