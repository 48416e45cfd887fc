/** The port over the Statement Execution API: plain HTTP, no session, no thread that waits. */
package io.cameldatabricks.component.client.sea;
