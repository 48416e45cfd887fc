/**
 * Connections to a warehouse: pooled by HikariCP with settings that let a warehouse sleep, or lent by a data source of
 * the user.
 */
package io.cameldatabricks.component.pool;
