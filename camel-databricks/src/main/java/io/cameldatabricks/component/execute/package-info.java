/** Runs a statement on a pooled connection and waits for its end; knows nothing of Camel. */
package io.cameldatabricks.component.execute;
