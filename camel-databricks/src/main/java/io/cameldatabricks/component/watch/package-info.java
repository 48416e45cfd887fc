/**
 * Watches submitted statements until they end: one timer and a few threads for any number of them. Knows when to ask,
 * how to ask for many at once, and what to believe.
 */
package io.cameldatabricks.component.watch;
