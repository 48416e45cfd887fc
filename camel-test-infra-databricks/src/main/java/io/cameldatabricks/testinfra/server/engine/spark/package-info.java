/** Spark SQL with Delta Lake as an engine of the local warehouse: sessions, running statements, settings. */
package io.cameldatabricks.testinfra.server.engine.spark;
