/**
 * What can go wrong, named by what to do next, and the one place that turns a failure of the driver into it. Nothing
 * here repeats SQL text, parameter values or credentials.
 */
package io.cameldatabricks.component.error;
