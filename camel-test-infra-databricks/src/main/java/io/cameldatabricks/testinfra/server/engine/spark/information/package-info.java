/** What the warehouse contains, for listings, for information_schema and for SHOW CREATE TABLE. */
package io.cameldatabricks.testinfra.server.engine.spark.information;
