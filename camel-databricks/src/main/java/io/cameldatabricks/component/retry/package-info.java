/**
 * When to repeat a call and when not, how long to wait before, and how many calls a workspace is asked to bear. No thread
 * ever waits here.
 */
package io.cameldatabricks.component.retry;
