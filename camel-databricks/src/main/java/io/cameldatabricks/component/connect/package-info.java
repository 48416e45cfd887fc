/**
 * Where a warehouse is and how to reach it: immutable settings, the URL forms that users know, and their translation
 * into the words of the Databricks JDBC driver.
 */
package io.cameldatabricks.component.connect;
