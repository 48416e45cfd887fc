/** {@link io.cameldatabricks.component.client.StatementClient} over pooled connections of the Databricks JDBC driver. */
package io.cameldatabricks.component.client.jdbc;
