/** The ports over the APIs of a workspace, statements and files: plain HTTP, no session, no thread that waits. */
package io.cameldatabricks.component.client.sea;
