/** The rows of a statement in the formats of the API. */
package io.cameldatabricks.testinfra.server.engine.spark.result;
