/** Rules in the analyzer of Spark that give Spark the names and relations of Databricks. */
package io.cameldatabricks.testinfra.server.engine.spark.rule;
