/** Bound values in the text of a statement. */
package io.cameldatabricks.testinfra.server.engine.spark.parameter;
