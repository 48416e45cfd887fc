/** What exists in the warehouse, what a name means in a session, and how it survives a restart. */
package io.cameldatabricks.testinfra.server.engine.spark.metastore;
