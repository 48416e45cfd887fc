/** Violations of the rules of the house, one for each, to see that the rules bite. */
package io.cameldatabricks.planted;
