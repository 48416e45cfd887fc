/** Statements that the warehouse runs itself. */
package io.cameldatabricks.testinfra.server.engine.spark.command;
