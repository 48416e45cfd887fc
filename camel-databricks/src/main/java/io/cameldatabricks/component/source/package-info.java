/**
 * Where the settings of a connection are looked for: the options of the endpoint, the environment, a profile of
 * {@code .databrickscfg}, in this order; and the contradictions between them that are refused.
 */
package io.cameldatabricks.component.source;
