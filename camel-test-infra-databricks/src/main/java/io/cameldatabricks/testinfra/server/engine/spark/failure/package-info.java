/** Failures and their wording: what users see of the errors of Spark, of Delta and of the warehouse itself. */
package io.cameldatabricks.testinfra.server.engine.spark.failure;
