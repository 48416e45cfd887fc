/** The unmodified Databricks JDBC driver and databricks-sdk-java as clients of a local warehouse with Spark. */
package io.cameldatabricks.testinfra.driver;
