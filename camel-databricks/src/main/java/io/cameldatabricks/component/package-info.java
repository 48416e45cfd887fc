/**
 * The Camel side of the component: URI, options, producer, and the reading and writing of exchanges. The packages below
 * it know nothing of Camel, but for {@code body} and {@code observe}, and never import it.
 */
package io.cameldatabricks.component;
