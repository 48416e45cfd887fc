/**
 * The Camel side of the component: URI, options, producer, and the reading and writing of exchanges. The packages below
 * it know nothing of Camel.
 */
package io.cameldatabricks.component;
