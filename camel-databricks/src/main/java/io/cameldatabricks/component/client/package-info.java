/** The port to statements on a server, whatever the way to it. All calls are asynchronous and hold no thread. */
package io.cameldatabricks.component.client;
