/** Names of schemas and the small crossings between Java and Scala. */
package io.cameldatabricks.testinfra.server.engine.spark.names;
